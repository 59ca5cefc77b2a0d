import type { Directive } from '../config/index.ts'
import {
  type BeatenLocation,
  beatenLocations,
  type ClientRequest,
  type Header,
  handshakeRequest,
  inherited,
  type Model,
  normalizePath,
  type Outcome,
  setting,
  simulate,
} from '../effective/index.ts'
import type { LintOptions } from '../lint/lint.ts'
import type { RegisteredRule } from '../lint/rule.ts'
import { withHeaders } from './given-headers.ts'
import { addressOf, listenersOn, otherByIpv6, portsOf } from './listeners.ts'
import { refusals } from './refusals.ts'
import type { SocketUrl } from './socket-url.ts'
import { judge, type Verdict } from './verdict.ts'

/** What becomes of a handshake to a URL in a configuration. */
export interface Trace {
  readonly url: SocketUrl
  readonly request: ClientRequest
  readonly outcome: Outcome
  /** Ports that some server listens on. */
  readonly ports: readonly number[]
  /** Where some listen on the port of the URL. */
  readonly listeners: readonly string[]
  /** The path that the last choice of a location was made for. */
  readonly path: string | undefined
  readonly beaten: readonly BeatenLocation[]
  /** The `upstream` that the backend is one of. */
  readonly upstream: Directive | undefined
  /** Headers of the client that the backend does not get. */
  readonly dropped: readonly DroppedHeader[]
  readonly verdict: Verdict
}

export interface DroppedHeader {
  readonly name: string
  /** The line that drops it; undefined where nginx does so unasked. */
  readonly by: Directive | undefined
}

export interface TraceOptions {
  readonly method?: string
  /** In the place of the usual ones, or besides them; an empty value drops one. */
  readonly headers?: readonly Header[]
  /** How rules are run: what the settings say of them. */
  readonly run?: LintOptions
}

/** Follows a handshake to a URL through a configuration, and says whether 101 is to be expected. */
export function trace(
  model: Model,
  url: SocketUrl,
  rules: readonly RegisteredRule[],
  { method = 'GET', headers = [], run = {} }: TraceOptions = {},
): Trace {
  const request: ClientRequest = {
    scheme: url.isTls ? 'https' : 'http',
    method,
    target: url.target,
    headers: withHeaders(handshakeRequest(url.target, url.authority).headers, headers),
  }
  const arrival = { address: addressOf(url, model), port: url.port, request }
  const first = simulate(model, arrival)
  // Seldom is there a file by the path of a WebSocket.
  const withoutFiles = first.kind === 'unknown' && looksForFiles(first.because) ? first.because : undefined
  const outcome = withoutFiles ? simulate(model, { ...arrival, files: 'none' }) : first
  const path = outcome.steps.findLast((step) => step.path !== undefined)?.path ?? normalizePath(url.target)?.path
  const beaten = outcome.server && path !== undefined ? beatenLocations(outcome.server.server, path) : []
  const isByLocation = 'location' in outcome && outcome.location?.directive?.argument(0)?.startsWith('@') !== true
  return {
    url,
    request,
    outcome,
    ports: portsOf(model),
    listeners: listenersOn(url.port, model),
    path,
    beaten: isByLocation ? beaten : [],
    upstream: outcome.kind === 'proxied' ? model.upstreams.get(outcome.upstream.authority ?? '') : undefined,
    dropped: outcome.kind === 'proxied' ? droppedHeaders(outcome, request) : [],
    verdict: judge({
      model,
      url,
      request,
      outcome,
      withoutFiles,
      byIpv6: otherByIpv6(model, arrival, outcome),
      rules,
      refusals: refusals(model, rules, run),
    }),
  }
}

function looksForFiles(directive: Directive | undefined): boolean {
  return (
    directive?.name === 'try_files' || (directive?.name === 'if' && /^\(?!?-[fdex]$/.test(directive.argument(0) ?? ''))
  )
}

function droppedHeaders(
  { scope, upstream }: Extract<Outcome, { kind: 'proxied' }>,
  { headers }: ClientRequest,
): DroppedHeader[] {
  const sent = new Set(upstream.headers.map(({ name }) => name.toLowerCase()))
  const rows = inherited(scope, 'proxy_set_header').directives
  const { directive: pass, value } = setting(scope, 'proxy_pass_request_headers')
  const names = new Set(headers.filter(([, value]) => value !== '').map(([name]) => name))
  return [...names]
    .filter((name) => !sent.has(name.toLowerCase()))
    .map((name) => {
      const row = rows.find((candidate) => candidate.argument(0)?.toLowerCase() === name.toLowerCase())
      return { name, by: row ?? (value === 'off' ? pass : undefined) }
    })
}
