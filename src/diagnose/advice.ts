import type { HopId } from './hops.ts'

/** What to do at one hop, and who says so. */
export interface Advice {
  /** `client` and `backend` are always there; a hop is spoken of where it shows itself, or may be behind it all. */
  readonly at: HopId | 'client'
  readonly text: string
  readonly source: string
}

export const SOURCES = {
  nginx: 'https://nginx.org/en/docs/http/websocket.html',
  nginxLocation: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',
  nginxHidden: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_hide_header',
  nginxTimeout: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_connect_timeout',
  nginxHttps: 'https://nginx.org/en/docs/http/configuring_https_servers.html',
  nginxReject: 'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_reject_handshake',
  nginxClientCertificate: 'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_verify_client',
  overTls: 'https://www.rfc-editor.org/rfc/rfc8446#section-6.2',
  albListener: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html',
  albTarget: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html',
  albErrors: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
  cloudflare: 'https://developers.cloudflare.com/network/websockets/',
  cloudflareErrors:
    'https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/',
  cloudfront:
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-working-with.websockets.html',
  apache: 'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#protoupgrade',
  apacheTunnel: 'https://httpd.apache.org/docs/2.4/mod/mod_proxy_wstunnel.html',
  haproxy: 'https://docs.haproxy.org/2.8/configuration.html',
  traefik: 'https://doc.traefik.io/traefik/user-guides/websocket/',
  caddy: 'https://caddyserver.com/docs/caddyfile/directives/reverse_proxy',
  envoyHttp10: 'https://github.com/envoyproxy/envoy/issues/18608',
  cloudflareRules: 'https://developers.cloudflare.com/waf/analytics/security-events/',
  azureApp: 'https://learn.microsoft.com/en-us/azure/app-service/configure-common',
  envoy: 'https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/http/upgrades',
  fastly: 'https://www.fastly.com/documentation/guides/concepts/real-time-messaging/websockets-tunnel/',
  varnish: 'https://varnish-cache.org/docs/trunk/users-guide/vcl-example-websockets.html',
  iis: 'https://learn.microsoft.com/en-us/iis/get-started/whats-new-in-iis-8/iis-80-websocket-protocol-support',
  upgradeRequired: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.22',
  throughProxy: 'https://www.rfc-editor.org/rfc/rfc6455#section-4.1',
  tunnel: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6',
  proxyVariables: 'https://curl.se/docs/manpage.html#ENVIRONMENT',
  opening: 'https://www.rfc-editor.org/rfc/rfc6455#section-4.1',
  accepting: 'https://www.rfc-editor.org/rfc/rfc6455#section-4.2',
  version: 'https://www.rfc-editor.org/rfc/rfc6455#section-4.4',
  overHttp2: 'https://www.rfc-editor.org/rfc/rfc8441',
  socketIo: 'https://socket.io/docs/v4/troubleshooting-connection-issues/',
  socketIoMigration: 'https://socket.io/docs/v4/migrating-from-2-x-to-3-0/',
  socketIoSticky: 'https://socket.io/docs/v4/using-multiple-nodes/',
  origin: 'https://www.rfc-editor.org/rfc/rfc6455#section-10.2',
} as const

/** How each hop is told to let `Upgrade` and `Connection` through. */
export const LET_THROUGH: readonly Advice[] = [
  {
    at: 'proxy',
    text: 'Ask without it (--no-proxy), from a network that needs none. A proxy that looks into what it passes may drop Upgrade; into wss:// few can',
    source: SOURCES.throughProxy,
  },
  {
    at: 'cloudflare',
    text: 'It passes WebSockets while the zone’s switch is on: Network, WebSockets. A Worker or a rule on this path may answer instead',
    source: SOURCES.cloudflare,
  },
  {
    at: 'cloudfront',
    text: 'It passes WebSockets, as long as the origin request policy hands on the Sec-WebSocket-* headers',
    source: SOURCES.cloudfront,
  },
  {
    at: 'fastly',
    text: 'WebSockets must be switched on for the service, and handed off in VCL',
    source: SOURCES.fastly,
  },
  {
    at: 'alb',
    text: 'An Application Load Balancer passes WebSockets of itself, over a target group whose protocol version is HTTP1; with HTTP2 or GRPC they can’t cross',
    source: SOURCES.albTarget,
  },
  {
    at: 'varnish',
    text: 'It needs a vcl_recv that pipes requests with "Upgrade: websocket", and a vcl_pipe that copies Upgrade and Connection',
    source: SOURCES.varnish,
  },
  {
    at: 'nginx',
    text: 'It drops Upgrade and Connection unless told otherwise: proxy_http_version 1.1, proxy_set_header Upgrade and Connection. "ngxlint --fix" writes them, "ngxlint trace URL" shows which location lacks them',
    source: SOURCES.nginx,
  },
  {
    at: 'apache',
    text: 'ProxyPass "/ws" "http://backend:3000/ws" upgrade=websocket since 2.4.47; before, mod_proxy_wstunnel with ProxyPass "/ws" "ws://backend:3000/ws". Either stands above the ProxyPass of a wider path',
    source: SOURCES.apache,
  },
  {
    at: 'haproxy',
    text: 'In "mode http" it passes WebSockets of itself: look for rules that delete Upgrade or Connection, and set "timeout tunnel" for idle ones',
    source: SOURCES.haproxy,
  },
  {
    at: 'traefik',
    text: 'It passes WebSockets of itself: look for a middleware that sets or removes Connection or Upgrade',
    source: SOURCES.traefik,
  },
  {
    at: 'caddy',
    text: 'reverse_proxy passes WebSockets of itself: look for "header_up -Connection" or "-Upgrade", and for a matcher that sends them elsewhere',
    source: SOURCES.caddy,
  },
  {
    at: 'envoy',
    text: 'The route or the connection manager needs "upgrade_configs" with "websocket"',
    source: SOURCES.envoy,
  },
  { at: 'iis', text: 'The WebSocket Protocol feature must be installed and "webSocket enabled"', source: SOURCES.iis },
]

/** Which hops answer by their own where they lead nowhere. */
export const ROUTING: readonly Advice[] = [
  {
    at: 'nginx',
    text: 'Another location answers, or proxy_pass with a path cuts the prefix off: "ngxlint trace URL" shows which, and the path that the backend gets',
    source: SOURCES.nginxLocation,
  },
  { at: 'alb', text: 'See which listener rule takes this path, and its target group', source: SOURCES.albListener },
  {
    at: 'cloudflare',
    text: 'A Worker, a redirect rule or the cache may answer in place of the origin',
    source: SOURCES.cloudflare,
  },
  {
    at: 'apache',
    text: 'ProxyPass lines hold in their order: the longer path has to stand first',
    source: SOURCES.apacheTunnel,
  },
  { at: 'haproxy', text: 'See which use_backend rule takes this path and host', source: SOURCES.haproxy },
  {
    at: 'traefik',
    text: 'No router takes this host and path ("404 page not found" is its own), or another one does first',
    source: SOURCES.traefik,
  },
  {
    at: 'caddy',
    text: 'See which handle or route takes this path, and whether handle_path or strip_prefix cuts it',
    source: SOURCES.caddy,
  },
]

/** A hop that could not get an answer from the next one. */
export const UNREACHED: readonly Advice[] = [
  { at: 'nginx', text: 'Its error log names the address it asked and why that failed', source: SOURCES.nginxTimeout },
  {
    at: 'alb',
    text: 'Is a healthy target registered, and does its keep-alive outlast the idle timeout?',
    source: SOURCES.albErrors,
  },
  {
    at: 'cloudflare',
    text: 'The origin has to be reachable from Cloudflare’s addresses, with a certificate that the SSL mode takes',
    source: SOURCES.cloudflareErrors,
  },
  {
    at: 'apache',
    text: 'Its error log (AH01114, AH01102) names the backend; a ws:// target needs mod_proxy_http of 2.4.47 or mod_proxy_wstunnel',
    source: SOURCES.apacheTunnel,
  },
  {
    at: 'haproxy',
    text: 'Every server of that backend is down or full: see its stats page, and the health check',
    source: SOURCES.haproxy,
  },
  {
    at: 'traefik',
    text: 'The service’s server URL or port is wrong, or not on a network that Traefik sees',
    source: SOURCES.traefik,
  },
  { at: 'caddy', text: 'Its log names the upstream it dialled', source: SOURCES.caddy },
]
