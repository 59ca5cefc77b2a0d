import { milliseconds, type ParameterList, positive, refusedParameter, seconds } from './parameters.ts'
import { bytesOfSize, isNumber } from './quantities.ts'
import type { RefusedValue } from './refused-value.ts'

type Form = (values: readonly string[]) => RefusedValue | undefined

/** The first argument that is refused, from some index on. */
function each(from: number, wanted: string, accepts: (value: string) => boolean): Form {
  return (values) => {
    const index = values.findIndex((value, at) => at >= from && !accepts(value))
    return index === -1 ? undefined : { index, wanted }
  }
}

/** One argument only where it is a word. */
function aloneOnly(word: string, wanted: string): Form {
  return (values) => (values.length === 1 && values[0] !== word ? { index: 0, wanted } : undefined)
}

/** ngx_http_core_server_name; what else is wrong with a wildcard shows only where servers share an address. */
function isServerName(name: string): boolean {
  if (name.startsWith('*')) return /^\*\../s.test(name)
  return name !== '.' && name !== '~'
}

/** ngx_http_ssl_session_cache */
function isSessionCache(value: string): boolean {
  return /^(?:off|none|builtin(?::\d+)?)$/.test(value) || isSharedCache(value)
}

/** Eight pages of 4 KB, and more where pages are larger. */
function isSharedCache(value: string): boolean {
  const size = /^shared:[^:]+:(.*)$/.exec(value)?.[1] ?? ''
  return (bytesOfSize(size) ?? 0) >= 2 ** 15
}

/** ngx_http_core_keepalive: the second time goes into a header. */
function refusedKeepalive([first = '', second]: readonly string[]): RefusedValue | undefined {
  if (!milliseconds.accepts(first)) return { index: 0, wanted: 'a time, such as 65s, without the units M and y' }
  return second === undefined || seconds.accepts(second)
    ? undefined
    : { index: 1, wanted: 'a time in seconds, such as 60s, as its second argument' }
}

/** ngx_http_file_cache_valid_set_slot: codes, and a time. */
function refusedValidity(values: readonly string[]): RefusedValue | undefined {
  const last = values.length - 1
  if (!seconds.accepts(values[last] ?? '')) return { index: last, wanted: 'a time, such as 10m, as its last argument' }
  const isCode = (value: string) => value === 'any' || (isNumber(value) && Number(value) >= 100 && Number(value) <= 599)
  return each(0, 'codes from 100 to 599, or "any", before the time', isCode)([...values.slice(0, -1), 'any'])
}

const METHODS = 'GET HEAD POST PUT DELETE MKCOL COPY MOVE OPTIONS PROPFIND PROPPATCH LOCK UNLOCK PATCH'.split(' ')

/** ngx_resolver_create: what the name of a server resolves to, nobody knows here. */
function refusedResolver(values: readonly string[]): RefusedValue | undefined {
  for (const [index, value] of values.entries()) {
    const [, name = '', set = ''] = /^(valid|ipv6)=(.*)$/s.exec(value) ?? []
    if (name === 'valid' && !seconds.accepts(set)) return { index, wanted: 'a time, such as 30s, as "valid="' }
    if (name === 'ipv6' && set !== 'on' && set !== 'off') return { index, wanted: 'on or off as "ipv6="' }
    const port = /^(?:[^:[]+|\[[^\]]*\]):(.*)$/s.exec(value)?.[1]
    if (port !== undefined && !(isNumber(port) && Number(port) >= 1 && Number(port) <= 65535))
      return { index, wanted: 'name servers, with a port from 1 to 65535 or without' }
  }
  return undefined
}

/** ngx_http_geo_block, with an address to look up or without. */
function refusedGeo(values: readonly string[]): RefusedValue | undefined {
  return each(0, 'variables, with their "$"', (value) => /^\$./s.test(value))(values)
}

/** ngx_http_log_set_format */
function refusedFormat([, option = '']: readonly string[]): RefusedValue | undefined {
  return /^escape=(?!(?:json|default|none)$)/.test(option)
    ? { index: 1, wanted: '"escape=json", "escape=default" or "escape=none" behind its name' }
    : undefined
}

const FILE_CACHE: ParameterList = {
  from: 0,
  words: new Set(['off']),
  settings: new Map([
    ['max', positive],
    ['inactive', seconds],
  ]),
  wanted: '"off", or "max=1000" and perhaps "inactive=20s"',
}

/** What modules of the core refuse of their arguments. */
export const coreForms: ReadonlyMap<string, Form> = new Map<string, Form>([
  ['geo', refusedGeo],
  ['keepalive_timeout', refusedKeepalive],
  ['limit_except', each(0, `methods: ${METHODS.join(', ')}`, (value) => METHODS.includes(value.toUpperCase()))],
  ['log_format', refusedFormat],
  ['open_file_cache', (values) => refusedParameter(values, FILE_CACHE)],
  ['proxy_cookie_domain', aloneOnly('off', '"off", or a domain and what to write instead')],
  ['proxy_cookie_path', aloneOnly('off', '"off", or a path and what to write instead')],
  ['resolver', refusedResolver],
  ['server_name', each(0, 'names, of which a "*" stands for the first or the last part', isServerName)],
  ['split_clients', each(1, 'as its second argument a variable, with its "$"', (value) => /^\$./s.test(value))],
  [
    'ssl_ocsp_cache',
    each(0, '"off", or "shared:NAME:SIZE" of at least 32k', (value) => value === 'off' || isSharedCache(value)),
  ],
  ['ssl_session_cache', each(0, '"off", "none", "builtin", or "shared:NAME:SIZE" of at least 32k', isSessionCache)],
  ...['fastcgi', 'proxy', 'scgi', 'uwsgi'].map((name): [string, Form] => [`${name}_cache_valid`, refusedValidity]),
  ...['fastcgi', 'scgi', 'uwsgi'].map((name): [string, Form] => [
    `${name}_param`,
    each(2, 'as its third argument only "if_not_empty"', (value) => value === 'if_not_empty'),
  ]),
])
