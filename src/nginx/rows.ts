import { decodeForDisplay as shown } from '../syntax/index.ts'
import { mapFaults } from './map-rows.ts'
import { isAddress, isNetwork } from './network.ts'
import { type Row, type RowFault, valueCountFault } from './row-fault.ts'

/** What is wrong with the rows of a block, by the name of the block. */
export const rowFaults: ReadonlyMap<string, (rows: readonly Row[]) => RowFault[]> = new Map([
  ['geo', geoFaults],
  ['map', mapFaults],
  ['split_clients', shareFaults],
  ['types', typeFaults],
])

const GEO_OPTIONS: ReadonlySet<string> = new Set(['proxy_recursive', 'ranges', 'volatile'])

/** ngx_http_geo. */
function geoFaults(rows: readonly Row[]): RowFault[] {
  const faults: RowFault[] = []
  const seen = new Map<string, number>()
  let hasRanges = false
  for (const [row, one] of rows.entries()) {
    const { name, values } = one
    const isOption = values.length === 0 && GEO_OPTIONS.has(name)
    hasRanges ||= isOption && name === 'ranges'
    if (isOption || name === 'include') continue
    const isNamed = name === 'delete' || name === 'proxy'
    const network = (isNamed ? values[0] : name) ?? ''
    const fault =
      valueCountFault(row, one) ??
      (name === 'default' ? undefined : networkFault(row, network, hasRanges && name !== 'proxy'))
    if (fault) faults.push(fault)
    if (fault || isNamed) continue
    const earlier = seen.get(name)
    if (earlier === undefined) seen.set(name, row)
    else if (rows[earlier]?.values[0] !== values[0])
      faults.push({
        row,
        earlier,
        starts: true,
        say: (line) => `"${shown(name)}" has another value in ${line}; nginx takes the last one`,
      })
  }
  return faults
}

function networkFault(row: number, network: string, isRange: boolean): RowFault | undefined {
  if (isRange) {
    const isWell = network.split('-').length === 2 && (network.includes(':') || network.split('-').every(isAddress))
    return isWell
      ? undefined
      : { row, say: () => `"${shown(network)}" is no range; beside "ranges" write it as 10.0.0.0-10.0.0.255` }
  }
  return isNetwork(network)
    ? undefined
    : { row, say: () => `"${shown(network)}" is no network; write an address, or it as 10.0.0.0/8` }
}

const WHOLE = 10_000

/** ngx_http_split_clients: percentages with two digits behind the point at most, and `*` for what is left. */
function shareFaults(rows: readonly Row[]): RowFault[] {
  let total = 0
  for (const [row, { name }] of rows.entries()) {
    if (name === '*') {
      total = WHOLE
      continue
    }
    const share = /^(?=.*\d)\d*\.?\d{0,2}%$/.test(name) ? Math.round(Number.parseFloat(name) * 100) : 0
    if (share === 0)
      return [{ row, say: () => `"${shown(name)}" is no share; write it as 10% or 0.5%, or "*" for what is left` }]
    total += share
    if (total > 10_000)
      return [{ row, say: () => `the shares are ${total / 100} % with this one, and may be 100 in all` }]
  }
  return []
}

/** A type among the extensions of the one before: where a `;` is missing, nginx takes both lines for one. */
function typeFaults(rows: readonly Row[]): RowFault[] {
  return rows.flatMap(({ name, values }, row): RowFault[] => {
    const type = name === 'include' ? undefined : values.find((value) => /^[a-z-]+\/[\w.+-]+$/.test(value))
    if (type === undefined) return []
    return [
      {
        row,
        starts: true,
        say: () => `"${shown(type)}" is taken for the ending of a file; is a ";" missing before it?`,
      },
    ]
  })
}
