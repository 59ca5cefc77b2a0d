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
  const [, schemeText, rest] = /^(https?):\/\/(.+)$/is.exec(url) ?? []
  if (schemeText === undefined || rest === undefined) return undefined
  const scheme = schemeText.toLowerCase() as 'http' | 'https'
  const socket = /^(unix:[^:]*):?(.*)$/is.exec(rest)
  if (socket) return { scheme, authority: socket[1] as string, host: 'localhost', port: '', uri: socket[2] as string }
  const [, authority = '', uri = ''] = /^([^/?]*)(.*)$/s.exec(rest) as RegExpExecArray
  const [, hostname = '', port = SCHEME_PORTS[scheme]] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(authority) ?? []
  if (hostname === '' || !isPort(port)) return undefined
  const host = port === SCHEME_PORTS[scheme] ? hostname : authority
  return { scheme, authority, host, port, uri }
}

function isPort(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65535
}
