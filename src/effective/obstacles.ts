import type { Directive } from '../config/index.ts'
import { changedIn } from '../nginx/defaults.ts'
import { isAtLeast } from '../nginx/version.ts'
import { denyingRow } from './access.ts'
import { earlyAnswer } from './early-answer.ts'
import type { RowsVerdict } from './handshake-rows.ts'
import { changedHeaders } from './headers-more.ts'
import { inherited, setting } from './inheritance.ts'
import { closingInternal } from './internal-only.ts'
import { departure, isLedOn, keptStatus } from './led-away.ts'
import { readListen } from './listen.ts'
import type { Model } from './model.ts'
import type { Scope } from './scope.ts'

/** Something that keeps a handshake from the backend, or takes from it what no other line can give back. */
export interface Obstacle {
  readonly kind:
    | 'request headers off'
    | 'handshake header'
    | 'host'
    | 'method'
    | 'limit_except'
    | 'return'
    | 'internal'
    | 'deny'
    | 'try_files'
    | 'rewrite'
    | 'kept status'
    | 'hidden header'
    | 'changed request'
    | 'changed answer'
    | 'HTTP/2 alone'
  readonly directive: Directive
  /** The header, method or status that it is about. */
  readonly detail: string
}

/** Whether it is a row that a colon makes a second `Host` of. */
export function isHostWithColon({ kind, detail }: Obstacle): boolean {
  return kind === 'host' && detail === 'colon'
}

/** @param rows the `proxy_set_header` rows in force, and what they make of a handshake */
export function obstaclesOf(
  scope: Scope,
  rows: readonly Directive[],
  { obstacles }: RowsVerdict,
  model: Model,
): Obstacle[] {
  return [
    ...withheldHeaders(scope),
    ...obstacles.map(({ kind, index, detail }): Obstacle => ({ kind, directive: rows[index] as Directive, detail })),
    ...otherMethod(scope),
    ...refusedMethod(scope),
    ...insideAlone(scope, model),
    ...deniedToAll(scope, model),
    ...earlierAnswer(scope, model),
    ...otherLocation(scope, model),
    ...otherStatus(scope, model),
    ...otherFiles(scope),
    ...hiddenHeaders(scope),
    ...byHeadersMore(scope, rows, model),
    ...otherProtocol(scope, model),
  ]
}

function* withheldHeaders(scope: Scope): Generator<Obstacle> {
  const { directive, value } = setting(scope, 'proxy_pass_request_headers')
  if (directive && value === 'off') yield { kind: 'request headers off', directive, detail: 'off' }
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
    if (deniesAll) yield { kind: 'limit_except', directive: limit, detail: limit.values.join(' ') }
  }
}

/** Nobody from outside may ask for it, and nothing leads there. */
function* insideAlone(scope: Scope, model: Model): Generator<Obstacle> {
  const directive = closingInternal(scope, model)
  if (directive) yield { kind: 'internal', directive, detail: '404' }
}

function* deniedToAll(scope: Scope, model: Model): Generator<Obstacle> {
  const directive = denyingRow(scope, model)
  if (directive) yield { kind: 'deny', directive, detail: '403' }
}

function* earlierAnswer(scope: Scope, model: Model): Generator<Obstacle> {
  const directive = earlyAnswer(scope, model)
  if (directive && !isLedOn(directive, scope, model))
    yield { kind: 'return', directive, detail: directive.argument(0) ?? '' }
}

function* otherLocation(scope: Scope, model: Model): Generator<Obstacle> {
  const away = departure(scope, model)
  if (away) yield { kind: 'rewrite', directive: away.directive, detail: away.to?.directive?.values.join(' ') ?? '' }
}

function* otherStatus(scope: Scope, model: Model): Generator<Obstacle> {
  const kept = keptStatus(scope, model)
  if (kept) yield { kind: 'kept status', directive: kept.directive, detail: String(kept.status) }
}

/**
 * A `try_files` of the location, which looks for files before its `proxy_pass` is asked: a handshake asks for none, and goes on
 * to the last argument (ngx_http_try_files_handler). A name without variables may be that of a file that is always there. In an
 * `if` it does not hold: ngx_http_try_files_module has no merge_loc_conf.
 */
function* otherFiles(scope: Scope): Generator<Obstacle> {
  const directive = scope.own('try_files').at(-1)
  const files = directive?.values.slice(0, -1) ?? []
  if (directive && files.length > 0 && files.every((file) => file.includes('$')))
    yield { kind: 'try_files', directive, detail: directive.values.at(-1) ?? '' }
}

/** Headers of the backend's 101 that clients must see (RFC 6455 §4.1). Its `Connection` nginx writes itself. */
const ANSWER_HEADERS = /^(?:upgrade|sec-websocket-(?:accept|protocol))$/i

/** ngx_http_upstream_hide_headers_hash: what is passed by name is not hidden. */
function* hiddenHeaders(scope: Scope): Generator<Obstacle> {
  const hiding = inherited(scope, 'proxy_hide_header').directives.filter((row) =>
    ANSWER_HEADERS.test(row.argument(0) ?? ''),
  )
  if (hiding.length === 0) return
  const passed = inherited(scope, 'proxy_pass_header').directives.map((row) => row.argument(0)?.toLowerCase())
  for (const directive of hiding) {
    const name = directive.argument(0) ?? ''
    if (!passed.includes(name.toLowerCase())) yield { kind: 'hidden header', directive, detail: name }
  }
}

function* byHeadersMore(scope: Scope, rows: readonly Directive[], model: Model): Generator<Obstacle> {
  for (const { directive, name, of } of changedHeaders(scope, rows, model))
    yield { kind: of === 'request' ? 'changed request' : 'changed answer', directive, detail: name }
}

/** A port with `http2` and without TLS spoke nothing else (ngx_http_init_connection), and handshakes come in HTTP/1.1. */
function* otherProtocol({ server }: Scope, { target }: Model): Generator<Obstacle> {
  if (!server || isAtLeast(target, changedIn.http1BesideHttp2)) return
  const listens = server.own('listen')
  const [directive] = listens
  const isAlone = listens.every((listen) => listen.values.includes('http2') && !readListen(listen).isTls)
  if (directive && isAlone && server.unresolved.length === 0 && setting(server, 'ssl').value !== 'on')
    yield { kind: 'HTTP/2 alone', directive, detail: directive.argument(0) ?? '' }
}
