import { blocksWith, type Directive, judgedByName } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { withoutAnsweredElsewhere } from './answered-elsewhere.ts'
import { assessHandshake, type Handshake, isWebSocketScheme } from './handshake.ts'
import { areHandshakesLedOn } from './led-away.ts'
import { locationPattern } from './location.ts'
import { type EndpointMatch, matchName, matchPath, matchPattern } from './match-endpoint.ts'
import type { Model } from './model.ts'
import { readProxyPass } from './proxy-pass.ts'
import { rowsAbout } from './row-values.ts'
import { rowsBefore } from './rows-before.ts'
import type { Scope } from './scope.ts'
import { isClosedToOthers } from './sockets-only.ts'
import { tellingRow, tells } from './telling-rows.ts'

/** Why a location is held to be meant for WebSockets. */
export interface Evidence {
  readonly kind: 'declared' | 'header' | 'endpoint' | 'scheme' | 'condition' | 'dropped'
  /** For messages, after "a WebSocket location, since": `its path is the Socket.IO endpoint /socket.io`. */
  readonly reason: string
  /** The line that tells. */
  readonly directive: Directive | undefined
  /** Whether it leaves no doubt. */
  readonly isCertain: boolean
}

/** A proxying location that is meant for WebSockets, and what it makes of a handshake. */
export interface WebSocketLocation {
  /** The scope that has the `proxy_pass`. */
  readonly scope: Scope
  readonly evidence: Evidence
  /** The known endpoint that its path, upstream or backend names. */
  readonly endpoint: EndpointMatch | undefined
  /** Whether nothing but handshakes is to be expected there. */
  readonly isSocketsOnly: boolean
  readonly handshake: Handshake
}

/** The WebSocket locations of a configuration, in its order. */
export function findWebSocketLocations(model: Model): WebSocketLocation[] {
  const levels = model.proxying.map((scope) => levelWithRows(scope, model))
  const reached = reachedLevels(levels, model)
  const found: WebSocketLocation[] = []
  for (const [index, scope] of model.proxying.entries()) {
    if (isDenied(scope, model)) continue
    const endpoint = endpointOf(scope, model)
    const evidence = findEvidence(scope, levels[index], model, endpoint, reached)
    if (!evidence || areHandshakesLedOn(scope, model)) continue
    const isSocketsOnly =
      webSocketCondition(scope) !== undefined ||
      (endpoint?.inPath === true && isForSocketsOnly(endpoint.match)) ||
      isClosedToOthers(scope, model)
    found.push({ scope, evidence, endpoint: endpoint?.match, isSocketsOnly, handshake: assessHandshake(scope, model) })
  }
  return withoutAnsweredElsewhere(found)
}

function isForSocketsOnly({ endpoint, ways }: EndpointMatch): boolean {
  return !endpoint?.ordinaryRequestsToo && ways?.areAll !== false
}

/**
 * The levels whose `proxy_set_header` rows serve some proxying location, and those around a location that has
 * WebSocket rows of its own: their rows may have been dropped on purpose.
 */
function reachedLevels(inForce: readonly (Scope | undefined)[], model: Model): Set<Scope> {
  const levels = new Set<Scope>()
  for (const from of inForce) {
    if (!from) continue
    if (tells(from, model)) for (const level of from.outwards()) levels.add(level)
    else levels.add(from)
  }
  return levels
}

/** The level whose `proxy_set_header` rows are in force. Where its block is among those that have some, they need not be looked at. */
function levelWithRows(scope: Scope, { configuration }: Model): Scope | undefined {
  const blocks = blocksWith('proxy_set_header', configuration)
  let level: Scope | undefined = scope
  while (level && !(level.block && blocks.has(level.directive))) level = level.parent
  return level
}

/** Whether a comment, or the settings, say that it is for something else. */
export function isDenied(scope: Scope, { denied }: Model): boolean {
  return isListed(scope.location ?? scope, denied) || isListed(scope, denied)
}

function isListed({ directive }: Scope, statements: ReadonlySet<unknown>): boolean {
  return statements.size > 0 && directive !== undefined && statements.has(directive.statement)
}

function findEvidence(
  scope: Scope,
  from: Scope | undefined,
  model: Model,
  endpoint: LocatedEndpoint | undefined,
  reached: ReadonlySet<Scope>,
): Evidence | undefined {
  const location = scope.location ?? scope
  if (isListed(location, model.declared) || isListed(scope, model.declared))
    return { kind: 'declared', reason: 'a comment says so', directive: location.directive, isCertain: true }
  if (isListed(location, model.listed))
    return { kind: 'declared', reason: 'the settings say so', directive: location.directive, isCertain: true }
  const row = from && tellingRow(from, model)
  if (row) return { kind: 'header', reason: describeRow(row), directive: row, isCertain: true }
  if (endpoint) return { kind: 'endpoint', reason: endpoint.reason, directive: endpoint.directive, isCertain: true }
  const pass = webSocketPasses(model).get(scope.directive)
  if (pass)
    return {
      kind: 'scheme',
      reason: `its proxy_pass says "${pass.scheme}://"`,
      directive: pass.directive,
      isCertain: true,
    }
  const passed = passedHeaders(model).get(scope.location?.directive ?? scope.directive)
  if (passed)
    return {
      kind: 'header',
      reason: `"${passed.name} ${passed.argument(0)}" shows it`,
      directive: passed,
      isCertain: true,
    }
  const condition = webSocketCondition(scope)
  if (condition)
    return { kind: 'condition', reason: 'it asks for $http_upgrade', directive: condition, isCertain: true }
  const before = location === scope ? rowsBefore(model).get(scope) : undefined
  if (before) {
    const { row, location: other } = before
    const where = `of "location ${other.directive?.values.join(' ')}", which leads here, `
    // Where others of the server have rows of their own, these may be left over.
    const isCertain = !serversWithRows(model).has(scope.server)
    return { kind: 'dropped', reason: describeRow(row, where), directive: row, isCertain }
  }
  // Who takes the header away says that it is for something else.
  if (from && rowsAbout(from.own('proxy_set_header'), 'Upgrade').some((row) => row.argument(1) === '')) return undefined
  for (let level = from?.parent; level; level = level.parent) {
    const lost = tellingRow(level, model)
    // Rows that serve nobody were surely meant for those that drop them.
    if (lost) return { kind: 'dropped', reason: describeRow(lost), directive: lost, isCertain: !reached.has(level) }
  }
  return undefined
}

/** The servers in which some location that asks a backend has rows in force that tell. */
const serversWithRows = memoize((model: Model): ReadonlySet<Scope | undefined> => {
  const telling = model.proxying.filter((scope) => {
    const from = levelWithRows(scope, model)
    return from !== undefined && tells(from, model)
  })
  return new Set(telling.map(({ server }) => server))
})

/** Each `proxy_pass` of `ws://` or `wss://`, by the block that it stands in. nginx takes none of them, but it tells what was meant. */
const webSocketPasses = memoize((model: Model) => {
  const schemes = judgedByName('proxy_pass', model.configuration, (directive) => {
    const { scheme } = readProxyPass(directive)
    return isWebSocketScheme(scheme) ? scheme : undefined
  })
  return new Map([...schemes].map(([directive, scheme]) => [directive.parent, { directive, scheme }]))
})

/**
 * Each `proxy_pass_header` of a handshake's headers, by the block that it stands in. It is about answers, and does nothing
 * for a handshake, but tells what was meant.
 */
const passedHeaders = memoize((model: Model): ReadonlyMap<Directive | undefined, Directive> => {
  const rows = judgedByName('proxy_pass_header', model.configuration, ({ values }) => {
    return /^(?:upgrade|connection)$/i.test(values[0] ?? '') || undefined
  })
  return new Map([...rows.keys()].map((directive) => [directive.parent, directive]))
})

function describeRow(row: Directive, where = ''): string {
  return `"${row.name} ${row.argument(0)} …" ${where}shows it`
}

interface LocatedEndpoint {
  readonly match: EndpointMatch
  readonly reason: string
  readonly directive: Directive
  /** Whether the location's own path says so, not just the name of a backend. */
  readonly inPath: boolean
}

function endpointOf(scope: Scope, model: Model): LocatedEndpoint | undefined {
  const { locations, backends, asking } = endpointsOf(model)
  const location = scope.location?.directive
  const own = location && locations.get(location)
  if (own) return { ...own, directive: location }
  if (!asking.has(scope.directive)) return undefined
  const directive = scope.own('proxy_pass').at(-1)
  const backend = directive && backends.get(directive)
  return backend && { ...backend, directive }
}

type NamedEndpoint = Omit<LocatedEndpoint, 'directive'>

/** The endpoints that lines of a configuration name: a `location` by its path, a `proxy_pass` by its backend. */
const endpointsOf = memoize((model: Model) => {
  const locations = judgedByName('location', model.configuration, endpointOfLocation)
  const backends = judgedByName('proxy_pass', model.configuration, (one) => endpointOfBackend(one, model))
  return { locations, backends, asking: new Set([...backends.keys()].map(({ parent }) => parent)) }
})

function endpointOfLocation(directive: Directive): NamedEndpoint | undefined {
  const { match, path } = locationPattern(directive)
  if (match === 'named') {
    const named = matchName(path.slice(1))
    return named && { match: named, reason: `its name is "${directive.argument(0)}"`, inPath: false }
  }
  const found = match === 'regex' || match === 'regex-ignoring-case' ? matchPattern(path) : matchPath(path)
  return found && { match: found, reason: `its path ${pathReason(found)}`, inPath: true }
}

function endpointOfBackend(directive: Directive, model: Model): NamedEndpoint | undefined {
  const { uri, authority } = readProxyPass(directive)
  const backendPath = uri ? matchPath(uri) : undefined
  if (backendPath) return { match: backendPath, reason: `its proxy_pass ${pathReason(backendPath)}`, inPath: false }
  const name = authority.replace(/:\d+$/, '')
  const isName = model.upstreams.has(name) || /^[A-Za-z][\w-]*$/.test(name)
  const upstream = isName ? matchName(name) : undefined
  return upstream && { match: upstream, reason: `its upstream is "${name}"`, inPath: false }
}

function pathReason({ endpoint, label, matched }: EndpointMatch): string {
  return endpoint ? `has the ${label}` : `has the segment "${matched}"`
}

/** An `if` around the `proxy_pass` that lets only handshakes in: `if ($http_upgrade = "websocket")`. */
function webSocketCondition(scope: Scope): Directive | undefined {
  if (scope.kind !== 'if' || !scope.directive) return undefined
  const condition = scope.directive.values.join(' ')
  return /\$\{?http_upgrade\b/i.test(condition) && !/!=|!~/.test(condition) && !/=\s*\)?$/.test(condition)
    ? scope.directive
    : undefined
}
