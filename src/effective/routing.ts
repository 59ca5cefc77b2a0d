import type { Directive } from '../config/index.ts'
import { passesRequests } from './handlers.ts'
import { locationTableOf } from './location-table.ts'
import type { PatternMatch } from './pattern.ts'
import type { Scope } from './scope.ts'

/** Which location answers. */
export interface LocationChoice {
  /** Undefined where none does: the settings of the server itself hold. */
  readonly location: Scope | undefined
  /** Whether it answers with a 301 to its own name, which is the path with a slash after it. */
  readonly isSlashRedirect: boolean
  /** Regexes that nobody could try, each of which may take the request. */
  readonly doubts: readonly Directive[]
}

/**
 * The location of a server that answers a path, exactly as ngx_http_core_find_location looks for it: nested locations
 * of the longest prefix and their regexes first, then the regexes of its own level, unless the prefix is `^~`.
 * @param onMatch told of each regex that matched: it sets captures
 */
export function findLocation(server: Scope, path: string, onMatch?: (match: PatternMatch) => void): LocationChoice {
  const search: Search = { path, onMatch, location: undefined, doubts: [] }
  const result = searchLevel(server, search)
  return { location: search.location, isSlashRedirect: result === 'redirect', doubts: search.doubts }
}

interface Search {
  readonly path: string
  readonly onMatch: ((match: PatternMatch) => void) | undefined
  location: Scope | undefined
  readonly doubts: Directive[]
}

function searchLevel(level: Scope, search: Search): 'found' | 'redirect' | 'no more' {
  if (level.children.length === 0) return 'no more' // so it is in nearly all locations: no table need be made
  const table = locationTableOf(level)
  const { exact, longest, slashed, regex } = table.find(search.path)
  const locationAt = (index: number) => level.children[index] as Scope
  if (exact !== undefined) {
    search.location = locationAt(exact)
    return 'found'
  }
  if (slashed.map(locationAt).some(passesRequests)) {
    search.location = locationAt(slashed[0] as number)
    return 'redirect'
  }
  let skipsRegexes = false
  if (longest !== undefined) {
    search.location = locationAt(longest)
    skipsRegexes = table.patterns[longest]?.match === 'prefix-first'
    const nested = searchLevel(search.location, search)
    if (nested !== 'no more') return nested
  }
  if (skipsRegexes) return 'no more'
  const { index, match, doubts } = regex()
  for (const doubt of doubts) search.doubts.push(locationAt(doubt).directive as Directive)
  if (index === undefined || !match) return 'no more'
  search.onMatch?.(match)
  search.location = locationAt(index)
  searchLevel(search.location, search)
  return 'found' // even where a nested location would redirect
}
