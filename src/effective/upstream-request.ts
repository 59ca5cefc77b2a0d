import type { Directive } from '../config/index.ts'
import { changedIn, defaultProxyHeaders, defaultProxyHttpVersion } from '../nginx/defaults.ts'
import { isAtLeast, type TargetVersion } from '../nginx/version.ts'
import { inherited, setting } from './inheritance.ts'
import { locationPattern } from './location.ts'
import { proxyTarget } from './proxy-pass.ts'
import { type ProxyUrl, parseProxyUrl } from './proxy-url.ts'
import { headerValue } from './request.ts'
import type { RequestState } from './request-state.ts'
import type { Scope } from './scope.ts'
import { variablesIn } from './template.ts'
import { escapeUri } from './uri.ts'

/** Where a part of the upstream request comes from. */
export type Origin =
  | { readonly kind: 'directive'; readonly directive: Directive }
  /** nginx's own default; the version that changed it, where there is one. */
  | { readonly kind: 'default'; readonly changedIn?: string }
  | { readonly kind: 'client' }

export interface UpstreamPart {
  /** Undefined where it is not known. */
  readonly value: string | undefined
  readonly origin: Origin
}

/** A header; one whose value is not known may be empty, and then not be sent at all. */
export interface UpstreamHeader extends UpstreamPart {
  readonly name: string
}

/** The request that a backend gets. */
export interface UpstreamRequest {
  /** The `proxy_pass`. */
  readonly directive: Directive
  readonly scheme: 'http' | 'https' | undefined
  /** Host and port, or the name of an `upstream`. */
  readonly authority: string | undefined
  readonly method: UpstreamPart
  readonly uri: UpstreamPart
  readonly version: UpstreamPart
  /** In the order in which they are sent. */
  readonly headers: readonly UpstreamHeader[]
}

/** Why there is none: nginx answers 500 itself, or nobody knows. */
export interface NoUpstreamRequest {
  readonly status: 500 | 'unknown'
  readonly by: Directive | undefined
}

/** What the `proxy_pass` that serves a scope makes of a request (ngx_http_proxy_create_request). */
export function upstreamRequest(scope: Scope, state: RequestState): UpstreamRequest | NoUpstreamRequest {
  const target = proxyTarget(scope)
  if (!target) return { status: 500, by: undefined }
  const { directive } = target
  const written = directive.argument(0) ?? ''
  const hasVariables = variablesIn(written).length > 0
  const text = state.evaluate(written)
  const url = text === undefined ? undefined : parseProxyUrl(text)
  if (text !== undefined && !url) return { status: 500, by: directive }
  state.proxyUrl = url
  if (!url) forgetUrl(state)
  const method = methodPart(scope, state)
  const uri = uriPart(directive, scope, url, hasVariables, state)
  const version = versionPart(scope, state.model.target)
  const headers = headerParts(scope, state)
  if (!headers) return { status: 'unknown', by: inherited(scope, 'proxy_set_header').directives[0] }
  return { directive, scheme: url?.scheme, authority: url?.authority, method, uri, version, headers }
}

/** Without knowing where it goes, `$proxy_host` and `$proxy_port` are not known either. */
function forgetUrl(state: RequestState): void {
  state.set('proxy_host', undefined)
  state.set('proxy_port', undefined)
}

const CLIENT: Origin = { kind: 'client' }

function methodPart(scope: Scope, state: RequestState): UpstreamPart {
  const { directive, value } = setting(scope, 'proxy_method')
  if (directive) return { value: state.evaluate(value ?? ''), origin: { kind: 'directive', directive } }
  return { value: isCached(scope, state) ? 'GET' : state.method, origin: CLIENT }
}

function versionPart(scope: Scope, target: TargetVersion): UpstreamPart {
  const { directive, value } = setting(scope, 'proxy_http_version')
  if (directive) return { value, origin: { kind: 'directive', directive } }
  const origin: Origin = { kind: 'default', changedIn: changedIn.upstreamKeepalive }
  return { value: defaultProxyHttpVersion(target), origin }
}

function uriPart(
  directive: Directive,
  scope: Scope,
  url: ProxyUrl | undefined,
  hasVariables: boolean,
  state: RequestState,
): UpstreamPart {
  const origin: Origin = { kind: 'directive', directive }
  if (!url) return { value: undefined, origin }
  if (hasVariables && url.uri !== '') return { value: url.uri.startsWith('?') ? `/${url.uri}` : url.uri, origin }
  if (url.uri === '' && state.isUnparsedValid) return { value: state.target.unparsed, origin: CLIENT }
  const replaced = state.isLocationValid && url.uri !== '' ? matchedLength(scope) : 0
  const rest = state.path.slice(replaced)
  const isEscaped = state.target.isQuoted || state.isInternal
  const escaped = isEscaped ? escapeUri(rest, state.model.target) : rest
  const query = state.query === '' ? '' : `?${state.query}`
  const value = escaped === undefined ? undefined : (state.isLocationValid ? url.uri : '') + escaped + query
  return { value, origin: url.uri !== '' && state.isLocationValid ? origin : CLIENT }
}

/** The length of what the location matched: `plcf->location`, of the location around an `if` too. */
function matchedLength(scope: Scope): number {
  const directive = scope.location?.directive
  const pattern = directive && locationPattern(directive)
  return pattern && ['exact', 'prefix', 'prefix-first'].includes(pattern.match) ? pattern.path.length : 0
}

/** A row that makes a header, written or nginx's own. */
interface Row {
  readonly name: string
  readonly value: string | undefined
  readonly origin: Origin
}

/**
 * ngx_http_proxy_init_headers: the rows in force, then the defaults that they do not name; then what the client sent.
 * nginx fills in the rows twice, first to see how long they are. Undefined where they come out longer the second time,
 * since a map's regex took the place of `$1` meanwhile: they then overrun a buffer.
 */
function headerParts(scope: Scope, state: RequestState): UpstreamHeader[] | undefined {
  const measured = [...allRows(scope, state)]
  const rows = [...allRows(scope, state)]
  if (lengthOf(rows) > lengthOf(measured)) return undefined
  const named = new Set(rows.map(({ name }) => name.toLowerCase()))
  const passed = setting(scope, 'proxy_pass_request_headers').value === 'off' ? [] : state.request.headers
  return [
    ...rows.filter(({ value }) => value !== ''),
    ...passed
      .filter(([name]) => !named.has(name.toLowerCase()))
      .map(([name, value]): UpstreamHeader => ({ name, value, origin: CLIENT })),
  ]
}

function lengthOf(rows: readonly Row[]): number {
  return rows.reduce((total, { name, value }) => total + (value ? `${name}: ${value}`.length : 0), 0)
}

/** Since 1.31.4 `Host` goes first, and is `$proxy_host` where a row for it is empty. */
const HOST_FIRST = '1.31.4'
/** Since 1.31.0 a client's `Proxy-Connection` is not passed on. */
const DROPS_PROXY_CONNECTION = '1.31.0'

function* allRows(scope: Scope, state: RequestState): Generator<Row> {
  const { target } = state.model
  const written = inherited(scope, 'proxy_set_header').directives.map((directive): Row => {
    const value = state.evaluate(directive.argument(1) ?? '')
    return { name: directive.argument(0) ?? '', value, origin: { kind: 'directive', directive } }
  })
  const isHost = ({ name }: Row) => name.toLowerCase() === 'host'
  const named = new Set(written.map(({ name }) => name.toLowerCase()))
  const defaults = [...defaultRows(scope, state)].filter(({ name }) => !named.has(name.toLowerCase()))
  if (!isAtLeast(target, HOST_FIRST)) {
    yield* written
    yield* defaults
    return
  }
  const host = written.findLast(isHost) ?? (defaults.find(isHost) as Row)
  const isBlank = host.value === '' && versionPart(scope, target).value !== '1.0'
  yield { ...host, name: 'Host', value: isBlank ? state.value('proxy_host') : host.value }
  yield* [...written, ...defaults].filter((row) => !isHost(row))
}

/** ngx_http_proxy_headers[] and, with a cache, ngx_http_proxy_cache_headers[]. */
function* defaultRows(scope: Scope, state: RequestState): Generator<Row> {
  const { target } = state.model
  const origin: Origin = { kind: 'default' }
  for (const { name, value } of defaultProxyHeaders(target)) {
    const isConnection = name === 'Connection'
    yield { name, value: state.evaluate(value), origin: isConnection ? CHANGED_CONNECTION : origin }
    if (!isConnection) continue
    if (isAtLeast(target, DROPS_PROXY_CONNECTION)) yield { name: 'Proxy-Connection', value: '', origin }
    yield { name: 'Content-Length', value: bodyLength(scope, state), origin }
    yield { name: 'Transfer-Encoding', value: isChunked(state) ? undefined : '', origin }
  }
  if (!isCached(scope, state)) return
  for (const name of ['If-Modified-Since', 'If-None-Match']) yield { name, value: undefined, origin }
  for (const name of ['If-Unmodified-Since', 'If-Match', 'Range', 'If-Range']) yield { name, value: '', origin }
}

const CHANGED_CONNECTION: Origin = { kind: 'default', changedIn: changedIn.upstreamKeepalive }

/** `$proxy_internal_body_length`: of `proxy_set_body`, else what the client said. */
function bodyLength(scope: Scope, state: RequestState): string | undefined {
  const { directive, value } = setting(scope, 'proxy_set_body')
  if (directive) return state.evaluate(value ?? '')?.length.toString()
  if (!state.isHeaderWhole) return ''
  if (isChunked(state)) return undefined
  const length = headerValue(state.request.headers, 'Content-Length')
  return length === '' ? '' : String(Number(length))
}

function isChunked(state: RequestState): boolean {
  return headerValue(state.request.headers, 'Transfer-Encoding') !== ''
}

/** With a cache nginx asks for the whole of it, by GET (`u->cacheable`). */
function isCached(scope: Scope, state: RequestState): boolean {
  const { directive, value } = setting(scope, 'proxy_cache')
  return directive !== undefined && value !== 'off' && (state.method === 'GET' || state.method === 'HEAD')
}
