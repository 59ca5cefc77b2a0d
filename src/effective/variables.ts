import { findRow, type VariableMap } from './map.ts'
import type { ClientRequest } from './request.ts'
import { headerValue } from './request.ts'
import { fillTemplate } from './template.ts'

/** Maps may name each other; nginx refuses a cycle, we give up on one. */
const DEPTH_LIMIT = 30

/** What is known while a request is on its way: enough to say what `$http_upgrade` or `$connection_upgrade` are. */
export interface Environment {
  readonly request: ClientRequest
  readonly maps: ReadonlyMap<string, VariableMap>
  /** Variables that hold a value here: of `set`, of captures (`1`, `name`), or such as `uri` and `proxy_host`. */
  readonly values: ReadonlyMap<string, string | undefined>
}

/** A text of the configuration with its variables filled in for a request; undefined where one of them is not known. */
export function evaluate(text: string, environment: Environment, depth = 0): string | undefined {
  return fillTemplate(text, (name) => variableValue(name, environment, depth))
}

function variableValue(name: string, environment: Environment, depth: number): string | undefined {
  const { request, maps, values } = environment
  if (values.has(name)) return values.get(name)
  const map = maps.get(name)
  if (map) return mappedValue(map, environment, depth)
  if (name.startsWith('http_')) return headerVariable(request, name.slice('http_'.length))
  if (name.startsWith('arg_')) return argument(request, name.slice('arg_'.length))
  return REQUEST_VARIABLES[name]?.(request)
}

function mappedValue(map: VariableMap, environment: Environment, depth: number): string | undefined {
  if (depth > DEPTH_LIMIT) return undefined
  const source = evaluate(map.source, environment, depth + 1)
  if (source === undefined) return undefined
  const row = findRow(map, source)
  if (row === undefined) return undefined
  return row === 'none' ? '' : evaluate(row.value, environment, depth + 1)
}

/** `$http_x_y` is the header `X-Y`; a header sent more than once is joined. */
function headerVariable(request: ClientRequest, name: string): string {
  const header = name.replaceAll('_', '-').toLowerCase()
  const sent = request.headers.filter(([other]) => other.toLowerCase() === header).map(([, value]) => value)
  return sent.join(', ')
}

function argument(request: ClientRequest, name: string): string {
  for (const pair of queryOf(request).split('&')) {
    const [key = '', ...value] = pair.split('=')
    if (key.toLowerCase() === name.toLowerCase()) return value.join('=')
  }
  return ''
}

function queryOf(request: ClientRequest): string {
  const mark = request.target.indexOf('?')
  return mark === -1 ? '' : request.target.slice(mark + 1)
}

function hostOf(request: ClientRequest): string {
  return headerValue(request.headers, 'Host').toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '')
}

/** Variables that the client's request alone decides (src/http/ngx_http_variables.c). */
const REQUEST_VARIABLES: Readonly<Record<string, (request: ClientRequest) => string>> = {
  request_method: (request) => request.method,
  request_uri: (request) => request.target,
  scheme: (request) => request.scheme,
  https: (request) => (request.scheme === 'https' ? 'on' : ''),
  args: queryOf,
  query_string: queryOf,
  is_args: (request) => (queryOf(request) === '' ? '' : '?'),
  server_protocol: () => 'HTTP/1.1',
  host: hostOf,
  request: (request) => `${request.method} ${request.target} HTTP/1.1`,
}
