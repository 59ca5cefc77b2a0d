import { memoize } from '../config/memoize.ts'
import { formatVersion } from '../nginx/version.ts'
import { lookUp, type VariableMap } from './map.ts'
import type { Model } from './model.ts'
import type { PatternMatch } from './pattern.ts'
import type { ProxyUrl } from './proxy-url.ts'
import type { ClientRequest } from './request.ts'
import type { Scope } from './scope.ts'
import type { Arrival } from './servers.ts'
import { fillTemplate } from './template.ts'
import type { RequestTarget } from './uri.ts'
import { requestVariable } from './variables.ts'

/** nginx allows ten changes of the URI in one request: NGX_HTTP_MAX_URI_CHANGES, and ends at the one after. */
const MAX_URI_CHANGES = 10

/** Maps may name each other; nginx refuses a cycle, we give up on one. */
const MAP_DEPTH_LIMIT = 30

const CAPTURE = /^[1-9]$/

export const GARBLED = 'nginx overruns a buffer, or answers 500: a capture changes as a text is filled in'

/** A request on its way through nginx: the parts of ngx_http_request_t that routing and proxying look at. */
export class RequestState {
  /** `r->uri`, decoded; `$uri` */
  path: string
  /** `r->args`; `$args` */
  query: string
  method: string
  /** Whether the client's target may be passed on as it was sent. */
  isUnparsedValid: boolean
  /** Whether the URI still begins with what the location matched; not before it came to a server (ngx_http_handler). */
  isLocationValid = false
  /** Whether `internal` locations are open to it; its URI is then escaped anew. */
  isInternal = false
  uriChangesLeft = MAX_URI_CHANGES + 1
  /** `$1` and on, the whole match first; undefined where a match is not known. */
  captures: readonly string[] | undefined = []
  /** Whether its headers were read to the end: only then nginx looks at `Content-Length`. */
  isHeaderWhole = true
  /** Where the request goes, once that is known: `$proxy_host`. */
  proxyUrl: ProxyUrl | undefined

  /** Whether a text was longer, or shorter, when it was filled in than when it was measured. */
  isGarbled = false

  readonly #values = new Map<string, string | undefined>()

  /** @param request with the headers that nginx takes (see `acceptHeaders`) */
  constructor(
    readonly model: Model,
    readonly request: ClientRequest,
    readonly target: RequestTarget,
    readonly arrival: Arrival,
    readonly server: Scope,
  ) {
    this.path = target.path
    this.query = target.query
    this.method = request.method
    this.isUnparsedValid = !target.isPathMissing
  }

  /** Takes one of the changes that are left; false where nginx ends the request with 500. */
  changeUri(): boolean {
    this.uriChangesLeft--
    return this.uriChangesLeft > 0
  }

  /** ngx_http_regex_exec: sets `$1` and on, and variables for named groups. */
  capture(match: PatternMatch): void {
    this.captures = match.groups
    for (const [name, value] of Object.entries(match.named)) this.#values.set(name.toLowerCase(), value)
  }

  /** `set $name value` */
  set(name: string, value: string | undefined): void {
    if (name.toLowerCase() !== 'args') this.#values.set(name.toLowerCase(), value)
    else if (value !== undefined) this.#setArguments(value)
  }

  /** ngx_http_variable_set_args */
  #setArguments(value: string): void {
    this.query = value
    this.isUnparsedValid = false
  }

  /**
   * A text of the configuration with its variables filled in; undefined where one of them is not known. nginx does it
   * twice, first to see how long it becomes (ngx_http_complex_value). Where a map's regex takes the place of `$1`
   * meanwhile, what comes out is garbage, or, where the overrun is guarded against (as in Debian's 1.22.1-9+deb12u11), 500.
   * @param adaptCapture what to make of `$1` and its like
   */
  evaluate(text: string, adaptCapture?: (text: string) => string | undefined): string | undefined {
    const fill = () => fillTemplate(text, (name) => this.#part(name, adaptCapture))
    const measured = fill()
    const filled = /\$[1-9]/.test(text) ? fill() : measured
    if (filled?.length === measured?.length) return filled
    this.isGarbled = true
    return undefined
  }

  #part(name: string, adaptCapture: ((text: string) => string | undefined) | undefined): string | undefined {
    const value = this.value(name)
    return adaptCapture && value !== undefined && CAPTURE.test(name) ? adaptCapture(value) : value
  }

  /** The value of a variable, its name without the `$`; undefined where nobody knows. */
  value(name: string, depth = 0): string | undefined {
    if (CAPTURE.test(name)) return this.captures && (this.captures[Number(name)] ?? '')
    const lower = name.toLowerCase()
    if (this.#values.has(lower)) return this.#values.get(lower)
    const map = this.model.maps.get(lower)
    if (map) return this.#mapped(map, lower, depth)
    const own = OWN_VARIABLES[lower]
    if (own) return own(this)
    const facts = { request: this.request, query: this.query, version: this.model.target }
    // A variable that is given a value somewhere and has none yet is empty (ngx_http_rewrite_var).
    return requestVariable(lower, facts) ?? (variablesSet(this.model).has(lower) ? '' : undefined)
  }

  /** ngx_http_map_variable; asked once for each request, unless `volatile`. */
  #mapped(map: VariableMap, name: string, depth: number): string | undefined {
    if (depth > MAP_DEPTH_LIMIT) return undefined
    const value = this.#lookedUp(map, depth)
    if (map.directive.named('volatile').length === 0) this.#values.set(name, value)
    return value
  }

  #lookedUp(map: VariableMap, depth: number): string | undefined {
    const fill = (text: string) => fillTemplate(text, (name) => this.value(name, depth + 1))
    const source = fill(map.source)
    const answer = source === undefined ? undefined : lookUp(map, source)
    if (answer === undefined) {
      // A regex of the map may have matched, and taken the place of `$1`.
      if (map.isPartial || map.rows.some(({ key }) => key.startsWith('~'))) this.captures = undefined
      return undefined
    }
    if (answer === 'none') return ''
    if (answer.match) this.capture(answer.match)
    return fill(answer.row.value)
  }
}

/** Variables that change on the way, or that the server and its backend decide. */
const OWN_VARIABLES: Readonly<Record<string, (state: RequestState) => string | undefined>> = {
  uri: (state) => state.path,
  document_uri: (state) => state.path,
  request_method: (state) => state.method,
  request_uri: (state) => state.target.unparsed,
  server_name: ({ server }) => serverName(server.own('server_name')[0]?.argument(0) ?? ''),
  server_port: ({ arrival }) => (arrival.port === undefined ? '' : String(arrival.port)),
  server_addr: ({ arrival }) => arrival.address?.replace(/^\[|\]$/g, ''),
  nginx_version: ({ model }) => (model.target === 'unknown' ? undefined : formatVersion(model.target)),
  proxy_host: ({ proxyUrl }) => proxyUrl?.host ?? '',
  proxy_port: ({ proxyUrl }) => proxyUrl?.port ?? '',
}

/** ngx_http_core_merge_srv_conf: a regex stays as it is written. */
function serverName(name: string): string {
  return name.startsWith('~') ? name : name.replace(/^\./, '').toLowerCase()
}

/** Names that `set` or a named group gives a value to, in lower case. */
const variablesSet = memoize((model: Model): ReadonlySet<string> => new Set(findVariablesSet(model)))

function* findVariablesSet(model: Model): Generator<string> {
  for (const root of model.roots) {
    for (const scope of root.inwards()) {
      for (const directive of scope.content) {
        if (directive.name === 'set') yield (directive.argument(0) ?? '').slice(1).toLowerCase()
        else if (MATCHING.has(directive.name)) yield* namedGroups(directive.values)
      }
    }
  }
  for (const { rows } of model.maps.values()) yield* namedGroups(rows.map(({ key }) => key))
}

const MATCHING: ReadonlySet<string> = new Set(['if', 'location', 'rewrite', 'server_name'])

function* namedGroups(texts: readonly string[]): Generator<string> {
  for (const text of texts) for (const [, name] of text.matchAll(/\(\?P?<(\w+)>/g)) yield (name as string).toLowerCase()
}
