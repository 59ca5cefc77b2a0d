import type { Directive } from '../config/index.ts'
import { type LocationPattern, locationPattern, type Scope } from '../effective/index.ts'

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
  const mayLackSlash = rewritesWithoutSlash(level)
  for (const location of placed) {
    // Named ones are reached behind the server's rewriting: ngx_http_named_location.
    const isNamed = location.pattern.match === 'named'
    const why: Hindrance | undefined =
      answer && !isNamed ? { kind: 'return', by: answer } : hindranceOf(location, placed, level, mayLackSlash)
    if (why) yield { scope: location.scope, why }
  }
}

function hindranceOf(
  location: Placed,
  all: readonly Placed[],
  level: Scope,
  mayLackSlash: boolean,
): Hindrance | undefined {
  const { pattern, scope } = location
  const before = all.slice(0, all.indexOf(location))
  if (pattern.match === 'named') {
    const twin = before.find((other) => other.pattern.match === 'named' && other.pattern.path === pattern.path)
    return twin && { kind: 'name', by: twin.directive }
  }
  if (!mayLackSlash && !mayBeginWithSlash(pattern)) return { kind: 'slash' }
  // An include that nobody could read may bring a location that comes first, but none that lets another one through.
  if (isRegex(pattern)) {
    const taker = before.find((other) => isRegex(other.pattern) && takesAllOf(other.pattern, pattern))
    if (taker) return { kind: 'regex', by: taker.directive }
    if (level.unresolved.length > 0) return undefined
    const keeper = prefixThatKeeps(pattern, all)
    return keeper && { kind: 'prefix', by: keeper.directive }
  }
  // With locations of its own inside, it is looked into before the regexes.
  if (pattern.match !== 'prefix' || scope.children.some(({ kind }) => kind === 'location')) return undefined
  if (scope.unresolved.length > 0) return undefined
  const taker = all.find((other) => isRegex(other.pattern) && takesEverything(other.pattern))
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

function takesAllOf(one: LocationPattern, other: LocationPattern): boolean {
  if (takesEverything(one)) return true
  return one.path === other.path && (one.match === other.match || one.match === 'regex-ignoring-case')
}

/** The literal text that every match of a regex begins with: `/static/` of `^/static/.*\.png$`. */
function literalStart(regex: string): string | undefined {
  if (!regex.startsWith('^') || regex.includes('|')) return undefined
  let text = ''
  for (let at = 1; at < regex.length; at++) {
    let char = regex[at] as string
    if (char === '\\') {
      char = regex[++at] ?? ''
      if (!/^[^\w]$/.test(char)) break
    } else if ('.[](){}*+?^$'.includes(char)) break
    // What follows may make it optional.
    if ('*+?{'.includes(regex[at + 1] ?? ' ')) break
    text += char
  }
  return text
}

/** ngx_http_core_find_location tries no regex where the longest prefix has `^~`. */
function prefixThatKeeps(regex: LocationPattern, all: readonly Placed[]): Placed | undefined {
  const start = regex.match === 'regex' ? literalStart(regex.path) : undefined
  if (!start) return undefined
  const prefixes = all.filter(({ pattern }) => pattern.match === 'prefix' || pattern.match === 'prefix-first')
  const keeper = prefixes
    .filter(({ pattern }) => start.startsWith(pattern.path))
    .sort((one, other) => other.pattern.path.length - one.pattern.path.length)[0]
  if (keeper?.pattern.match !== 'prefix-first') return undefined
  // A longer prefix without `^~` may let the regex be tried after all.
  const lets = prefixes.some(
    ({ pattern }) =>
      pattern.match === 'prefix' &&
      pattern.path.length > keeper.pattern.path.length &&
      pattern.path.startsWith(keeper.pattern.path),
  )
  return lets ? undefined : keeper
}

/** A rewrite, or an error page, may make a URI that does not begin with a slash. */
function rewritesWithoutSlash(level: Scope): boolean {
  const server = level.server ?? level
  for (const scope of server.inwards()) {
    if (scope.unresolved.length > 0) return true
    if (scope.own('rewrite').some((rewrite) => !rewrite.argument(1)?.startsWith('/'))) return true
  }
  return false
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

/** The `return` that a server answers every request with; undefined where something may come before it. */
function immediateReturn(server: Scope): Directive | undefined {
  for (const directive of server.content) {
    if (directive.name === 'return') return directive
    if (DIVERTS.has(directive.name) || directive.unresolved) return undefined
  }
  return undefined
}
