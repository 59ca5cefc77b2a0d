import type { Directive } from '../config/index.ts'
import { assessHandshake, evaluateBoth, type Handshake, meansUpgrade, setsHeader } from './handshake.ts'
import { discarded, inherited } from './inheritance.ts'
import { locationPattern } from './location.ts'
import { type EndpointMatch, matchName, matchPath, matchPattern } from './match-endpoint.ts'
import type { Model } from './model.ts'
import { readProxyPass } from './proxy-pass.ts'
import type { Scope } from './scope.ts'
import { variablesIn } from './template.ts'

/** Why a location is held to be meant for WebSockets. */
export interface Evidence {
  readonly kind: 'declared' | 'header' | 'endpoint' | 'condition' | 'dropped'
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
  const reached = reachedLevels(model)
  return model.proxying.flatMap((scope) => {
    const location = scope.location ?? scope
    if (isListed(location, model.denied) || isListed(scope, model.denied)) return []
    const endpoint = endpointOf(scope, model)
    const evidence = findEvidence(scope, model, endpoint, reached)
    if (!evidence) return []
    const isSocketsOnly =
      webSocketCondition(scope) !== undefined ||
      (endpoint?.inPath === true && !endpoint.match.endpoint?.ordinaryRequestsToo)
    return [{ scope, evidence, endpoint: endpoint?.match, isSocketsOnly, handshake: assessHandshake(scope, model) }]
  })
}

/**
 * The levels whose `proxy_set_header` rows serve some proxying location, and those around a location that has
 * WebSocket rows of its own: their rows may have been dropped on purpose.
 */
function reachedLevels(model: Model): Set<Scope> {
  const levels = new Set<Scope>()
  for (const scope of model.proxying) {
    const { from, directives } = inherited(scope, 'proxy_set_header')
    if (!from) continue
    const isOwnChoice = directives.some((row) => isTelling(row, model))
    for (const level of isOwnChoice ? from.outwards() : [from]) levels.add(level)
  }
  return levels
}

function isListed(scope: Scope, statements: ReadonlySet<unknown>): boolean {
  return scope.directive !== undefined && statements.has(scope.directive.statement)
}

function findEvidence(
  scope: Scope,
  model: Model,
  endpoint: LocatedEndpoint | undefined,
  reached: ReadonlySet<Scope>,
): Evidence | undefined {
  const location = scope.location ?? scope
  if (isListed(location, model.declared) || isListed(scope, model.declared))
    return { kind: 'declared', reason: 'a comment says so', directive: location.directive, isCertain: true }
  if (isListed(location, model.listed))
    return { kind: 'declared', reason: 'the settings say so', directive: location.directive, isCertain: true }
  const row = inherited(scope, 'proxy_set_header').directives.find((candidate) => isTelling(candidate, model))
  if (row) return { kind: 'header', reason: describeRow(row), directive: row, isCertain: true }
  if (endpoint) return { kind: 'endpoint', reason: endpoint.reason, directive: endpoint.directive, isCertain: true }
  const condition = webSocketCondition(scope)
  if (condition)
    return { kind: 'condition', reason: 'it asks for $http_upgrade', directive: condition, isCertain: true }
  const lost = discarded(scope, 'proxy_set_header').find((candidate) => isTelling(candidate, model))
  if (!lost) return undefined
  // Rows that serve nobody were surely meant for those that drop them.
  const level = [...scope.outwards()].find((outer) => outer.own('proxy_set_header').includes(lost)) as Scope
  return { kind: 'dropped', reason: describeRow(lost), directive: lost, isCertain: !reached.has(level) }
}

/** An `Upgrade` that is sent, a `Connection` that means upgrade, or `$connection_upgrade`, defined or not. */
export function isTelling(row: Directive, model: Model): boolean {
  const value = row.argument(1) ?? ''
  if (setsHeader(row, 'Upgrade')) return value !== ''
  if (!setsHeader(row, 'Connection')) return false
  const variables = variablesIn(value)
  if (variables.includes('http_connection')) return false
  if (variables.some((name) => /upgrade/i.test(name) && name !== 'http_upgrade')) return true
  const { handshake } = evaluateBoth(value, model)
  return handshake !== undefined && meansUpgrade(handshake)
}

function describeRow(row: Directive): string {
  return `"${row.name} ${row.argument(0)} …" shows it`
}

interface LocatedEndpoint {
  readonly match: EndpointMatch
  readonly reason: string
  readonly directive: Directive
  /** Whether the location's own path says so, not just the name of a backend. */
  readonly inPath: boolean
}

function endpointOf(scope: Scope, model: Model): LocatedEndpoint | undefined {
  const location = scope.location
  if (location?.directive) {
    const match = matchLocation(location.directive)
    const isNamed = locationPattern(location.directive).match === 'named'
    if (match)
      return {
        match,
        reason: isNamed ? `its name is "${location.directive.argument(0)}"` : `its path ${pathReason(match)}`,
        directive: location.directive,
        inPath: !isNamed,
      }
  }
  const directive = scope.own('proxy_pass').at(-1)
  if (!directive) return undefined
  const { uri, authority } = readProxyPass(directive)
  const backendPath = uri ? matchPath(uri) : undefined
  if (backendPath)
    return { match: backendPath, reason: `its proxy_pass ${pathReason(backendPath)}`, directive, inPath: false }
  const name = authority.replace(/:\d+$/, '')
  const isName = model.upstreams.has(name) || /^[A-Za-z][\w-]*$/.test(name)
  const upstream = isName ? matchName(name) : undefined
  return upstream && { match: upstream, reason: `its upstream is "${name}"`, directive, inPath: false }
}

function pathReason({ endpoint, label, matched }: EndpointMatch): string {
  return endpoint ? `has the ${label}` : `has the segment "${matched}"`
}

function matchLocation(directive: Directive): EndpointMatch | undefined {
  const { match, path } = locationPattern(directive)
  if (match === 'named') return matchName(path.slice(1))
  return match === 'regex' || match === 'regex-ignoring-case' ? matchPattern(path) : matchPath(path)
}

/** An `if` around the `proxy_pass` that lets only handshakes in: `if ($http_upgrade = "websocket")`. */
function webSocketCondition(scope: Scope): Directive | undefined {
  if (scope.kind !== 'if' || !scope.directive) return undefined
  const condition = scope.directive.arguments.map(({ value }) => value).join(' ')
  return /\$\{?http_upgrade\b/i.test(condition) && !/!=|!~/.test(condition) && !/=\s*\)?$/.test(condition)
    ? scope.directive
    : undefined
}
