import type { Directive } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { passesRequests } from './handlers.ts'
import { type LocationPattern, locationPattern } from './location.ts'
import { type Pattern, type PatternMatch, patternOf } from './pattern.ts'
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
  if (level.children.length === 0) return 'no more' // so it is in nearly all locations: no index need be made
  const index = locationsOf(level)
  const fixed = index.findFixed(search.path)
  let skipsRegexes = false
  if (fixed.kind !== 'none') search.location = fixed.location
  if (fixed.kind === 'exact') return 'found'
  if (fixed.kind === 'redirect') return 'redirect'
  if (fixed.kind === 'prefix') {
    skipsRegexes = locationPattern(fixed.location.directive as Directive).match === 'prefix-first'
    const nested = searchLevel(fixed.location, search)
    if (nested !== 'no more') return nested
  }
  if (skipsRegexes) return 'no more'
  for (const { location, regex } of index.regexes) {
    const match = regex.match(search.path)
    if (match === undefined) search.doubts.push(location.directive as Directive)
    if (!match) continue
    search.onMatch?.(match)
    search.location = location
    searchLevel(location, search)
    return 'found' // even where a nested location would redirect
  }
  return 'no more'
}

export interface RegexLocation {
  readonly location: Scope
  readonly pattern: LocationPattern
  readonly regex: Pattern
}

type FixedChoice =
  | { readonly kind: 'none' }
  | { readonly kind: 'exact' | 'prefix' | 'redirect'; readonly location: Scope }

/** The locations that stand directly in a server or a location, ready to be looked up. */
export class LocationIndex {
  readonly regexes: RegexLocation[] = []
  readonly named = new Map<string, Scope>()
  readonly #exact = new Map<string, Scope>()
  readonly #prefixes = new Map<string, Scope>()
  /** Lengths of the prefixes, longest first. */
  readonly #lengths: readonly number[]

  constructor(level: Scope) {
    for (const location of level.children) {
      if (location.kind !== 'location' || !location.directive) continue
      const pattern = locationPattern(location.directive)
      if (pattern.match === 'exact') setFirst(this.#exact, pattern.path, location)
      else if (pattern.match === 'named') setFirst(this.named, pattern.path, location)
      else if (pattern.match === 'prefix' || pattern.match === 'prefix-first')
        setFirst(this.#prefixes, pattern.path, location)
      else
        this.regexes.push({
          location,
          pattern,
          regex: patternOf(pattern.path, pattern.match === 'regex-ignoring-case'),
        })
    }
    const lengths = new Set([...this.#prefixes.keys()].map((path) => path.length))
    this.#lengths = [...lengths].sort((one, other) => other - one)
  }

  /** ngx_http_core_find_static_location */
  findFixed(path: string): FixedChoice {
    const exact = this.#exact.get(path)
    if (exact) return { kind: 'exact', location: exact }
    const [longest] = this.prefixesOf(path)
    const isWhole = longest !== undefined && locationPattern(longest.directive as Directive).path === path
    const slashed = isWhole ? [] : [this.#exact.get(`${path}/`), this.#prefixes.get(`${path}/`)]
    if (slashed.some((location) => location && passesRequests(location)))
      return { kind: 'redirect', location: (slashed[0] ?? slashed[1]) as Scope }
    return longest ? { kind: 'prefix', location: longest } : { kind: 'none' }
  }

  /** The locations whose prefix a path has, longest first. */
  *prefixesOf(path: string): Generator<Scope> {
    for (const length of this.#lengths) {
      const location = length <= path.length ? this.#prefixes.get(path.slice(0, length)) : undefined
      if (location) yield location
    }
  }

  /** The exact location of a path. */
  exact(path: string): Scope | undefined {
    return this.#exact.get(path)
  }
}

/** nginx refuses a second location of one name. */
function setFirst(map: Map<string, Scope>, key: string, location: Scope): void {
  if (!map.has(key)) map.set(key, location)
}

/** The locations that stand directly in a server or a location. */
export const locationsOf: (level: Scope) => LocationIndex = memoize((level) => new LocationIndex(level))
