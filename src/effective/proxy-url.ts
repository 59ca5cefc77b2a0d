/** A URL as it is written, taken apart. */
export interface UrlParts extends AddressParts {
  /** `http`, `https`, what nginx refuses, as `ws`; `''` where there is none. */
  readonly scheme: string
}

export interface AddressParts {
  /** Host and port, or the name of an upstream, or `unix:` and a path. */
  readonly authority: string
  /** From its `/` or `?` on; undefined where there is none. */
  readonly uri: string | undefined
}

/** Takes a URL apart as ngx_http_proxy_pass does, whether nginx takes it or not. */
export function splitUrl(url: string): UrlParts {
  const [, scheme = '', rest = ''] = /^(?:(?!unix:)([a-z][\w+.-]*):\/\/)?(.*)$/is.exec(url) as RegExpExecArray
  return { scheme, ...splitAddress(rest) }
}

/** What stands behind the scheme: `unix:/run/app.sock:/uri` has its URI after the second colon (ngx_parse_unix_domain_url). */
export function splitAddress(text: string): AddressParts {
  const [, authority = '', uri] = /^(unix:[^:]*):?(.*)$/is.exec(text) ?? /^([^/?]*)(.*)$/s.exec(text) ?? []
  return { authority, uri: uri || undefined }
}

/** The URL of a `proxy_pass`, its variables filled in, taken apart (ngx_parse_url, ngx_http_proxy_set_vars). */
export interface ProxyUrl {
  readonly scheme: 'http' | 'https'
  /** Host and port as written, or `unix:` and a path. */
  readonly authority: string
  /** `$proxy_host`: without the port where that is the scheme's own. */
  readonly host: string
  /** `$proxy_port` */
  readonly port: string
  /** `''` where there is none. */
  readonly uri: string
}

const SCHEME_PORTS = { http: '80', https: '443' } as const

/** Undefined where nginx refuses it: `invalid URL prefix`, `no host`, `invalid port`. */
export function parseProxyUrl(url: string): ProxyUrl | undefined {
  const { scheme: written, authority, uri = '' } = splitUrl(url)
  const scheme = written.toLowerCase()
  if (scheme !== 'http' && scheme !== 'https') return undefined
  if (/^unix:/i.test(authority)) return { scheme, authority, host: 'localhost', port: '', uri }
  const [, hostname = '', port = SCHEME_PORTS[scheme]] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(authority) ?? []
  if (hostname === '' || !isPort(port)) return undefined
  const host = port === SCHEME_PORTS[scheme] ? hostname : authority
  return { scheme, authority, host, port, uri }
}

function isPort(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65535
}
