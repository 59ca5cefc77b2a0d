import { isNumber, isSize, isTime } from './quantities.ts'
import type { RefusedValue } from './refused-value.ts'

/** The families whose servers listen. */
export type ListenFamily = 'http' | 'stream' | 'mail'

/**
 * What ngx_http_core_listen, ngx_stream_core_listen and ngx_mail_core_listen refuse. Words of other versions and systems are taken:
 * other rules know the versions.
 */
export function refusedListen(
  [address = '', ...parameters]: readonly string[],
  family: ListenFamily = 'http',
): RefusedValue | undefined {
  if (!isAddress(address))
    return { index: 0, wanted: 'a port from 1 to 65535, an address, or both as in "127.0.0.1:8080"' }
  for (const [at, parameter] of parameters.entries()) {
    const wanted = wantedFor(parameter, family)
    if (wanted !== undefined) return { index: at + 1, wanted }
  }
  const ssl = parameters.includes('udp') ? parameters.indexOf('ssl') : -1
  if (ssl !== -1) return { index: ssl + 1, wanted: 'no TLS together with "udp"' }
  return undefined
}

/** Whether an address may be one, as far as that is seen without asking for a name: ngx_parse_url. */
function isAddress(text: string): boolean {
  if (/^unix:/i.test(text)) return text.length > 'unix:'.length
  if (text.includes('$')) return true
  if (text.startsWith(':') || /^\[(?![\da-f]*:[\da-f:.]*\])/i.test(text)) return false
  if (/^[\d-]+$/.test(text)) return isPorts(text)
  const port = /^(?:\[[^\]]*\]|[^[\]:]+):(.*)$/.exec(text)?.[1]
  return port === undefined || isPorts(port)
}

/** One port, or since 1.15.10 a range of them. */
function isPorts(text: string): boolean {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? []
  return [first, last].every(isPort) && Number(first) <= Number(last)
}

function isPort(text: string | undefined): boolean {
  return Number(text) >= 1 && Number(text) <= 65535
}

const IN_ALL = ['bind', 'multipath', 'proxy_protocol', 'ssl']
const WORDS: Readonly<Record<ListenFamily, ReadonlySet<string>>> = {
  http: new Set([...IN_ALL, 'default_server', 'default', 'deferred', 'reuseport', 'http2', 'spdy', 'quic']),
  stream: new Set([...IN_ALL, 'default_server', 'deferred', 'reuseport', 'udp']),
  mail: new Set(IN_ALL),
}

interface Check {
  readonly wanted: string
  accepts(value: string): boolean
}

const number: Check = { wanted: 'a number', accepts: isNumber }
/** ngx_parse_size knows no `g`. */
const size: Check = { wanted: 'a size, such as 64k', accepts: (value) => isSize(value) && !/g$/i.test(value) }

const SETTINGS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['backlog', { wanted: 'a number above 0', accepts: (value) => isNumber(value) && Number(value) > 0 }],
  ['fastopen', number],
  ['setfib', number],
  ['rcvbuf', size],
  ['sndbuf', size],
  ['accept_filter', { wanted: 'a name', accepts: () => true }],
  ['ipv6only', { wanted: '"on" or "off"', accepts: (value) => value === 'on' || value === 'off' }],
  ['so_keepalive', { wanted: '"on", "off", or times and a number as in 30m::10', accepts: isKeepalive }],
])

/** Settings that `mail` has not got. */
const NOT_IN_MAIL: ReadonlySet<string> = new Set(['accept_filter', 'fastopen'])

/** What there should be in the place of a parameter; undefined where it is well. */
function wantedFor(parameter: string, family: ListenFamily): string | undefined {
  if (WORDS[family].has(parameter)) return undefined
  const [, name = '', value = ''] = /^(\w+)=(.*)$/s.exec(parameter) ?? []
  const check = family === 'mail' && NOT_IN_MAIL.has(name) ? undefined : SETTINGS.get(name)
  if (!check) {
    const examples = family === 'mail' ? '"ssl" and "proxy_protocol"' : '"default_server", "ssl" and "reuseport"'
    return `an address, and then words such as ${examples}`
  }
  return check.accepts(value) ? undefined : `${check.wanted} as "${name}="`
}

/** Idle time, interval and number of probes, any of which may be left out, but not all. */
function isKeepalive(value: string): boolean {
  if (value === 'on' || value === 'off') return true
  const [idle = '', interval = '', probes = '', ...more] = value.split(':')
  const areWell = [idle, interval].every((time) => time === '' || isTime(time)) && (probes === '' || isNumber(probes))
  return more.length === 0 && areWell && [idle, interval, probes].some((part) => /[1-9]/.test(part))
}
