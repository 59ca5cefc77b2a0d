import { isAtLeast, type TargetVersion } from './version.ts'

/** The first release of each change that the effective model must know. All are in nginx's CHANGES. */
export const changedIn = {
  /** `Upgrade` is passed on by `proxy_set_header`, and a 101 opens a tunnel. */
  webSocketTunnel: '1.3.13',
  /** "strengthen syntax checking for some directives" of the proxy module: their `off` stands alone. */
  proxyWordsAlone: '1.19.3',
  /** `http://host?query`, an absolute target without a path, is read; before, it was a 400. */
  targetWithoutPath: '1.19.6',
  /** The name of a location is escaped in the redirect that adds its last slash. */
  escapedSlashRedirect: '1.21.0',
  /** Blanks and control characters in the request line or in `Host` are a 400. */
  strictRequests: '1.21.1',
  /** A port with `http2` and without TLS takes HTTP/1.1, too. */
  http1BesideHttp2: '1.25.1',
  /** `server_name` in `stream`: servers may share an address there, and one of them is the default. */
  streamServerNames: '1.25.5',
  /** `add_header_inherit` and `add_trailer_inherit`: on, off, merge. */
  addHeaderInherit: '1.29.3',
  /** `proxy_http_version 2`. */
  proxyHttp2: '1.29.4',
  /** A `Host` must be as RFC 3986 has it, with a port that there is. */
  strictHosts: '1.29.4',
  /** Upstream connections are kept alive unasked: the default is HTTP/1.1 without `Connection: close`. */
  upstreamKeepalive: '1.29.7',
  /** An `include` in `geo` may be a pattern. */
  geoIncludePatterns: '1.29.8',
} as const

/**
 * What `proxy_http_version` is where nobody sets it.
 * ngx_http_proxy_merge_loc_conf in src/http/modules/ngx_http_proxy_module.c: NGX_HTTP_VERSION_10, since 1.29.7 _11.
 */
export function defaultProxyHttpVersion(version: TargetVersion): '1.0' | '1.1' {
  return isAtLeast(version, changedIn.upstreamKeepalive) ? '1.1' : '1.0'
}

/**
 * Whether `proxy_http_version` takes this value; for an unknown version, whether it does in some version.
 * ngx_http_proxy_http_version[] in ngx_http_proxy_module.c.
 */
export function acceptsProxyHttpVersion(value: string, version: TargetVersion): boolean {
  if (value === '2') return version === 'unknown' || isAtLeast(version, changedIn.proxyHttp2)
  return value === '1.0' || value === '1.1'
}

/**
 * The `Connection` header that an HTTP/1 backend gets where nobody sets it; undefined when there is none.
 * ngx_http_proxy_headers[] in ngx_http_proxy_module.c: `close`, since 1.29.7 empty.
 */
export function defaultConnectionHeader(version: TargetVersion): 'close' | undefined {
  return isAtLeast(version, changedIn.upstreamKeepalive) ? undefined : 'close'
}

export interface RequestHeader {
  readonly name: string
  /** Empty: the client's header of this name is not passed on. */
  readonly value: string
}

/**
 * The headers that nginx itself sets or drops in a request to a `proxy_pass` backend. A `proxy_set_header` of the same name
 * replaces a row; every other header of the client passes. Left out are those that follow the body (`Content-Length`,
 * `Transfer-Encoding`). ngx_http_proxy_headers[] in ngx_http_proxy_module.c.
 */
export function defaultProxyHeaders(version: TargetVersion): readonly RequestHeader[] {
  return [
    { name: 'Host', value: '$proxy_host' },
    { name: 'Connection', value: defaultConnectionHeader(version) ?? '' },
    { name: 'TE', value: '' },
    { name: 'Keep-Alive', value: '' },
    { name: 'Expect', value: '' },
    { name: 'Upgrade', value: '' },
  ]
}

/** Whether `add_header_inherit` exists, so that inherited rows can be merged. */
export function hasAddHeaderInherit(version: TargetVersion): boolean {
  return isAtLeast(version, changedIn.addHeaderInherit)
}

/** Directives whose rows make up one list. Names in a group share it: a `deny` of its own drops the inherited `allow` rows. */
interface ListDirectives {
  /** Where nginx takes the outer list only if the level has none. Paths are below src/. */
  readonly source: string
  readonly groups: readonly (readonly string[])[]
}

const alone = (...names: string[]): string[][] => names.map((name) => [name])

const listDirectives: readonly ListDirectives[] = [
  {
    source: 'http/modules/ngx_http_proxy_module.c: ngx_http_proxy_merge_loc_conf',
    groups: alone(
      'proxy_set_header', // headers_source
      'proxy_redirect',
      'proxy_cookie_domain',
      'proxy_cookie_path',
      'proxy_cookie_flags',
      'proxy_cache_bypass',
      'proxy_no_cache',
      'proxy_cache_valid',
      'proxy_ssl_conf_command',
    ),
  },
  {
    source: 'http/modules/ngx_http_grpc_module.c: ngx_http_grpc_merge_loc_conf',
    groups: alone('grpc_set_header', 'grpc_ssl_conf_command'),
  },
  {
    source: 'http/modules/ngx_http_fastcgi_module.c: ngx_http_fastcgi_merge_loc_conf',
    groups: alone(
      'fastcgi_param', // params_source
      'fastcgi_cache_bypass',
      'fastcgi_no_cache',
      'fastcgi_cache_valid',
      'fastcgi_catch_stderr',
    ),
  },
  {
    source: 'http/modules/ngx_http_scgi_module.c: ngx_http_scgi_merge_loc_conf',
    groups: alone('scgi_param', 'scgi_cache_bypass', 'scgi_no_cache', 'scgi_cache_valid'),
  },
  {
    source: 'http/modules/ngx_http_uwsgi_module.c: ngx_http_uwsgi_merge_loc_conf',
    groups: alone('uwsgi_param', 'uwsgi_cache_bypass', 'uwsgi_no_cache', 'uwsgi_cache_valid', 'uwsgi_ssl_conf_command'),
  },
  {
    // Hidden and passed headers are two lists, each inherited by itself.
    source: 'http/ngx_http_upstream.c: ngx_http_upstream_hide_headers_hash',
    groups: ['proxy', 'fastcgi', 'grpc', 'scgi', 'uwsgi'].flatMap((protocol) =>
      alone(`${protocol}_hide_header`, `${protocol}_pass_header`),
    ),
  },
  {
    source: 'http/modules/ngx_http_headers_filter_module.c: ngx_http_headers_merge_conf',
    groups: alone('add_header', 'add_trailer'), // unless add_header_inherit, add_trailer_inherit say otherwise
  },
  {
    source: 'http/ngx_http_core_module.c: ngx_http_core_merge_loc_conf',
    groups: alone('error_page', 'error_log', 'types', 'early_hints', 'gzip_disable'),
  },
  { source: 'http/modules/ngx_http_log_module.c: ngx_http_log_merge_loc_conf', groups: alone('access_log') },
  { source: 'http/modules/ngx_http_index_module.c: ngx_http_index_merge_loc_conf', groups: alone('index') },
  {
    source: 'http/modules/ngx_http_access_module.c: ngx_http_access_merge_loc_conf',
    groups: [['allow', 'deny']],
  },
  {
    source: 'http/modules/ngx_http_auth_request_module.c: ngx_http_auth_request_merge_conf',
    groups: alone('auth_request_set'),
  },
  { source: 'http/modules/ngx_http_limit_conn_module.c: ngx_http_limit_conn_merge_conf', groups: alone('limit_conn') },
  { source: 'http/modules/ngx_http_limit_req_module.c: ngx_http_limit_req_merge_conf', groups: alone('limit_req') },
  { source: 'http/modules/ngx_http_mirror_module.c: ngx_http_mirror_merge_loc_conf', groups: alone('mirror') },
  {
    source: 'http/modules/ngx_http_realip_module.c: ngx_http_realip_merge_loc_conf',
    groups: alone('set_real_ip_from'),
  },
  { source: 'http/modules/ngx_http_referer_module.c: ngx_http_referer_merge_conf', groups: alone('valid_referers') },
  { source: 'http/modules/ngx_http_sub_filter_module.c: ngx_http_sub_merge_conf', groups: alone('sub_filter') },
  {
    source: 'http/modules/ngx_http_browser_module.c: ngx_http_browser_merge_conf',
    groups: alone('modern_browser', 'ancient_browser'),
  },
  {
    source: 'http/modules/ngx_http_xslt_filter_module.c: ngx_http_xslt_filter_merge_conf',
    groups: [['xslt_stylesheet'], ['xslt_param', 'xslt_string_param']],
  },
  {
    source: 'http/ngx_http.c: ngx_http_merge_types',
    groups: alone('gzip_types', 'sub_filter_types', 'ssi_types', 'charset_types', 'addition_types', 'xslt_types'),
  },
  {
    source: 'http/modules/ngx_http_ssl_module.c: ngx_http_ssl_merge_srv_conf',
    groups: alone('ssl_certificate', 'ssl_certificate_key', 'ssl_conf_command'),
  },
  {
    source: 'mail/ngx_mail_auth_http_module.c: ngx_mail_auth_http_merge_conf',
    groups: alone('auth_http_header'),
  },
]

const listGroups: ReadonlyMap<string, readonly string[]> = new Map(
  listDirectives.flatMap(({ groups }) => groups.flatMap((group) => group.map((name) => [name, group] as const))),
)

/**
 * The directives whose rows are inherited together, all or nothing: one row of any of them in a level drops all outer rows.
 * `proxy_set_header` stands alone, `allow` goes with `deny`. Undefined for directives that are no list.
 */
export function inheritedTogether(name: string): readonly string[] | undefined {
  return listGroups.get(name)
}

/** Whether a level's own rows of this directive drop all rows of the levels around it. */
export function inheritsAllOrNothing(name: string): boolean {
  return listGroups.has(name)
}
