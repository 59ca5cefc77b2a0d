import { blocksWith, type Directive } from '../config/index.ts'
import type { Model } from './model.ts'
import { FITS, setsHeader } from './row-values.ts'
import type { Scope } from './scope.ts'

/** A header that a directive of the headers-more module takes away, or changes. */
export interface ChangedHeader {
  readonly directive: Directive
  readonly name: string
  /** Of the request, before any variable is read, or of the answer. */
  readonly of: 'request' | 'answer'
}

const NAMES = ['more_clear_headers', 'more_set_headers', 'more_clear_input_headers', 'more_set_input_headers'] as const

/**
 * What headers-more takes from a handshake, or from its answer; seen with 0.34 and nginx 1.22.1. `proxy_set_header` sends what the module leaves of
 * the request; `Connection` of the answer nginx writes itself.
 * @param rows the `proxy_set_header` rows in force
 */
export function* changedHeaders(
  scope: Scope,
  rows: readonly Directive[],
  { configuration }: Model,
): Generator<ChangedHeader> {
  if (NAMES.every((name) => blocksWith(name, configuration).size === 0)) return
  for (const directive of commandsOf(scope)) {
    const of = directive.name.includes('input') ? 'request' : 'answer'
    const name = namesChanged(directive).find((one) =>
      of === 'request' ? breaksRequest(one, rows) : breaksAnswer(one),
    )
    if (name) yield { directive, name: name.name, of }
  }
}

/** All of a level hold, or those of the next one around (ngx_http_headers_more_merge_loc_conf). */
function commandsOf(scope: Scope): readonly Directive[] {
  const names = new Set<string>(NAMES)
  for (const level of scope.outwards()) {
    const own = level.among(names)
    if (own.length > 0 || level.unresolved.length > 0) return level.unresolved.length > 0 ? [] : own
  }
  return []
}

interface Change {
  /** The header's name in a handshake. */
  readonly name: string
  /** The new value, `''` for none. */
  readonly value: string
}

const OF_HANDSHAKES = ['Upgrade', 'Connection', 'Sec-WebSocket-Key', 'Sec-WebSocket-Version', 'Sec-WebSocket-Accept']

/** Those of a handshake that it is about; none where it is for some content types or statuses alone. */
function namesChanged({ name, values }: Directive): Change[] {
  if (values.some((value) => /^-[sta]$/.test(value))) return []
  const isClearing = name.includes('clear')
  return values.flatMap((word) => {
    const [, written = '', value = ''] = /^\s*([^:\s]+)\s*(?::\s*(.*))?$/s.exec(word) ?? []
    const pattern = written.toLowerCase()
    const isMeant = (header: string) =>
      isClearing && pattern.endsWith('*')
        ? header.toLowerCase().startsWith(pattern.slice(0, -1))
        : header.toLowerCase() === pattern
    return OF_HANDSHAKES.filter(isMeant).map((header) => ({ name: header, value: isClearing ? '' : value }))
  })
}

function breaksRequest({ name, value }: Change, rows: readonly Directive[]): boolean {
  if (value.includes('$')) return false
  if (name === 'Sec-WebSocket-Key') return true
  if (name === 'Sec-WebSocket-Version') return value !== '13'
  if (name !== 'Upgrade' && name !== 'Connection') return false
  const variable = `$http_${name.toLowerCase()}`
  return !FITS[name](value) && rows.some((row) => setsHeader(row, name) && row.argument(1)?.toLowerCase() === variable)
}

function breaksAnswer({ name, value }: Change): boolean {
  return name === 'Sec-WebSocket-Accept' || (name === 'Upgrade' && !value.includes('$') && !FITS.Upgrade(value))
}
