/** A proxy that is asked to open a tunnel: https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6 */
export interface ForwardProxy {
  /** Without the name and the password: `http://proxy.example:3128`. */
  readonly href: string
  readonly isTls: boolean
  /** A name or an address, without brackets. */
  readonly host: string
  readonly port: number
  /** What `Proxy-Authorization` says. */
  readonly authorization: string | undefined
  /** Where it was named: `--proxy`, `https_proxy`. */
  readonly from: string
}

/** curl's, where the URL of a proxy names none. */
const DEFAULT_PORT = 1080

/** Reads `http://user:password@proxy:3128`; the scheme may be left out. For what is none, says why. */
export function parseProxy(text: string, from: string): ForwardProxy | { readonly problem: string } {
  const isBare = !/^[a-z][a-z\d+.-]*:\/\//i.test(text)
  let url: URL
  try {
    url = new URL(isBare ? `http://${text}` : text)
  } catch {
    return { problem: `${from}: "${withoutPassword(text)}" is no URL of a proxy, as http://proxy.example:3128` }
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return {
      problem: `${from}: probe goes through http:// and https:// proxies, not through ${url.protocol}// ones; --no-proxy asks without any`,
    }
  const isTls = url.protocol === 'https:'
  // To the parser of URLs the scheme's own port goes without saying.
  const isNamed = /:\d+(?=[/?#]|$)/.test(text.replace(/^.*@/, '').replace(/^[a-z]+:\/\//i, ''))
  const port = url.port !== '' ? Number(url.port) : isNamed ? (isTls ? 443 : 80) : DEFAULT_PORT
  const name = decoded(url.username)
  const password = decoded(url.password)
  return {
    href: `${url.protocol}//${url.hostname}:${port}`,
    isTls,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port,
    authorization: url.username === '' ? undefined : `Basic ${base64(`${name}:${password}`)}`,
    from,
  }
}

function withoutPassword(text: string): string {
  return text.replace(/\/\/[^@/]*@|^[^@/]*@/, (part) => (part.startsWith('//') ? '//…@' : '…@'))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}
