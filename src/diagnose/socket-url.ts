/** A URL that a WebSocket is asked for at, as a client takes it apart. */
export interface SocketUrl {
  /** `wss://example.com/socket`, whatever scheme it was given with. */
  readonly href: string
  readonly isTls: boolean
  /** A name or an address; IPv6 in brackets. */
  readonly host: string
  /** Whether the host is an address. */
  readonly isAddress: boolean
  readonly port: number
  /** What `Host` says: without the port that goes without saying. */
  readonly authority: string
  /** What the request line asks for. */
  readonly target: string
}

const SCHEMES: Readonly<Record<string, string>> = { 'ws:': 'ws:', 'wss:': 'wss:', 'http:': 'ws:', 'https:': 'wss:' }

/** Reads a `ws://`, `wss://`, `http://` or `https://` URL; for what is none, says why. */
export function parseSocketUrl(text: string): SocketUrl | { readonly problem: string } {
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(text)) {
    return { problem: `"${text}" is no URL${guessFor(text)}` }
  }
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return { problem: `"${text}" is no valid URL` }
  }
  const scheme = SCHEMES[url.protocol]
  if (scheme === undefined) return { problem: `"${text}": the scheme is none of ws, wss, http, https` }
  if (url.username !== '' || url.password !== '')
    return {
      problem: `"${text.replace(/\/\/.*@/, '//…@')}": give a name and password with --header 'Authorization: Basic …'`,
    }
  // Setting a port that is the scheme's own drops it, and http's are ws's.
  const isTls = scheme === 'wss:'
  const target = `${url.pathname}${url.search}`
  return {
    href: `${scheme}//${url.host}${target}`,
    isTls,
    host: url.hostname,
    isAddress: url.hostname.startsWith('[') || /^\d+(?:\.\d+){3}$/.test(url.hostname),
    port: url.port === '' ? (isTls ? 443 : 80) : Number(url.port),
    authority: url.host,
    target,
  }
}

/** TLS goes without saying for names of the world at its usual port. */
function guessFor(text: string): string {
  const [, host = '', port] = /^(\[[\da-f:.]+\]|[^\s/?#@:[\]]+)(?::(\d+))?(?:[/?#].*)?$/i.exec(text) ?? []
  if (host === '') return ''
  const isNear = !host.includes('.') || host.startsWith('[') || /^[\d.]+$/.test(host)
  return `; write ${isNear || (port !== undefined && !/443$/.test(port)) ? 'ws' : 'wss'}://${text}`
}
