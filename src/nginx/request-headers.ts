import { betweenCurlyQuotes } from './curly-quotes.ts'
import { headerName } from './header-rows.ts'

/**
 * Headers of requests, by the names that `$http_…` has for them, of which a slip of the hand names a header that nobody
 * sends. Some stand here only because they are near to others.
 */
const KNOWN: readonly string[] = [
  'accept',
  'accept_charset',
  'accept_encoding',
  'accept_language',
  'authorization',
  'cache_control',
  'cf_connecting_ip',
  'connection',
  'content_encoding',
  'content_length',
  'content_type',
  'cookie',
  'expect',
  'forwarded',
  'host',
  'if_match',
  'if_modified_since',
  'if_none_match',
  'if_range',
  'if_unmodified_since',
  'origin',
  'pragma',
  'proxy_authorization',
  'range',
  'referer',
  'sec_fetch_dest',
  'sec_fetch_mode',
  'sec_fetch_site',
  'sec_fetch_user',
  'sec_websocket_extensions',
  'sec_websocket_key',
  'sec_websocket_protocol',
  'sec_websocket_version',
  'transfer_encoding',
  'upgrade',
  'upgrade_insecure_requests',
  'user_agent',
  'x_csrf_token',
  'x_csrftoken',
  'x_forwarded_for',
  'x_forwarded_host',
  'x_forwarded_port',
  'x_forwarded_prefix',
  'x_forwarded_proto',
  'x_forwarded_server',
  'x_real_ip',
  'x_request_id',
  'x_requested_with',
  'x_xsrf_token',
  'x_xsrftoken',
]

const PREFIX = 'http_'

/**
 * The variable that `$http_upgade` was meant to be: nginx takes any name behind `$http_`, and one that is a slip away
 * from a header that clients send is always empty. Undefined where that is not certain.
 * @param variable without the `$`
 */
export function headerVariableMeant(variable: string): string | undefined {
  const lower = variable.toLowerCase()
  if (!lower.startsWith(PREFIX)) return undefined
  // The variable that nginx's documentation has a map for.
  if (lower === 'http_connection_upgrade') return 'connection_upgrade'
  const header = lower.slice(PREFIX.length)
  const near = KNOWN.filter((name) => isSlipOf(header, name))
  return near.length === 1 && !KNOWN.includes(header) ? `${PREFIX}${near[0]}` : undefined
}

/** Whether it is a header that clients are known to send. */
export function isRequestHeader(name: string): boolean {
  return KNOWN.includes(variableName(name))
}

/** Whether the name of a header, as its receiver reads it, is a slip away from that of another, and none that clients send itself. So it is in curly quotes. */
export function isMisspeltHeader(written: string, name: string): boolean {
  const bare = betweenCurlyQuotes(written)
  if (bare !== undefined) return variableName(bare) === variableName(name) || isMisspeltHeader(bare, name)
  const own = variableName(headerName(written))
  return isSlipOf(own, variableName(name)) && !KNOWN.includes(own)
}

function variableName(header: string): string {
  return header.toLowerCase().replaceAll('-', '_')
}

/** `$http_x_y` is the header `X-Y`. */
export function headerOfVariable(variable: string): string {
  const words = variable.slice(PREFIX.length).split('_')
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase()).join('-')
}

/** A name, or a word of one, that is shorter may be one of its own: `x_real_id`, `ghost`. */
const SHORTEST = { name: 6, word: 4 } as const

/** Whether one name is the other but for two letters in the wrong order, or one that is wrong, missing or too many. */
function isSlipOf(typed: string, name: string): boolean {
  if (typed === name || Math.abs(typed.length - name.length) > 1) return false
  let start = 0
  while (start < name.length && typed[start] === name[start]) start++
  let end = 0
  while (end < Math.min(typed.length, name.length) - start && typed.at(-1 - end) === name.at(-1 - end)) end++
  const [is, was] = [typed.slice(start, typed.length - end), name.slice(start, name.length - end)]
  if (is.length === 2 && was.length === 2) return is[0] === was[1] && is[1] === was[0]
  if (is.length > 1 || was.length > 1 || name.length < SHORTEST.name) return false
  // Of headers that no standard has, there are many spellings; and one may be the second of its kind.
  if (/\d/.test(is) || (name.startsWith('x_') && (is === '_' || was === '_'))) return false
  return is === '_' || was === '_' || wordAround(name, start).length >= SHORTEST.word
}

/** The word of a name that has this place in it, or at its end. */
function wordAround(name: string, at: number): string {
  const before = name.slice(0, at).split('_').at(-1) ?? ''
  return before + name.slice(at).split('_', 1)[0]
}
