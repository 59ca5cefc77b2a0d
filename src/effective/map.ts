import type { Directive } from '../config/index.ts'
import { patternOf } from './pattern.ts'

/** A `map` block: what a variable is for each value of its source. */
export interface VariableMap {
  readonly directive: Directive
  /** Without the `$`. */
  readonly variable: string
  /** The value that is looked up, as `$http_upgrade`. */
  readonly source: string
  readonly rows: readonly MapRow[]
  /** Whether an include that nobody could read may add rows. */
  readonly isPartial: boolean
}

export interface MapRow {
  readonly directive: Directive
  readonly key: string
  readonly value: string
}

const PARAMETERS: ReadonlySet<string> = new Set(['hostnames', 'volatile'])

/** The map that a `map $source $variable { … }` directive defines; undefined for a malformed one. */
export function readMap(directive: Directive): VariableMap | undefined {
  const source = directive.argument(0)
  const variable = directive.argument(1)
  if (source === undefined || !variable?.startsWith('$') || !directive.children) return undefined
  const rows: MapRow[] = []
  let isPartial = false
  for (const row of directive.children) {
    if (row.name === 'include') isPartial ||= row.unresolved !== undefined
    else if (!(PARAMETERS.has(row.name) && row.arguments.length === 0))
      rows.push({ directive: row, key: row.name, value: row.argument(0) ?? '' })
  }
  return { directive, variable: variable.slice(1), source, rows, isPartial }
}

/**
 * The row that answers for a value, as ngx_http_map_find: exact rows first, without regard to case, then names with a
 * wildcard, then regexes in order, then `default`. `'none'` where no row answers, undefined where nobody knows.
 */
export function findRow(map: VariableMap, value: string): MapRow | 'none' | undefined {
  const lower = value.toLowerCase()
  const isExact = (row: MapRow) =>
    row.key !== 'default' && !row.key.startsWith('~') && unescapeKey(row.key).toLowerCase() === lower
  const exact = map.rows.find(isExact)
  if (exact) return exact
  if (map.isPartial) return undefined
  const wildcard = map.directive.named('hostnames').length > 0 ? findHostname(map, lower) : undefined
  if (wildcard) return wildcard
  for (const row of map.rows) {
    if (!row.key.startsWith('~')) continue
    const ignoreCase = row.key.startsWith('~*')
    const match = patternOf(row.key.slice(ignoreCase ? 2 : 1), ignoreCase).match(value)
    if (match === undefined) return undefined
    if (match) return row
  }
  return map.rows.find((row) => row.key === 'default') ?? 'none'
}

/** A key that would be read as a special word is written behind a backslash. */
function unescapeKey(key: string): string {
  return key.startsWith('\\') ? key.slice(1) : key
}

/** The longest `*.example.com` or `.example.com`, else the longest `example.*`. */
function findHostname(map: VariableMap, host: string): MapRow | undefined {
  const matching = (test: (key: string) => boolean) =>
    map.rows.filter((row) => test(row.key.toLowerCase())).sort((one, other) => other.key.length - one.key.length)[0]
  return (
    matching((key) => key.startsWith('.') && (host === key.slice(1) || host.endsWith(key))) ??
    matching((key) => key.startsWith('*.') && host.endsWith(key.slice(1))) ??
    matching((key) => key.endsWith('.*') && host.startsWith(key.slice(0, -1)))
  )
}
