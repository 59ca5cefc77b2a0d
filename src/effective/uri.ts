import { isAtLeast, type TargetVersion } from '../nginx/version.ts'

/** The target of a request line, as nginx reads it. */
export interface RequestTarget {
  /** What locations are matched with: decoded, slashes merged, dots resolved. */
  readonly path: string
  /** After the `?`, as it was sent; `''` where there is none. */
  readonly query: string
  /** As it was sent, without the scheme and host that may stand before it. */
  readonly unparsed: string
  /** The host of an absolute target (`http://host/path`), with its port; it goes before the `Host` header. */
  readonly host: string | undefined
  /** `http://host?query`: nginx does not pass that on as it was sent. */
  readonly isPathMissing: boolean
  /** Whether the path had a `%`, or a `+`: nginx then escapes what it copies from it. */
  readonly isQuoted: boolean
  readonly hasPlus: boolean
}

/** `http://host:80/path`, as ngx_http_parse_request_line takes it. */
const ABSOLUTE = /^[A-Za-z]+:\/\/((?:[A-Za-z0-9.-]*|\[[\w:.~!$&'()*+,;=-]*\])(?::\d*)?)(?=[/?]|$)/

/** Since 1.21.1 an error; before, nginx took all but a line end. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones
const FORBIDDEN = /[\x00-\x20\x7f]/

/** Reads the target of a request; undefined where nginx answers 400 (ngx_http_parse_request_line, …_complex_uri). */
export function normalizePath(
  target: string,
  { mergeSlashes = true }: { readonly mergeSlashes?: boolean } = {},
): RequestTarget | undefined {
  const absolute = ABSOLUTE.exec(target)
  const unparsed = absolute ? target.slice(absolute[0].length) || '/' : target
  if (FORBIDDEN.test(unparsed) || !(unparsed.startsWith('/') || (absolute && unparsed.startsWith('?'))))
    return undefined
  const end = unparsed.search(/[?#]/)
  const rawPath = end === -1 ? unparsed : unparsed.slice(0, end)
  const query = unparsed[end] === '?' ? (unparsed.slice(end + 1).split('#')[0] as string) : ''
  const decoded = decode(rawPath === '' ? '/' : rawPath)
  const path = decoded === undefined ? undefined : resolveDots(decoded, mergeSlashes)
  if (path === undefined) return undefined
  return {
    path,
    query,
    unparsed,
    host: absolute?.[1],
    isPathMissing: rawPath === '',
    isQuoted: rawPath.includes('%'),
    hasPlus: /\+|%2b/i.test(rawPath),
  }
}

/** `%2F` and `%2E` count as a slash and a dot afterwards; undefined for half an escape, or `%00`. */
function decode(path: string): string | undefined {
  if (/%(?![\da-f]{2})|%00/i.test(path)) return undefined
  return path.replace(/%(..)/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
}

/** The states of ngx_http_parse_complex_uri. */
function resolveDots(decoded: string, mergeSlashes: boolean): string | undefined {
  let path = ''
  let state: 'usual' | 'slash' | 'dot' | 'dot dot' = 'usual'
  for (const byte of decoded) {
    const isSlash = byte === '/'
    if (isSlash && state === 'dot') path = path.slice(0, -1)
    else if (isSlash && state === 'dot dot') {
      const parent = parentFolder(path)
      if (parent === undefined) return undefined
      path = parent
    } else if (!(isSlash && state === 'slash' && mergeSlashes)) path += byte
    if (isSlash) state = 'slash'
    else if (byte === '.' && state === 'slash') state = 'dot'
    else if (byte === '.' && state === 'dot') state = 'dot dot'
    else state = 'usual'
  }
  if (state === 'dot') return path.slice(0, -1)
  return state === 'dot dot' ? parentFolder(path) : path
}

/** `/a/b/..` → `/a/`; undefined above the root. */
function parentFolder(path: string): string | undefined {
  const before = path.length - 4
  const slash = before < 0 ? -1 : path.lastIndexOf('/', before)
  return slash === -1 ? undefined : path.slice(0, slash + 1)
}

/** Since 1.21.1 all that RFC 3986 does not allow is escaped (CHANGES: "Core: escaping of chars not allowed in URIs"). */
const ESCAPES_MORE = '1.21.1'

/** The bytes that ngx_escape_uri escapes, by its `type` and by version. */
const ESCAPED = {
  // biome-ignore-start lint/suspicious/noControlCharactersInRegex: bytes that are escaped
  path: { older: /[\x00-\x20#%?\x7f-\xff]/g, newer: /[\x00-\x20"#%<>?\\^`{|}\x7f-\xff]/g },
  arguments: { older: /[\x00-\x20#%&+;?\x7f-\xff]/g, newer: /[\x00-\x20"#%&+;<>?\\^`{|}\x7f-\xff]/g },
  // biome-ignore-end lint/suspicious/noControlCharactersInRegex: bytes that are escaped
}

/** A path as nginx writes it anew for a backend (NGX_ESCAPE_URI); undefined where versions differ and none is named. */
export function escapeUri(path: string, version: TargetVersion): string | undefined {
  return escapeBytes(path, 'path', version)
}

/** A capture as nginx copies it into arguments and redirects (NGX_ESCAPE_ARGS). */
export function escapeArguments(text: string, version: TargetVersion): string | undefined {
  return escapeBytes(text, 'arguments', version)
}

function escapeBytes(text: string, type: keyof typeof ESCAPED, version: TargetVersion): string | undefined {
  const { older, newer } = ESCAPED[type]
  const escaped = text.replace(isAtLeast(version, ESCAPES_MORE) ? newer : older, percentEncode)
  return version === 'unknown' && escaped !== text.replace(newer, percentEncode) ? undefined : escaped
}

function percentEncode(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

/** What `rewrite … redirect` undoes of the escaping of its captures (ngx_unescape_uri, NGX_UNESCAPE_REDIRECT). */
export function unescapeRedirect(url: string): string {
  let text = ''
  for (let at = 0; at < url.length; at++) {
    const byte = url[at] as string
    if (byte === '?') return text + url.slice(at)
    if (byte !== '%') {
      text += byte
      continue
    }
    const [, first = '', second = ''] = /^(.?)(.?)/s.exec(url.slice(at + 1, at + 3)) as RegExpExecArray
    if (!/[\da-f]/i.test(first)) {
      text += first // an invalid one loses its `%`
      at += first.length
      continue
    }
    at += 2
    if (!/[\da-f]/i.test(second)) continue // and with half of one, all of it
    const decoded = String.fromCharCode(Number.parseInt(first + second, 16))
    if (decoded === '?') return `${text}?${url.slice(at + 1)}`
    text += decoded > '%' && decoded < '\x7f' ? decoded : `%${first}${second}`
  }
  return text
}
