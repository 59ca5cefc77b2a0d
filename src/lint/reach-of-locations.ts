import { type Directive, judgedByName } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { type LocationPattern, locationPattern, type Model, type Scope } from '../effective/index.ts'
import { type LocationTable, locationTableOf } from '../effective/location-table.ts'
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
  /** Its path has a wildcard, or is a regex, and nginx takes it for a plain one. */
  | { readonly kind: 'plain'; readonly meant: string }

/** The locations of a server, or of a location, that no request can reach. */
export function* unreachableLocations(
  level: Scope,
  model: Model,
): Generator<{ readonly scope: Scope; readonly why: Hindrance }> {
  const table = locationTableOf(level)
  const answer = level.kind === 'server' ? immediateReturn(level) : undefined
  const suspects = answer ? table.patterns.keys() : suspectsOf(table)
  for (const index of suspects) {
    const scope = level.children[index] as Scope
    const pattern = table.patterns[index]
    if (!pattern) continue
    // Named ones are reached behind the server's rewriting: ngx_http_named_location.
    const isNamed = pattern.match === 'named'
    const why = answer && !isNamed ? ({ kind: 'return', by: answer } as const) : hindranceOf(index, table, level, model)
    if (why) yield { scope, why }
  }
}

/** The locations of a table that may be out of reach: where none of them is, no server that has it need be looked at. */
const suspectsOf = memoize((table: LocationTable): readonly number[] => {
  const neighbours = neighboursIn(table)
  return [...table.patterns.keys()].filter((index) => {
    const pattern = table.patterns[index]
    if (!pattern) return false
    if (pattern.match === 'named') return neighbours.firstLike(pattern) !== index
    if (!mayBeginWithSlash(pattern) || meantPattern(pattern) !== undefined) return true
    if (!isRegex(pattern)) return pattern.match === 'prefix' && neighbours.catchAll !== undefined
    return neighbours.regexBefore(index) !== undefined || neighbours.prefixThatKeeps(pattern) !== undefined
  })
})

function hindranceOf(index: number, table: LocationTable, level: Scope, model: Model): Hindrance | undefined {
  const neighbours = neighboursIn(table)
  const scope = level.children[index] as Scope
  const pattern = table.patterns[index] as LocationPattern
  const by = (other: number) => level.children[other]?.directive as Directive
  if (pattern.match === 'named') {
    const twin = neighbours.firstLike(pattern)
    return twin === undefined || twin === index ? undefined : { kind: 'name', by: by(twin) }
  }
  if (!mayBeginWithSlash(pattern) && !mayLackSlash(level, model)) return { kind: 'slash' }
  const meant = meantPattern(pattern)
  if (meant !== undefined) return { kind: 'plain', meant }
  // An include that nobody could read may bring a location that comes first, but none that lets another one through.
  if (isRegex(pattern)) {
    const taker = neighbours.regexBefore(index)
    if (taker !== undefined) return { kind: 'regex', by: by(taker) }
    if (level.unresolved.length > 0) return undefined
    const keeper = neighbours.prefixThatKeeps(pattern)
    return keeper === undefined ? undefined : { kind: 'prefix', by: by(keeper) }
  }
  // With locations of its own inside, it is looked into before the regexes.
  if (pattern.match !== 'prefix' || scope.children.some(({ kind }) => kind === 'location')) return undefined
  if (scope.unresolved.length > 0) return undefined
  return neighbours.catchAll === undefined ? undefined : { kind: 'regex', by: by(neighbours.catchAll) }
}

function isRegex({ match }: LocationPattern): boolean {
  return match === 'regex' || match === 'regex-ignoring-case'
}

/**
 * What a plain path with a `*` at its end, or with what only a regex has, was meant to be: nginx takes all of it for letters, and
 * hardly any path has these.
 */
export function meantPattern({ match, path }: LocationPattern): string | undefined {
  if (match !== 'prefix' && match !== 'prefix-first' && match !== 'exact') return undefined
  if (/\.[*+]|\\[.dw]|\$$/.test(path)) return `~ ${path.startsWith('/') ? '^' : ''}${path}`
  return /^[^*]*\*+$/.test(path) ? path.replace(/\*+$/, '') : undefined
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

/** The locations of a table by what they have to do with each other: there may be thousands. They go by their index. */
class Neighbours {
  /** The first regex that takes every path. */
  readonly catchAll: number | undefined
  readonly #firsts = new Map<string, number>()
  readonly #prefixes = new Map<string, number>()

  constructor(readonly patterns: LocationTable['patterns']) {
    for (const [index, pattern] of patterns.entries()) {
      if (!pattern) continue
      const key = keyOf(pattern)
      if (!this.#firsts.has(key)) this.#firsts.set(key, index)
      const isPrefix = pattern.match === 'prefix' || pattern.match === 'prefix-first'
      if (isPrefix && !this.#prefixes.has(pattern.path)) this.#prefixes.set(pattern.path, index)
      if (isRegex(pattern) && takesEverything(pattern)) this.catchAll ??= index
    }
  }

  /** The first one that is written the same. */
  firstLike(pattern: LocationPattern): number | undefined {
    return this.#firsts.get(keyOf(pattern))
  }

  /** The first regex before another that takes all that it could match. */
  regexBefore(index: number): number | undefined {
    const { match, path } = this.patterns[index] as LocationPattern
    const takers = [
      this.catchAll,
      this.firstLike({ match, path }),
      this.firstLike({ match: 'regex-ignoring-case', path }),
    ]
    const before = takers.filter((other) => other !== undefined && other < index) as number[]
    return before.length > 0 ? Math.min(...before) : undefined
  }

  /** ngx_http_core_find_location tries no regex where the longest prefix has `^~`. */
  prefixThatKeeps(regex: LocationPattern): number | undefined {
    const start = regex.match === 'regex' ? literalStart(regex.path) : undefined
    if (!start) return undefined
    let length = start.length
    while (length > 0 && !this.#prefixes.has(start.slice(0, length))) length--
    const keeper = this.#prefixes.get(start.slice(0, length))
    const pattern = keeper === undefined ? undefined : this.patterns[keeper]
    if (pattern?.match !== 'prefix-first') return undefined
    return this.#letsThrough(pattern) ? undefined : keeper
  }

  /** A longer prefix without `^~` may let the regex be tried after all. */
  readonly #letsThrough = memoize((keeper: LocationPattern) =>
    [...this.#prefixes].some(
      ([path, index]) =>
        this.patterns[index]?.match === 'prefix' && path.length > keeper.path.length && path.startsWith(keeper.path),
    ),
  )
}

const neighboursIn = memoize(({ patterns }: LocationTable) => new Neighbours(patterns))

function keyOf({ match, path }: LocationPattern): string {
  return `${match} ${path}`
}

/** Whether no request comes to a location of a server since its path does not begin with a slash. */
export function lacksSlash({ directive, parent }: Scope, model: Model): boolean {
  if (!directive || parent?.kind !== 'server') return false
  const pattern = locationPattern(directive)
  return pattern.match !== 'named' && !mayBeginWithSlash(pattern) && !mayLackSlash(parent, model)
}

/** The plain path that was meant by one without a slash: `/ws` of `ws`, and of `^/ws`, which has the anchor of a regex. */
export function withSlash(path: string): string | undefined {
  if (/^[\w.-]/.test(path)) return `/${path}`
  return /^\^\/[\w./-]*$/.test(path) ? path.slice(1) : undefined
}

/** Whether a rewrite of the server, or an include that nobody could read, may make a URI that does not begin with a slash. */
function mayLackSlash({ server, directive }: Scope, model: Model): boolean {
  return slashless(model).has(server ? server.directive : directive)
}

/** The servers where that is so; undefined for the one around a fragment. */
const slashless = memoize(({ configuration }: Model): ReadonlySet<Directive | undefined> => {
  const rewrites = judgedByName(
    'rewrite',
    configuration,
    (rewrite) => !rewrite.argument(1)?.startsWith('/') || undefined,
  )
  return new Set([...rewrites.keys(), ...configuration.unresolved].map(serverAround))
})

function serverAround({ parent }: Directive): Directive | undefined {
  let block = parent
  while (block && block.name !== 'server') block = block.parent
  return block
}

function mayBeginWithSlash({ match, path }: LocationPattern): boolean {
  if (match === 'regex' || match === 'regex-ignoring-case') {
    const start = literalStart(path)
    return start === undefined || start === '' || start.startsWith('/')
  }
  return path === '' || path.startsWith('/') || path.startsWith('$') || path.includes('{')
}

/** Directives of a server that may end its rewriting, or answer, before what follows them. */
const DIVERTS: ReadonlySet<string> = new Set(['if', 'rewrite', 'break'])
const ANSWERS_OR_DIVERTS: ReadonlySet<string> = new Set([...DIVERTS, 'return', 'include'])

/** The `return` that a server answers every request with; undefined where something may come before it. */
function immediateReturn(server: Scope): Directive | undefined {
  if (server.own('return').length === 0) return undefined
  for (const directive of server.among(ANSWERS_OR_DIVERTS)) {
    if (directive.name === 'return') return directive
    if (DIVERTS.has(directive.name) || directive.unresolved) return undefined
  }
  return undefined
}
