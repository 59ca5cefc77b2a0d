import { headerVariableMeant } from '../nginx/request-headers.ts'
import { isAtLeast, type TargetVersion } from '../nginx/version.ts'
import { requestHost } from './host.ts'
import { findRow, type VariableMap } from './map.ts'
import type { ClientRequest } from './request.ts'
import { headerValue } from './request.ts'
import { fillTemplate } from './template.ts'
import { normalizePath } from './uri.ts'

/** Maps may name each other; nginx refuses a cycle, we give up on one. */
const DEPTH_LIMIT = 30

/** Variables and what they hold: undefined where nobody knows. */
export type Values = Pick<ReadonlyMap<string, string | undefined>, 'has' | 'get'>

/** What is known while a request is on its way: enough to say what `$http_upgrade` or `$connection_upgrade` are. */
export interface Environment {
  readonly request: ClientRequest
  readonly maps: ReadonlyMap<string, VariableMap>
  /** Variables that hold a value here, in lower case: of `set`, of captures (`1`, `name`), or such as `uri` and `proxy_host`. */
  readonly values: Values
  /** Unknown unless given. */
  readonly version?: TargetVersion
}

/** A text of the configuration with its variables filled in for a request; undefined where one of them is not known. */
export function evaluate(text: string, environment: Environment, depth = 0): string | undefined {
  return fillTemplate(text, (name) => variableValue(name, environment, depth))
}

function variableValue(written: string, environment: Environment, depth: number): string | undefined {
  const { request, maps, values, version = 'unknown' } = environment
  const name = written.toLowerCase()
  if (values.has(name)) return values.get(name)
  if (request.isSample && written in SAMPLES) return SAMPLES[written]
  const map = maps.get(name)
  if (map) return mappedValue(map, environment, depth)
  return requestVariable(name, { request, query: queryOf(request), version })
}

function mappedValue(map: VariableMap, environment: Environment, depth: number): string | undefined {
  if (depth > DEPTH_LIMIT) return undefined
  const source = evaluate(map.source, environment, depth + 1)
  if (source === undefined) return undefined
  const row = findRow(map, source)
  if (row === undefined) return undefined
  return row === 'none' ? '' : evaluate(row.value, environment, depth + 1)
}

/** What the variables of a request come from. */
export interface RequestFacts {
  readonly request: ClientRequest
  /** The query as it is now: `rewrite` and `set $args` change it. */
  readonly query: string
  readonly version: TargetVersion
}

/** A variable that the client's request alone decides, its name in lower case; undefined for all others. */
export function requestVariable(name: string, facts: RequestFacts): string | undefined {
  if (facts.request.isSample && !isSameInAllSamples(name)) return undefined
  if (name.startsWith('http_')) return headerVariable(facts, name.slice('http_'.length))
  if (name.startsWith('arg_')) return argument(facts.query, name.slice('arg_'.length))
  if (name.startsWith('cookie_')) return cookie(facts.request, name.slice('cookie_'.length))
  return REQUEST_VARIABLES[name]?.(facts)
}

/** What all handshakes, and all ordinary requests, have alike. */
const SAME_IN_ALL_SAMPLES =
  /^(?:http_upgrade|http_connection|http_sec_websocket_(?:key|version)|request_method|server_protocol)$/

/**
 * Of `$connection` any value will do, the headers of answers are not there yet. As nginx has them: `${CONNECTION}` is the placeholder of
 * a template.
 */
const SAMPLES: Readonly<Record<string, string>> = {
  connection: '1',
  sent_http_upgrade: '',
  upstream_http_upgrade: '',
  upstream_http_connection: '',
}

/** Headers of a handshake: where a slip of the hand names another, none of its clients sends that. */
const IN_ALL_HANDSHAKES = /^(?:http_(?:upgrade|connection|host|sec_websocket_\w+)|connection_upgrade)$/

function isSameInAllSamples(name: string): boolean {
  return SAME_IN_ALL_SAMPLES.test(name) || IN_ALL_HANDSHAKES.test(headerVariableMeant(name) ?? '')
}

/** Headers that were joined before all were, and by what (`ngx_http_variable_headers`, `…_cookies`). */
const ALWAYS_JOINED: Readonly<Record<string, string>> = { cookie: '; ', x_forwarded_for: ', ' }

/** `$http_x_y` is the header `X-Y`; one that was sent more than once is joined since 1.23.0, before the first one counts. */
function headerVariable({ request, version }: RequestFacts, name: string): string | undefined {
  const sent = request.headers
    .filter(([other]) => other.replaceAll('-', '_').toLowerCase() === name)
    .map(([, value]) => value)
  const joined = sent.join(ALWAYS_JOINED[name] ?? ', ')
  if (sent.length <= 1 || ALWAYS_JOINED[name] !== undefined || isAtLeast(version, '1.23.0')) return joined
  return version === 'unknown' ? undefined : sent[0]
}

/** The first argument of this name that has a `=` (ngx_http_arg). */
function argument(query: string, name: string): string {
  for (const pair of query.split('&')) {
    const equals = pair.indexOf('=')
    if (equals !== -1 && pair.slice(0, equals).toLowerCase() === name) return pair.slice(equals + 1)
  }
  return ''
}

/** ngx_http_parse_multi_header_lines; a comma is read in one way before 1.27.2 and in another since. */
function cookie({ headers }: ClientRequest, name: string): string | undefined {
  const sent = headers.filter(([other]) => other.toLowerCase() === 'cookie').map(([, value]) => value)
  if (sent.some((value) => value.includes(','))) return undefined
  for (const pair of sent.join(';').split(';')) {
    const [, key, value] = /^\s*([^=]*?) *= *(.*)$/s.exec(pair) ?? []
    if (key?.toLowerCase() === name) return value as string
  }
  return ''
}

function queryOf({ target }: ClientRequest): string {
  return normalizePath(target)?.query ?? ''
}

function hostOf({ request: { target, headers }, version }: RequestFacts): string | undefined {
  const absolute = normalizePath(target)?.host
  return requestHost(absolute ?? headerValue(headers, 'Host'), version)
}

/** src/http/ngx_http_variables.c */
const REQUEST_VARIABLES: Readonly<Record<string, (facts: RequestFacts) => string | undefined>> = {
  request_method: ({ request }) => request.method,
  request_uri: ({ request }) => normalizePath(request.target)?.unparsed,
  scheme: ({ request }) => request.scheme,
  https: ({ request }) => (request.scheme === 'https' ? 'on' : ''),
  args: ({ query }) => query,
  query_string: ({ query }) => query,
  is_args: ({ query }) => (query === '' ? '' : '?'),
  server_protocol: () => 'HTTP/1.1',
  host: hostOf,
  request: ({ request }) => `${request.method} ${request.target} HTTP/1.1`,
  content_type: ({ request }) => headerValue(request.headers, 'Content-Type'),
  content_length: ({ request }) => headerValue(request.headers, 'Content-Length'),
}
