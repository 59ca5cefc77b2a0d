import type { Directive } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { type PatternMatch, patternOf } from './pattern.ts'

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

/** The row that answers for a value; `'none'` where no row does, undefined where nobody knows. */
export function findRow(map: VariableMap, value: string): MapRow | 'none' | undefined {
  const answer = lookUp(map, value)
  return typeof answer === 'object' ? answer.row : answer
}

type Answer = { readonly row: MapRow; readonly match?: PatternMatch } | 'none' | undefined

/**
 * The row that answers for a value, with what its regex captured, as ngx_http_map_find: exact rows first, without
 * regard to case, then names with a wildcard, then regexes in order, none of which is tried on an empty value, then `default`.
 */
export const lookUp: (map: VariableMap, value: string) => Answer = memoize((map: VariableMap, value): Answer => {
  const hasHostnames = map.directive.named('hostnames').length > 0
  const lower = (hasHostnames ? value.replace(/\.$/, '') : value).toLowerCase()
  const isExact = ({ key }: MapRow) =>
    key !== 'default' && !key.startsWith('~') && unescapeKey(key).toLowerCase() === lower
  const exact = map.rows.find(isExact)
  if (exact) return { row: exact }
  if (map.isPartial) return undefined
  const wildcard = hasHostnames && lower !== '' ? findHostname(map, lower) : undefined
  if (wildcard) return { row: wildcard }
  for (const row of value === '' ? [] : map.rows) {
    if (!row.key.startsWith('~')) continue
    const ignoreCase = row.key.startsWith('~*')
    const match = patternOf(row.key.slice(ignoreCase ? 2 : 1), ignoreCase).match(value)
    if (match === undefined) return undefined
    if (match) return { row, match }
  }
  const byDefault = map.rows.find((row) => row.key === 'default')
  return byDefault ? { row: byDefault } : 'none'
})

/** A key that would be read as a special word is written behind a backslash. */
function unescapeKey(key: string): string {
  return key.startsWith('\\') ? key.slice(1) : key
}

/** The longest of `*.example.com` and `.example.com`, else the longest `example.*` (ngx_hash_find_combined). */
function findHostname(map: VariableMap, host: string): MapRow | undefined {
  const longest = (test: (key: string) => boolean) =>
    map.rows
      .filter((row) => test(row.key.toLowerCase()))
      .sort((one, other) => other.key.replace(/^\*/, '').length - one.key.replace(/^\*/, '').length)[0]
  const isSuffix = (key: string) =>
    (key.startsWith('.') && (host === key.slice(1) || host.endsWith(key))) ||
    (key.startsWith('*.') && host.endsWith(key.slice(1)))
  return longest(isSuffix) ?? longest((key) => key.endsWith('.*') && host.startsWith(key.slice(0, -1)))
}
