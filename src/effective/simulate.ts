import type { Directive } from '../config/index.ts'
import { changedIn } from '../nginx/defaults.ts'
import { isBefore } from '../nginx/version.ts'
import { checkAccess } from './access.ts'
import { acceptHeaders } from './client-headers.ts'
import type { Files } from './condition.ts'
import { type ErrorPage, findErrorPage, hasRecursiveErrorPages, shownStatus } from './error-page.ts'
import { enteredHandler } from './handlers.ts'
import { inherited, setting } from './inheritance.ts'
import { limitFor } from './limit-except.ts'
import { locationPattern } from './location.ts'
import { locationTableOf } from './location-table.ts'
import type { Model } from './model.ts'
import { type ClientRequest, headerValue } from './request.ts'
import { GARBLED, RequestState } from './request-state.ts'
import { REDIRECTS, runRewrites } from './rewrite.ts'
import { findLocation } from './routing.ts'
import type { Scope } from './scope.ts'
import { groupsFor, type ListenGroup, type ServerChoice } from './servers.ts'
import type { Step } from './step.ts'
import { type NoUpstreamRequest, type UpstreamRequest, upstreamRequest } from './upstream-request.ts'
import { escapeUri, normalizePath, type RequestTarget } from './uri.ts'

export interface Simulation {
  /** The address that the client connects to, as `listen` writes it; nobody need know it. */
  readonly address?: string | undefined
  readonly port: number
  readonly request: ClientRequest
  /** Whether to take it that no file is there which nginx would look for; unknown unless given. */
  readonly files?: Files
}

/** What becomes of a request. */
export type Outcome = Ending & {
  readonly server: ServerChoice | undefined
  /** What happened on the way, in order. */
  readonly steps: readonly Step[]
  /** What may change it: includes that nobody could read, and rules on who may ask. */
  readonly doubts: readonly Directive[]
}

export type Ending =
  /** A backend gets it; `status` is set where `error_page` decides the status whatever the backend says. */
  | {
      readonly kind: 'proxied'
      readonly scope: Scope
      readonly location: Scope | undefined
      readonly upstream: UpstreamRequest
      readonly status: number | undefined
    }
  /** nginx answers itself; status 0 closes the connection without an answer. */
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly by: Directive | undefined
      /** The settings in force when it was decided, and the location that they are of. */
      readonly scope: Scope
      readonly location: Scope | undefined
      /** The `Location` header, where there is one and it is known. */
      readonly redirect: string | undefined
    }
  /** Another module makes the content: `fastcgi_pass`, `stub_status`, … */
  | { readonly kind: 'handled'; readonly by: Directive; readonly scope: Scope; readonly location: Scope | undefined }
  /** A file answers, or the want of one. */
  | { readonly kind: 'static'; readonly scope: Scope; readonly location: Scope | undefined }
  | { readonly kind: 'unknown'; readonly because: Directive | undefined; readonly reason: string }
  /** Nobody listens there. */
  | { readonly kind: 'refused' }

/** Follows a request through a configuration as nginx would. */
export function simulate(model: Model, { address, port, request, files = 'unknown' }: Simulation): Outcome {
  const groups = groupsFor({ address, port }, model)
  const outcomes = groups.map((group) => new Run(model, group, request, files).outcome())
  const [first, ...others] = outcomes
  if (!first) return { kind: 'refused', server: undefined, steps: [], doubts: [] }
  // Which of several addresses the client meant is not known; mostly it does not matter.
  if (others.every((other) => other.server?.server === first.server?.server)) return first
  const reason = `several servers listen on port ${port}, on addresses of their own`
  return { ...first, kind: 'unknown', because: first.server?.group.defaultListen, reason }
}

class Run {
  readonly steps: Step[] = []
  readonly doubts = new Set<Directive>()
  #server: ServerChoice | undefined
  /** Set at the start of `outcome`. */
  #state!: RequestState
  /** `r->loc_conf` */
  #scope: Scope
  #location: Scope | undefined
  #handler: Directive | undefined
  /** `r->err_status`: takes the place of later statuses. */
  #errorStatus = 0
  #hadErrorPage = false

  constructor(
    readonly model: Model,
    readonly group: ListenGroup,
    readonly request: ClientRequest,
    readonly files: Files,
  ) {
    this.#scope = group.defaultServer
  }

  outcome(): Outcome {
    const ending = this.#arrive()
    return { ...ending, server: this.#server, steps: this.steps, doubts: [...this.doubts] }
  }

  /** The request line and the headers, which decide the server (ngx_http_process_request_line, …_headers). */
  #arrive(): Ending {
    const { group, request, model } = this
    if (isBefore(model.target, changedIn.strictRequests) && hasOddBytes(request)) return TAKEN_LOOSELY
    const arrival = { address: addressOf(group), port: group.port }
    const byDefault = group.defaultServer
    // The server is not known yet when the URI is read.
    const mergeSlashes = setting(byDefault, 'merge_slashes').value !== 'off'
    const isOlder = isBefore(model.target, changedIn.targetWithoutPath)
    const read = /^[A-Z_-]+$/.test(request.method) ? normalizePath(request.target, { mergeSlashes }) : undefined
    const target = read?.isPathMissing && isOlder ? undefined : read
    this.#state = new RequestState(model, request, target ?? UNREADABLE, arrival, byDefault)
    if (!target) return this.#finish(400, undefined, 'the request line can’t be read')
    const accepted = acceptHeaders(request, target, group, model.target)
    this.#server = accepted.server
    this.#scope = accepted.server.server
    const taken = { ...request, headers: accepted.headers }
    this.#state = new RequestState(model, taken, target, arrival, accepted.server.server)
    this.#state.isHeaderWhole = accepted.fault === undefined
    for (const doubt of accepted.server.doubts) this.doubts.add(doubt)
    if (accepted.server.match) this.#state.capture(accepted.server.match)
    this.steps.push({ directive: reasonDirective(accepted.server), text: serverStep(accepted.server) })
    if (accepted.fault) return this.#finish(accepted.fault.status, undefined, accepted.fault.reason)
    if (group.isTls && request.scheme === 'http')
      return this.#finish(497, group.defaultListen, 'plain HTTP was sent to a TLS port')
    if (!group.isTls && request.scheme === 'https') return { kind: 'refused' }
    return this.#enterServer()
  }

  /** From NGX_HTTP_SERVER_REWRITE_PHASE on; an internal redirect starts here again. */
  #enterServer(): Ending {
    const { server } = this.#state
    this.#note(server)
    this.#scope = server
    this.#location = undefined
    this.#handler = undefined
    this.#state.isLocationValid = true
    const rewritten = runRewrites(server, this.#state, this.files, this.steps)
    if (rewritten.kind === 'answer') return this.#answer(rewritten)
    if (rewritten.kind === 'unknown') return rewritten
    return this.#findLocation()
  }

  /** NGX_HTTP_FIND_CONFIG_PHASE: ngx_http_core_find_config_phase */
  #findLocation(): Ending {
    const state = this.#state
    const { server } = state
    this.#handler = undefined
    const choice = findLocation(server, state.path, (match) => state.capture(match))
    const [untried] = choice.doubts
    if (untried) return { kind: 'unknown', because: untried, reason: 'whether its regex matches is not known' }
    this.#location = choice.location
    this.#scope = choice.location ?? server
    const { directive } = this.#scope
    const text = choice.location ? `answers ${state.path}` : `no location for ${state.path}`
    this.steps.push({ directive, text, path: state.path })
    const [internal] = inherited(this.#scope, 'internal').directives
    if (internal && !state.isInternal) return this.#finish(404, internal, 'only nginx itself may ask for it')
    this.#enter(this.#scope)
    if (!choice.isSlashRedirect || !choice.location?.directive) return this.#rewriteInLocation()
    const { path } = locationPattern(choice.location.directive)
    const isEscaped = !isBefore(this.model.target, changedIn.escapedSlashRedirect)
    const escaped = isEscaped ? escapeUri(path, this.model.target) : path
    const redirect = escaped === undefined ? undefined : escaped + (state.query && `?${state.query}`)
    return this.#finish(301, directive, `the location is asked for without its last slash`, redirect)
  }

  /** NGX_HTTP_REWRITE_PHASE, NGX_HTTP_POST_REWRITE_PHASE */
  #rewriteInLocation(): Ending {
    const state = this.#state
    this.#note(this.#scope)
    if (this.#scope === state.server) return this.#checkAccess()
    const rewritten = runRewrites(this.#scope, state, this.files, this.steps)
    if (rewritten.kind === 'unknown') return rewritten
    if (rewritten.kind === 'answer') return this.#answer(rewritten)
    for (const scope of rewritten.entered) this.#enter(scope)
    if (!rewritten.isUriChanged) return this.#checkAccess()
    if (state.changeUri()) return this.#findLocation()
    return this.#finish(500, undefined, 'the URI was changed more than ten times')
  }

  /** ngx_http_update_location_config */
  #enter(scope: Scope): void {
    const limit = limitFor(scope, this.#state.method)
    this.#scope = limit ?? scope
    this.#handler = enteredHandler(this.#scope) ?? this.#handler
    if (limit) this.steps.push({ directive: limit.directive, text: `takes over ${this.#state.method} requests` })
  }

  #checkAccess(): Ending {
    const access = checkAccess(this.#scope, this.#state)
    if (access.kind === 'refused') return this.#finish(access.status, access.by, 'it refuses')
    if (access.kind === 'depends') this.doubts.add(access.on)
    return this.#tryFiles()
  }

  /** ngx_http_try_files_handler: only of the block itself, never inherited. */
  #tryFiles(): Ending {
    const directive = this.#scope.own('try_files').at(-1)
    if (!directive) return this.#makeContent()
    const words = directive.values
    // An empty name is the folder of the root, which is no file.
    if (this.files === 'unknown' && words.slice(0, -1).some((word) => word !== ''))
      return { kind: 'unknown', because: directive, reason: 'which of its files exist is not known' }
    const last = words.at(-1) as string
    this.steps.push({ directive, text: `none of its files is there: ${last}` })
    if (/^=\d+$/.test(last)) return this.#finish(Number(last.slice(1)), directive, 'no file was found')
    return this.#redirectInside(last, directive)
  }

  /** NGX_HTTP_CONTENT_PHASE */
  #makeContent(): Ending {
    const handler = this.#handler
    const scope = this.#scope
    const location = this.#location
    if (!handler) return { kind: 'static', scope, location }
    if (handler.name !== 'proxy_pass') return { kind: 'handled', by: handler, scope, location }
    const upstream = upstreamRequest(scope, this.#state)
    if ('status' in upstream) return this.#withoutUpstream(upstream)
    this.steps.push({ directive: upstream.directive, text: 'asks its backend' })
    return { kind: 'proxied', scope, location, upstream, status: this.#errorStatus || undefined }
  }

  #withoutUpstream({ status, by }: NoUpstreamRequest): Ending {
    if (status === 500) return this.#finish(500, by, 'there is no backend to ask')
    return { kind: 'unknown', because: by, reason: GARBLED }
  }

  #answer(answer: {
    readonly status: number
    readonly by: Directive
    readonly scope: Scope
    readonly location?: string | undefined
    readonly isBare: boolean
  }): Ending {
    this.#scope = answer.scope
    if (answer.isBare) return this.#finish(answer.status, answer.by, undefined, answer.location)
    const status = this.#errorStatus || answer.status
    return { ...this.#answered(status, answer.by), redirect: undefined }
  }

  /** ngx_http_finalize_request with a status, ngx_http_special_response_handler */
  #finish(status: number, by: Directive | undefined, why: string | undefined, redirect?: string): Ending {
    if (why) this.steps.push({ directive: by, text: `${status}: ${why}` })
    if (CLOSING.has(status)) return { ...this.#answered(0, by), redirect: undefined }
    this.#errorStatus = shownStatus(status)
    const page = this.#hadErrorPage || this.#state.uriChangesLeft === 0 ? undefined : findErrorPage(this.#scope, status)
    if (!page) return { ...this.#answered(this.#errorStatus, by), redirect }
    this.#hadErrorPage = !hasRecursiveErrorPages(this.#scope)
    this.#errorStatus = page.change ?? this.#errorStatus
    this.steps.push({ directive: page.directive, text: `${page.target} answers in its place` })
    return this.#showPage(page)
  }

  #answered(status: number, by: Directive | undefined) {
    return { kind: 'answered', status, by, scope: this.#scope, location: this.#location } as const
  }

  /** ngx_http_send_error_page */
  #showPage({ target, directive, change = 302 }: ErrorPage): Ending {
    const filled = this.#state.evaluate(target)
    if (filled === undefined) return { kind: 'unknown', because: directive, reason: 'its target is not known' }
    if (filled.startsWith('/') && this.#state.method !== 'HEAD') this.#state.method = 'GET'
    if (/^[/@]/.test(filled)) return this.#redirectInside(filled, directive)
    const status = REDIRECTS.has(change) ? change : 302
    return { ...this.#answered(status, directive), redirect: filled }
  }

  /** ngx_http_internal_redirect, ngx_http_named_location */
  #redirectInside(target: string, by: Directive): Ending {
    const state = this.#state
    const filled = state.evaluate(target)
    if (filled === undefined) return { kind: 'unknown', because: by, reason: 'its target is not known' }
    if (!state.changeUri()) return this.#finish(500, by, 'the URI was changed more than ten times')
    if (filled.startsWith('@')) return this.#enterNamed(filled, by)
    const mark = filled.indexOf('?')
    state.path = mark === -1 ? filled : filled.slice(0, mark)
    state.query = mark === -1 ? '' : filled.slice(mark + 1)
    state.isInternal = true
    state.isUnparsedValid = false
    return this.#enterServer()
  }

  #enterNamed(name: string, by: Directive): Ending {
    const state = this.#state
    const index = locationTableOf(state.server).named.get(name)
    const location = index === undefined ? undefined : state.server.children[index]
    if (!location || state.path === '') return this.#finish(500, by, `there is no location ${name}`)
    state.isInternal = true
    this.#location = location
    this.#handler = undefined
    this.steps.push({ directive: location.directive, text: 'answers' })
    this.#enter(location)
    return this.#rewriteInLocation()
  }

  /** Includes that nobody could read may hold anything. */
  #note(scope: Scope): void {
    for (const level of scope.outwards()) for (const include of level.unresolved) this.doubts.add(include)
  }
}

const UNREADABLE: RequestTarget = {
  path: '',
  query: '',
  unparsed: '',
  host: undefined,
  isPathMissing: true,
  isQuoted: false,
  hasPlus: false,
}

/** What becomes of them followed no rule that is worth a model. */
const TAKEN_LOOSELY: Ending = {
  kind: 'unknown',
  because: undefined,
  reason: `nginx before ${changedIn.strictRequests} takes blanks and control characters in requests`,
}

function hasOddBytes({ target, headers }: ClientRequest): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones
  return /[\x00-\x20\x7f]/.test(target + headerValue(headers, 'Host'))
}

/** 408 and 499 end the connection as 444 does (ngx_http_finalize_request). */
const CLOSING: ReadonlySet<number> = new Set([408, 444, 499])

/** The address that `$server_addr` is: a group for any address does not tell. */
function addressOf({ address }: ListenGroup): string | undefined {
  return address === '*' || address === '[::]' ? undefined : address
}

function reasonDirective({ reason, server }: ServerChoice): Directive | undefined {
  return ('directive' in reason ? reason.directive : undefined) ?? server.directive
}

function serverStep({ reason }: ServerChoice): string {
  if (reason.kind === 'default') return 'no name fits: the default server answers'
  return reason.kind === 'no name'
    ? 'the server without a name answers'
    : `the server is chosen by its name (${reason.kind})`
}
