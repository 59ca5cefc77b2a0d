import type { Directive } from '../config/index.ts'

/** How a location is matched: by its own path, by prefix (`^~` wins over regexes), by regex, or only by name. */
export type LocationMatch = 'exact' | 'prefix' | 'prefix-first' | 'regex' | 'regex-ignoring-case' | 'named'

export interface LocationPattern {
  readonly match: LocationMatch
  /** The path, the regular expression, or the name with its `@`. */
  readonly path: string
}

const MODIFIERS: Readonly<Record<string, LocationMatch>> = {
  '=': 'exact',
  '^~': 'prefix-first',
  '~': 'regex',
  '~*': 'regex-ignoring-case',
}

/** What a `location` directive matches, as ngx_http_core_location reads it: `= /x` and `=/x` are the same. */
export function locationPattern(directive: Directive): LocationPattern {
  const first = directive.argument(0) ?? '/'
  const second = directive.argument(1)
  if (second !== undefined) return { match: MODIFIERS[first] ?? 'prefix', path: second }
  for (const modifier of ['=', '^~', '~*', '~']) {
    if (first.startsWith(modifier))
      return { match: MODIFIERS[modifier] as LocationMatch, path: first.slice(modifier.length) }
  }
  return { match: first.startsWith('@') ? 'named' : 'prefix', path: first }
}
