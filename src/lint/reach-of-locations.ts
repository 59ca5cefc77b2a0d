import type { Directive } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { type LocationPattern, locationPattern, type Scope } from '../effective/index.ts'
import { literalStart } from '../effective/pattern.ts'

/** Why no request can reach a location. */
export type Hindrance =
  /** A `return` of the server answers before any location is chosen. */
  | { readonly kind: 'return'; readonly by: Directive }
  /** A regex before it takes all that it could match. */
  | { readonly kind: 'regex'; readonly by: Directive }
  /** A `^~` location keeps its regex from being tried. */
  | { readonly kind: 'prefix'; readonly by: Directive }
  /** A location of the same name comes before it. */
  | { readonly kind: 'name'; readonly by: Directive }
  /** Paths begin with a slash. */
  | { readonly kind: 'slash' }

interface Placed {
  readonly scope: Scope
  readonly directive: Directive
  readonly pattern: LocationPattern
}

/** The locations of a server, or of a location, that no request can reach. */
export function* unreachableLocations(level: Scope): Generator<{ readonly scope: Scope; readonly why: Hindrance }> {
  const placed = level.children.flatMap((scope): Placed[] =>
    scope.kind === 'location' && scope.directive
      ? [{ scope, directive: scope.directive, pattern: locationPattern(scope.directive) }]
      : [],
  )
  const answer = level.kind === 'server' ? immediateReturn(level) : undefined
  const mayLackSlash = rewritesWithoutSlash(level.server ?? level)
  const neighbours = new Neighbours(placed)
  for (const location of placed) {
    // Named ones are reached behind the server's rewriting: ngx_http_named_location.
    const isNamed = location.pattern.match === 'named'
    const why: Hindrance | undefined =
      answer && !isNamed ? { kind: 'return', by: answer } : hindranceOf(location, neighbours, level, mayLackSlash)
    if (why) yield { scope: location.scope, why }
  }
}

function hindranceOf(
  location: Placed,
  neighbours: Neighbours,
  level: Scope,
  mayLackSlash: boolean,
): Hindrance | undefined {
  const { pattern, scope } = location
  if (pattern.match === 'named') {
    const twin = neighbours.firstLike(pattern)
    return twin === location ? undefined : twin && { kind: 'name', by: twin.directive }
  }
  if (!mayLackSlash && !mayBeginWithSlash(pattern)) return { kind: 'slash' }
  // An include that nobody could read may bring a location that comes first, but none that lets another one through.
  if (isRegex(pattern)) {
    const taker = neighbours.regexBefore(location)
    if (taker) return { kind: 'regex', by: taker.directive }
    if (level.unresolved.length > 0) return undefined
    const keeper = neighbours.prefixThatKeeps(pattern)
    return keeper && { kind: 'prefix', by: keeper.directive }
  }
  // With locations of its own inside, it is looked into before the regexes.
  if (pattern.match !== 'prefix' || scope.children.some(({ kind }) => kind === 'location')) return undefined
  if (scope.unresolved.length > 0) return undefined
  const taker = neighbours.catchAll
  return taker && { kind: 'regex', by: taker.directive }
}

function isRegex({ match }: LocationPattern): boolean {
  return match === 'regex' || match === 'regex-ignoring-case'
}

/** Regexes that match every path, which begins with a slash. */
const EVERYTHING: ReadonlySet<string> = new Set([
  '',
  '^',
  '/',
  '^/',
  '.',
  '^.',
  '.*',
  '^.*',
  '^.*$',
  '^/.*',
  '^/.*$',
  '.+',
  '^.+',
  '/.*',
])

function takesEverything({ path }: LocationPattern): boolean {
  return EVERYTHING.has(path) || EVERYTHING.has(path.replace(/^(\^?\/?)\((.*)\)(\$?)$/, '$1$2$3'))
}

/** The locations of one level, ready to be looked up: there may be thousands. */
class Neighbours {
  /** The first regex that takes every path. */
  readonly catchAll: Placed | undefined
  readonly #order = new Map<Placed, number>()
  readonly #firsts = new Map<string, Placed>()
  readonly #prefixes = new Map<string, Placed>()

  constructor(placed: readonly Placed[]) {
    for (const [index, location] of placed.entries()) {
      const { pattern } = location
      this.#order.set(location, index)
      const key = keyOf(pattern)
      if (!this.#firsts.has(key)) this.#firsts.set(key, location)
      const isPrefix = pattern.match === 'prefix' || pattern.match === 'prefix-first'
      if (isPrefix && !this.#prefixes.has(pattern.path)) this.#prefixes.set(pattern.path, location)
    }
    this.catchAll = placed.find(({ pattern }) => isRegex(pattern) && takesEverything(pattern))
  }

  /** The first one that is written the same. */
  firstLike(pattern: LocationPattern): Placed | undefined {
    return this.#firsts.get(keyOf(pattern))
  }

  /** The first regex before another that takes all that it could match. */
  regexBefore(location: Placed): Placed | undefined {
    const { match, path } = location.pattern
    const rank = (other: Placed) => this.#order.get(other) ?? 0
    const takers = [
      this.catchAll,
      this.firstLike({ match, path }),
      this.firstLike({ match: 'regex-ignoring-case', path }),
    ]
    return takers
      .filter((other) => other !== undefined)
      .filter((other) => rank(other) < rank(location))
      .sort((one, other) => rank(one) - rank(other))[0]
  }

  /** ngx_http_core_find_location tries no regex where the longest prefix has `^~`. */
  prefixThatKeeps(regex: LocationPattern): Placed | undefined {
    const start = regex.match === 'regex' ? literalStart(regex.path) : undefined
    if (!start) return undefined
    let length = start.length
    while (length > 0 && !this.#prefixes.has(start.slice(0, length))) length--
    const keeper = this.#prefixes.get(start.slice(0, length))
    if (keeper?.pattern.match !== 'prefix-first') return undefined
    return this.#letsThrough(keeper) ? undefined : keeper
  }

  /** A longer prefix without `^~` may let the regex be tried after all. */
  readonly #letsThrough = memoize((keeper: Placed) =>
    [...this.#prefixes.values()].some(
      ({ pattern }) =>
        pattern.match === 'prefix' &&
        pattern.path.length > keeper.pattern.path.length &&
        pattern.path.startsWith(keeper.pattern.path),
    ),
  )
}

function keyOf({ match, path }: LocationPattern): string {
  return `${match} ${path}`
}

/** A rewrite, or an error page, may make a URI that does not begin with a slash. */
const rewritesWithoutSlash = memoize((server: Scope): boolean => {
  for (const scope of server.inwards()) {
    if (scope.unresolved.length > 0) return true
    if (scope.own('rewrite').some((rewrite) => !rewrite.argument(1)?.startsWith('/'))) return true
  }
  return false
})

function mayBeginWithSlash({ match, path }: LocationPattern): boolean {
  if (match === 'regex' || match === 'regex-ignoring-case') {
    const start = literalStart(path)
    return start === undefined || start === '' || start.startsWith('/')
  }
  return path === '' || path.startsWith('/') || path.startsWith('$') || path.includes('{')
}

/** Directives of a server that may end its rewriting, or answer, before what follows them. */
const DIVERTS: ReadonlySet<string> = new Set(['if', 'rewrite', 'break'])

/** The `return` that a server answers every request with; undefined where something may come before it. */
function immediateReturn(server: Scope): Directive | undefined {
  for (const directive of server.content) {
    if (directive.name === 'return') return directive
    if (DIVERTS.has(directive.name) || directive.unresolved) return undefined
  }
  return undefined
}
