import type { Directive } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { inherited, setting } from './inheritance.ts'
import type { Model } from './model.ts'
import { handshakeRequest } from './request.ts'
import type { Scope } from './scope.ts'
import { evaluate } from './variables.ts'

/** Something that keeps a handshake from the backend, or takes from it what no other line can give back. */
export interface Obstacle {
  readonly kind: 'request headers off' | 'handshake header' | 'host' | 'method' | 'limit_except' | 'return'
  readonly directive: Directive
  /** The header, method or status that it is about. */
  readonly detail: string
}

/**
 * Headers of the handshake that nginx must pass on as the client sent them. `Sec-WebSocket-Extensions` is none: a
 * server that does not see it just does not compress.
 */
const HANDSHAKE_HEADERS: ReadonlySet<string> = new Set([
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-protocol',
])

export function obstaclesOf(scope: Scope, model: Model): Obstacle[] {
  return [
    ...withheldHeaders(scope),
    ...changedHeaders(scope, model),
    ...brokenHost(scope, model),
    ...otherMethod(scope),
    ...refusedMethod(scope),
    ...earlierAnswer(scope),
  ]
}

function* withheldHeaders(scope: Scope): Generator<Obstacle> {
  const { directive, value } = setting(scope, 'proxy_pass_request_headers')
  if (directive && value === 'off') yield { kind: 'request headers off', directive, detail: 'off' }
}

function* changedHeaders(scope: Scope, model: Model): Generator<Obstacle> {
  const environment = model.environment({
    ...handshakeRequest('/'),
    isSample: true,
    headers: [...handshakeRequest('/').headers, ['Sec-WebSocket-Protocol', 'chat']],
  })
  for (const directive of inherited(scope, 'proxy_set_header').directives) {
    const name = directive.argument(0) ?? ''
    if (!HANDSHAKE_HEADERS.has(name.toLowerCase())) continue
    const value = evaluate(directive.argument(1) ?? '', environment)
    const sent = environment.request.headers.find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1]
    if (value !== undefined && value !== sent) yield { kind: 'handshake header', directive, detail: name }
  }
}

/** No `Host`, or two of them: an HTTP/1.1 server must answer that with 400 (RFC 9112 §3.2). */
function* brokenHost(scope: Scope, model: Model): Generator<Obstacle> {
  const rows = inherited(scope, 'proxy_set_header').directives.filter(
    (row) => row.argument(0)?.toLowerCase() === 'host',
  )
  const environment = model.environment({ ...handshakeRequest('/'), isSample: true })
  const sent = rows.filter((row) => evaluate(row.argument(1) ?? '', environment) !== '')
  const directive = rows.at(-1)
  if (directive && sent.length !== 1) yield { kind: 'host', directive, detail: sent.length === 0 ? 'none' : 'several' }
}

function* otherMethod(scope: Scope): Generator<Obstacle> {
  const { directive, value } = setting(scope, 'proxy_method')
  // Since 1.11.6 it may hold variables.
  if (directive && value && !value.includes('$') && value.toUpperCase() !== 'GET')
    yield { kind: 'method', directive, detail: value }
}

/** A `limit_except` without GET that denies all: handshakes are GET requests. */
function* refusedMethod(scope: Scope): Generator<Obstacle> {
  for (const limit of scope.own('limit_except')) {
    const isAllowed = limit.arguments.some(({ value }) => value.toUpperCase() === 'GET')
    if (isAllowed || limit.named('allow').length > 0) continue
    const deniesAll = limit.named('deny').some((deny) => deny.argument(0) === 'all')
    if (deniesAll)
      yield { kind: 'limit_except', directive: limit, detail: limit.arguments.map(({ value }) => value).join(' ') }
  }
}

/** A `return` of the location or its server: the rewrite phase comes before any proxying. */
function* earlierAnswer(scope: Scope): Generator<Obstacle> {
  const location = scope.location
  const levels = [scope, location === scope ? undefined : location, scope.server]
  for (const level of levels) {
    const directive = level && certainReturn(level)
    if (directive) {
      yield { kind: 'return', directive, detail: directive.argument(0) ?? '' }
      return
    }
  }
}

const MAY_END_REWRITING: ReadonlySet<string> = new Set(['rewrite', 'break', 'return', 'include'])

/** A `return` that every request meets: no `rewrite` or `break` before it may lead requests past it. */
const certainReturn = memoize((scope: Scope): Directive | undefined => {
  for (const directive of scope.content) {
    if (directive.name === 'return') return directive
    if (directive.name === 'include' ? directive.unresolved : MAY_END_REWRITING.has(directive.name)) return undefined
    if (directive.name === 'if' && directive.children?.some((child) => MAY_END_REWRITING.has(child.name)))
      return undefined
  }
  return undefined
})
