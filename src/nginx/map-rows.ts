import { decodeForDisplay as shown } from '../syntax/index.ts'
import { inLowerCase } from './ascii.ts'
import { type Row, type RowFault, valueCountFault } from './row-fault.ts'

const OPTIONS: ReadonlySet<string> = new Set(['hostnames', 'volatile'])

/** What ngx_http_map refuses: keys that are one to it, and rows that are not a key and a value. Regexes may be repeated. */
export function mapFaults(rows: readonly Row[]): RowFault[] {
  const faults: RowFault[] = []
  const seen = new Map<string, number>()
  let hasHostnames = false
  for (const [row, one] of rows.entries()) {
    const { name, values } = one
    const isOption = values.length === 0 && OPTIONS.has(name)
    hasHostnames ||= isOption && name === 'hostnames'
    if (isOption || name === 'include') continue
    const fault = valueCountFault(row, one) ?? keyFault(row, rows, hasHostnames, seen)
    if (fault) faults.push(fault)
  }
  return faults
}

function keyFault(
  row: number,
  rows: readonly Row[],
  hasHostnames: boolean,
  seen: Map<string, number>,
): RowFault | undefined {
  const name = rows[row]?.name ?? ''
  if (name.startsWith('~')) return undefined
  if (hasHostnames && name !== 'default' && !isHostname(name))
    return {
      row,
      say: () => `"${shown(name)}" is no name: beside "hostnames" a "*" stands for the first or the last part of one`,
    }
  for (const entry of entriesOf(name, hasHostnames)) {
    const earlier = seen.get(entry)
    if (earlier === undefined) {
      seen.set(entry, row)
      continue
    }
    const other = rows[earlier]?.name ?? ''
    return {
      row,
      earlier,
      say: (line) =>
        other === name
          ? `"${shown(name)}" stands in this block already, in ${line}; take one of them away`
          : `"${shown(name)}" and "${shown(other)}" of ${line} are one key to nginx; take one of them away`,
    }
  }
  return undefined
}

/** ngx_hash_add_key: `.a.com` is `a.com` and `*.a.com`, and the case of letters (of ASCII) is no difference. */
function entriesOf(name: string, hasHostnames: boolean): readonly string[] {
  if (name === 'default') return ['default']
  const key = inLowerCase(withoutBackslash(name))
  if (hasHostnames && key.length > 1 && key.startsWith('.'))
    return [`exactly ${key.slice(1)}`, `within ${key.slice(1)}`]
  if (hasHostnames && key.startsWith('*.')) return [`within ${key.slice(2)}`]
  return [`exactly ${key}`]
}

function isHostname(name: string): boolean {
  const key = withoutBackslash(name)
  if (key.includes('..')) return false
  const stars = key.split('*').length - 1
  if (key.startsWith('.')) return stars < 2
  return stars === 0 || (stars === 1 && (/^\*\../s.test(key) || /.\.\*$/s.test(key)))
}

/** Before a key that would be something else. */
function withoutBackslash(name: string): string {
  return name.startsWith('\\') ? name.slice(1) : name
}
