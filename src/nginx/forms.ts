import { refusedCondition } from './condition.ts'
import { coreForms } from './core-forms.ts'
import { BUILT_IN_FORMAT } from './declared-names.ts'
import { limitParameters } from './limit-parameters.ts'
import { refusedListen } from './listen-parameters.ts'
import { isNetwork } from './network.ts'
import { anyValue, milliseconds, type ParameterList, refusedParameter } from './parameters.ts'
import { bytesOfSize, isNumber, isTime } from './quantities.ts'
import type { RefusedValue } from './refused-value.ts'
import { refusedServer } from './server-parameters.ts'

/** What nginx refuses of the arguments of one directive; undefined where they are well. */
export type Form = (values: readonly string[]) => RefusedValue | undefined

/** One argument that is of some kind, where it is there. */
function argument(index: number, wanted: string, accepts: (value: string) => boolean): Form {
  return (values) => {
    const value = values[index]
    return value === undefined || accepts(value) ? undefined : { index, wanted }
  }
}

const oneOf =
  (...words: readonly string[]) =>
  (value: string) =>
    words.includes(value)

const ALWAYS = argument(2, 'as its third argument only "always"', oneOf('always'))
const TRANSPARENT = argument(1, 'as its second argument only "transparent"', oneOf('transparent'))
const isVariable = (value: string) => /^\$./s.test(value)
const ADDRESS = argument(0, 'an address, a network as 10.0.0.0/8, "unix:" or "all"', isAccessRule)
const LEVELS = ['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg'] as const
const LEVEL = argument(
  1,
  `a level: ${LEVELS.map((level) => `"${level}"`).join(', ')}`,
  (value) => oneOf(...LEVELS)(value) || /^debug_\w+$/.test(value),
)

/** Directives of nginx whose arguments differ in what they may be. */
export const forms: ReadonlyMap<string, Form> = new Map<string, Form>([
  ['access_log', refusedLog],
  ['add_header', ALWAYS],
  ['add_trailer', ALWAYS],
  ['allow', ADDRESS],
  ['deny', ADDRESS],
  ['error_log', LEVEL],
  ['error_page', refusedCodes],
  ['expires', refusedExpires],
  ['hash', argument(1, 'as its second argument only "consistent"', oneOf('consistent'))],
  ['if', refusedCondition],
  ['keepalive', argument(0, 'a number', isNumber)],
  ['limit_conn', argument(1, 'as its second argument a number from 1 to 65535', isConnectionLimit)],
  ['listen', (values) => refusedListen(values)],
  ['location', refusedModifier],
  ['map', argument(1, 'as its second argument a variable, with its "$"', isVariable)],
  ['proxy_redirect', refusedRedirect],
  ['random', refusedRandom],
  [
    'rewrite',
    argument(2, '"last", "break", "redirect" or "permanent"', oneOf('last', 'break', 'redirect', 'permanent')),
  ],
  ['server', refusedServer],
  ['set', argument(0, 'as its first argument a variable, with its "$"', isVariable)],
  ['zone', refusedZone],
  ...coreForms,
  ...[...limitParameters].map(([name, list]): [string, Form] => [name, (values) => refusedParameter(values, list)]),
  ...['fastcgi', 'grpc', 'memcached', 'proxy', 'scgi', 'uwsgi'].map((name) => [`${name}_bind`, TRANSPARENT] as const),
])

/** ngx_http_access_rule. */
function isAccessRule(value: string): boolean {
  return value === 'all' || value === 'unix:' || isNetwork(value)
}

function isConnectionLimit(value: string): boolean {
  return isNumber(value) && Number(value) >= 1 && Number(value) <= 65535
}

/** ngx_http_upstream_zone: less than eight pages, of 4 KB at least, are too small. */
function refusedZone([name, size]: readonly string[]): RefusedValue | undefined {
  if (name === '') return { index: 0, wanted: 'a name' }
  return size === undefined || (bytesOfSize(size) ?? 0) >= 32 * 2 ** 10
    ? undefined
    : { index: 1, wanted: 'a size of at least 32k, such as 64k, as its second argument' }
}

/** ngx_http_upstream_random; `least_time` is commercial. */
function refusedRandom(values: readonly string[]): RefusedValue | undefined {
  if (values[0] !== undefined && values[0] !== 'two') return { index: 0, wanted: 'no argument, or "two"' }
  if (values[1] === undefined || /^least_(?:conn|time=(?:header|last_byte))$/.test(values[1])) return undefined
  return { index: 1, wanted: '"least_conn" behind "two"' }
}

/** ngx_http_log_set_log: where to, a format, and how. */
function refusedLog(values: readonly string[]): RefusedValue | undefined {
  if (values[0] === 'off') return values.length > 1 ? { index: 1, wanted: '"off" alone' } : undefined
  return refusedParameter(values, LOG)
}

/** ngx_stream_log_set_log: of `stream` no format is built in. */
export function refusedStreamLog(values: readonly string[]): RefusedValue | undefined {
  const wanted = 'the name of a log format as its second argument, since "stream" has none by itself'
  return values.length === 1 && values[0] !== 'off' ? { wanted } : refusedLog(values)
}

/** ngx_mail_auth_http: an address, with `http://` before it or without; of another scheme it takes the colon for that of a port. */
export const refusedAuthority = argument(
  0,
  'an address, with a port from 1 to 65535 or without, and a path, as in "127.0.0.1:9000/auth"',
  (value) => {
    const port = /^(?!unix:)(?:\[[^\]]*\]|[^:/[]*):([^/]*)/.exec(value.replace(/^http:\/\//, ''))?.[1]
    return port === undefined || (isNumber(port) && Number(port) >= 1 && Number(port) <= 65535)
  },
)

/** ngx_mail_core_protocol: case matters. */
export const refusedProtocol = argument(0, '"imap", "pop3" or "smtp"', oneOf('imap', 'pop3', 'smtp'))

/** ngx_http_log_set_format */
export function refusedHttpFormat(values: readonly string[]): RefusedValue | undefined {
  return values[0] === BUILT_IN_FORMAT
    ? { index: 0, wanted: 'a name that nginx has not got itself' }
    : forms.get('log_format')?.(values)
}

const LOG: ParameterList = {
  from: 2,
  words: new Set(['gzip']),
  settings: new Map([
    ['buffer', { wanted: 'a size, such as 32k,', accepts: (value) => /^\d*[1-9]\d*[kKmM]?$/.test(value) }],
    [
      'flush',
      { wanted: 'a time, such as 5m,', accepts: (value) => milliseconds.accepts(value) && /[1-9]/.test(value) },
    ],
    ['gzip', { wanted: 'a level from 1 to 9', accepts: (value) => /^[1-9]$/.test(value) }],
    ['if', anyValue],
  ]),
  wanted: 'a path, a format, and then words such as "buffer=32k", "gzip" and "if=$variable"',
}

/** ngx_http_core_error_page: codes, perhaps `=code`, and the page. */
function refusedCodes(values: readonly string[]): RefusedValue | undefined {
  const before = values.slice(0, -1)
  const isChange = before.length > 1 && /^=\d*$/.test(before.at(-1) ?? '')
  const codes = isChange ? before.slice(0, -1) : before
  const index = codes.findIndex((code) => !isErrorCode(code))
  return index === -1
    ? undefined
    : { index, wanted: 'codes from 300 to 599 (but 499), and one page as its last argument' }
}

function isErrorCode(code: string): boolean {
  return isNumber(code) && Number(code) >= 300 && Number(code) <= 599 && Number(code) !== 499
}

/** ngx_http_headers_expires */
function refusedExpires(values: readonly string[]): RefusedValue | undefined {
  const last = values.at(-1) ?? ''
  if (values.length === 2 && values[0] !== 'modified') return { index: 0, wanted: '"modified" before a time' }
  const isWell = last.includes('$') || ['epoch', 'max', 'off'].includes(last) || isTime(last.replace(/^[@+-]/, ''))
  return isWell
    ? undefined
    : { index: values.length - 1, wanted: 'a time, such as 1h or @15h30m, "epoch", "max" or "off"' }
}

/** ngx_http_core_location */
function refusedModifier(values: readonly string[]): RefusedValue | undefined {
  return values.length === 2 && !['=', '~', '~*', '^~'].includes(values[0] ?? '')
    ? { index: 0, wanted: '"=", "~", "~*" or "^~" before a path' }
    : undefined
}

/** ngx_http_proxy_redirect */
function refusedRedirect(values: readonly string[]): RefusedValue | undefined {
  const [only = ''] = values
  return values.length === 1 && only !== 'off' && only !== 'default'
    ? { index: 0, wanted: '"off", "default", or what to look for and what to write instead' }
    : undefined
}

/** ngx_http_rewrite_return: a status, perhaps with a text or a URL, or a URL alone. That of `stream` takes any text. */
export function refusedReturn([first = '', second]: readonly string[]): RefusedValue | undefined {
  if (isNumber(first) && Number(first) <= 999) return undefined
  const isUrl = second === undefined && /^(?:https?:\/\/|\$scheme)/i.test(first)
  return isUrl
    ? undefined
    : { index: 0, wanted: 'a status, or a URL that starts with "http://", "https://" or "$scheme"' }
}
