/**
 * Answers of hops that no test can start. `recorded` ones were printed in public by who got them, at `source`: status, headers and what was
 * shown of the body are as they stand there, with dates, cookies and ids blanked. `written` ones have the form that `source` describes.
 */
export interface PublicAnswer {
  readonly how: 'recorded' | 'written'
  readonly source: string
  /** The head of the answer, and its body after an empty line. */
  readonly text: string
  readonly url?: string
  readonly cause: string
  readonly hops: readonly string[]
  readonly means?: RegExp
  readonly advises?: readonly string[]
}

const ALB_PAGE = (status: string) =>
  `<html>\n<head><title>${status}</title></head>\n<body>\n<center><h1>${status}</h1></center>\n</body>\n</html>\n`

const CLOUDFLARE_ERRORS =
  'https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/'
const ALB_ERRORS =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html'
const HTTP = 'https://www.rfc-editor.org/rfc/rfc9110'

export const CLOUDFLARE: Readonly<Record<string, PublicAnswer>> = {
  'a 502 for a handshake, of Cloudflare itself': {
    how: 'recorded',
    source: 'https://github.com/warmcat/libwebsockets/issues/3173',
    text: 'HTTP/1.1 502 Bad Gateway\nDate: -\nContent-Type: text/plain; charset=UTF-8\nContent-Length: 15\nConnection: keep-alive\nX-Frame-Options: SAMEORIGIN\nReferrer-Policy: same-origin\nCache-Control: private, max-age=0, no-store, no-cache, must-revalidate, post-check=0, pre-check=0\nExpires: Thu, 01 Jan 1970 00:00:01 GMT\nServer: cloudflare\nCF-RAY: 0-NRT\n\nerror code: 502',
    cause: 'bad-gateway',
    hops: ['cloudflare'],
    advises: ['cloudflare', 'nginx'],
  },
  'a 403 for a handshake: its page for clients that it takes for bots': {
    how: 'recorded',
    source: 'https://github.com/websocket-client/websocket-client/issues/1017',
    text: 'HTTP/1.1 403 Forbidden\nDate: -\nContent-Type: text/html; charset=UTF-8\nContent-Length: 4517\nConnection: keep-alive\nX-Frame-Options: SAMEORIGIN\nReferrer-Policy: same-origin\nCache-Control: max-age=15\nExpires: -\nSet-Cookie: __cf_bm=-; path=/; HttpOnly; Secure\nStrict-Transport-Security: max-age=31536000; includeSubDomains; preload\nX-Content-Type-Options: nosniff\nServer: cloudflare\nCF-RAY: 0-HKG\n\n<!DOCTYPE html>\n<!--[if lt IE',
    cause: 'cloudflare-refuses',
    hops: ['cloudflare'],
    means: /Cloudflare itself refuses/,
    advises: ['cloudflare'],
  },
  'a 522: the origin does not take the connection': {
    how: 'recorded',
    source: 'https://github.com/coyove/goflyway/issues/119',
    text: 'HTTP/1.1 522 Origin Connection Time-out\nDate: -\nContent-Type: text/html; charset=UTF-8\nTransfer-Encoding: chunked\nConnection: keep-alive\nSet-Cookie: __cfduid=-; path=/; HttpOnly\nSet-Cookie: cf_use_ob=0; path=/\nExpires: Thu, 01 Jan 1970 00:00:01 GMT\nCache-Control: no-store, no-cache, must-revalidate, post-check=0, pre-check=0\nPragma: no-cache\nServer: cloudflare\nCF-RAY: -\n\n0\n\n',
    cause: 'cloudflare-origin',
    hops: ['cloudflare'],
    means: /connection timed out/,
    advises: ['cloudflare'],
  },
  'a 520: only its status line was printed': {
    how: 'recorded',
    source: 'https://github.com/niv/websocket.nim/issues/27',
    text: 'HTTP/1.1 520 Origin Error\n\n',
    cause: 'cloudflare-origin',
    hops: [],
    means: /an empty or strange one/,
  },
  'an Azure app behind it, whose switch for WebSockets is off': {
    how: 'recorded',
    source: 'https://github.com/aaronpowell/httpstatus/issues/103',
    text: 'HTTP/1.1 503 WebSocket request made to a site where WebSockets are disabled.\nDate: -\nContent-Length: 0\nConnection: close\nX-Powered-By: ASP.NET\nSet-Cookie: ARRAffinity=-;Path=/;HttpOnly;Domain=httpstat.us\nCF-Cache-Status: DYNAMIC\nNEL: {"success_fraction":0,"report_to":"cf-nel","max_age":604800}\nServer: cloudflare\nCF-RAY: 0-YUL\nalt-svc: h2=":443"; ma=60\n\n',
    cause: 'sockets-off',
    hops: ['cloudflare', 'azure-app'],
    advises: ['azure-app'],
  },
  'a backend of aiohttp behind a tunnel that drops Upgrade: status, type and body were printed': {
    how: 'recorded',
    source: 'https://github.com/cloudflare/cloudflared/issues/1652',
    text: 'HTTP/1.1 400 Bad Request\nContent-Type: text/plain\n\nNo WebSocket UPGRADE hdr: None\n Can "Upgrade" only to "WebSocket".',
    cause: 'headers-lost',
    hops: [],
  },
  'a 426 of a backend behind it': {
    how: 'written',
    source: 'https://developers.cloudflare.com/fundamentals/reference/http-headers/',
    text: 'HTTP/1.1 426 Upgrade Required\nContent-Type: text/plain\nConnection: keep-alive\nCF-Cache-Status: DYNAMIC\nServer: cloudflare\nCF-RAY: 0-FRA\nalt-svc: h3=":443"; ma=86400\nContent-Length: 16\n\nUpgrade Required',
    cause: 'headers-lost',
    hops: ['cloudflare'],
    means: /look behind it, at nginx or Apache/,
    advises: ['cloudflare', 'nginx'],
  },
  'a challenge': {
    how: 'written',
    source: 'https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/',
    text: 'HTTP/1.1 403 Forbidden\nContent-Type: text/html; charset=UTF-8\ncf-mitigated: challenge\nServer: cloudflare\nCF-RAY: 0-FRA\nContent-Length: 0\n\n',
    cause: 'challenge',
    hops: ['cloudflare'],
    advises: ['cloudflare'],
  },
  'a 521: the origin refuses the connection': {
    how: 'written',
    source: CLOUDFLARE_ERRORS,
    text: 'HTTP/1.1 521 \nContent-Type: text/plain; charset=UTF-8\nContent-Length: 15\nServer: cloudflare\nCF-RAY: 0-FRA\n\nerror code: 521',
    cause: 'cloudflare-origin',
    hops: ['cloudflare'],
    means: /connection refused/,
    advises: ['cloudflare'],
  },
}

export const ALB: Readonly<Record<string, PublicAnswer>> = {
  'a 400 for what is no HTTP': {
    how: 'recorded',
    source: 'https://hayashier.gitbook.io/article/load-balancer/clb-alb-nlb-response',
    text: 'HTTP/1.1 400 Bad Request\nServer: awselb/2.0\nDate: -\nContent-Type: text/html\nContent-Length: 138\nConnection: close\n\n<html>\n<head><title>400 Bad Request</title></head>\n<body bgcolor=white>\n<center><h1>400 Bad Request</h1></center>\n</body>\n</html>',
    cause: 'bad-request',
    hops: ['alb'],
    advises: ['alb', 'nginx', 'backend'],
  },
  'a 502: the target does not run (printed of HTTP/2, without the body)': {
    how: 'recorded',
    source:
      'https://github.com/awslabs/scale-out-computing-on-aws/blob/fe0f3a4be1434644774b7c7f88ae655afb95314e/docs/troubleshooting/troubleshoot-dcv.md',
    text: 'HTTP/1.1 502 Bad Gateway\nserver: awselb/2.0\ndate: -\ncontent-type: text/html\ncontent-length: 122\n\n',
    cause: 'bad-gateway',
    hops: ['alb'],
    advises: ['alb', 'nginx'],
  },
  'a 464: HTTP/1.1 to a target group of HTTP/2 (status, Server and an empty body were printed)': {
    how: 'recorded',
    source: 'https://github.com/pleaseai/shunt/issues/170',
    text: 'HTTP/1.1 464 \nServer: awselb/2.0\nContent-Length: 0\n\n',
    cause: 'alb-protocol',
    hops: ['alb'],
    advises: ['alb'],
  },
  'a 503: no healthy target': {
    how: 'written',
    source: ALB_ERRORS,
    text: `HTTP/1.1 503 Service Temporarily Unavailable\nServer: awselb/2.0\nContent-Type: text/html\nContent-Length: 162\nConnection: keep-alive\n\n${ALB_PAGE('503 Service Temporarily Unavailable')}`,
    cause: 'unavailable',
    hops: ['alb'],
    advises: ['alb', 'nginx'],
  },
  'a 504: the target keeps silent': {
    how: 'written',
    source: ALB_ERRORS,
    text: `HTTP/1.1 504 Gateway Time-out\nServer: awselb/2.0\nContent-Type: text/html\nConnection: keep-alive\n\n${ALB_PAGE('504 Gateway Time-out')}`,
    cause: 'gateway-timeout',
    hops: ['alb'],
    advises: ['alb', 'nginx'],
  },
  'a 403 of a WAF': {
    how: 'written',
    source: ALB_ERRORS,
    text: `HTTP/1.1 403 Forbidden\nServer: awselb/2.0\nContent-Type: text/html\n\n${ALB_PAGE('403 Forbidden')}`,
    cause: 'forbidden',
    hops: ['alb'],
    advises: ['client', 'alb', 'nginx', 'backend'],
  },
  'a 301 of a listener rule': {
    how: 'written',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html',
    text: 'HTTP/1.1 301 Moved Permanently\nServer: awselb/2.0\nLocation: https://example.com:443/ws\nContent-Length: 0\n\n',
    url: 'ws://example.com/ws',
    cause: 'redirect',
    hops: ['alb'],
    means: /ask by wss:/,
    advises: ['client', 'alb', 'nginx'],
  },
  'a 426 of nginx behind it, with its cookie of stickiness': {
    how: 'written',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/sticky-sessions.html',
    text: 'HTTP/1.1 426 Upgrade Required\nServer: nginx/1.22.1\nContent-Type: text/plain\nContent-Length: 16\nConnection: keep-alive\nUpgrade: websocket\nSet-Cookie: AWSALB=abc; Path=/\n\nUpgrade Required',
    cause: 'headers-lost',
    hops: ['alb', 'nginx'],
    means: /nginx drops both unless told otherwise/,
    advises: ['alb', 'nginx'],
  },
}

export const OTHERS: Readonly<Record<string, PublicAnswer>> = {
  'a 426 that names no protocol (BitMEX, 2019)': {
    how: 'recorded',
    source: 'https://github.com/BitMEX/api-connectors/issues/379',
    text: 'HTTP/1.1 426 Upgrade Required\nDate: -\nContent-Type: text/plain\nTransfer-Encoding: chunked\nConnection: keep-alive\ncache-control: no-store, no-cache, must-revalidate, max-age=0\npragma: no-cache\nX-RateLimit-Limit: 40\nStrict-Transport-Security: max-age=31536000; includeSubDomains\n\n10\nUpgrade Required\n0\n\n',
    cause: 'headers-lost',
    hops: [],
    advises: ['nginx'],
  },
  'a bare 426 of Envoy, which HTTP/1.0 gets': {
    how: 'recorded',
    source: 'https://github.com/pistacheio/pistache/issues/646',
    text: 'HTTP/1.1 426 Upgrade Required\ndate: -\nserver: envoy\ncontent-length: 0\n\n',
    cause: 'http-1.0-refused',
    hops: ['envoy'],
    means: /HTTP\/1\.0/,
    advises: ['envoy', 'nginx', 'backend'],
  },
  'a bare 426 of an Envoy behind nginx, which puts its own name there': {
    how: 'written',
    source: 'https://github.com/envoyproxy/envoy/issues/18608',
    text: 'HTTP/1.1 426 Upgrade Required\nServer: nginx/1.22.1\nContent-Length: 0\nConnection: keep-alive\n\n',
    cause: 'http-1.0-refused',
    hops: ['nginx'],
    means: /nginx .*HTTP\/1\.0/,
    advises: ['nginx', 'backend'],
  },
  'gorilla/websocket without the headers': {
    how: 'written',
    source: 'https://github.com/gorilla/websocket',
    text: "HTTP/1.1 400 Bad Request\nContent-Type: text/plain; charset=utf-8\nSec-Websocket-Version: 13\nX-Content-Type-Options: nosniff\nContent-Length: 104\n\nBad Request\nwebsocket: the client is not using the websocket protocol: 'upgrade' token not found in 'Connection' header",
    cause: 'headers-lost',
    hops: [],
  },
  'coder/websocket without the headers: type and body were printed': {
    how: 'recorded',
    source: 'https://github.com/coder/websocket/issues/173',
    text: 'HTTP/1.1 400 Bad Request\nContent-Type: text/plain; charset=utf-8\n\nwebsocket protocol violation: Connection header "" does not contain Upgrade',
    cause: 'headers-lost',
    hops: [],
  },
  'Socket.IO 4 asked by a client of 2.x': {
    how: 'written',
    source: 'https://socket.io/docs/v4/troubleshooting-connection-issues/',
    text: 'HTTP/1.1 400 Bad Request\nContent-Type: application/json\nContent-Length: 51\n\n{"code":5,"message":"Unsupported protocol version"}',
    url: 'wss://example.com/socket.io/?EIO=3&transport=websocket',
    cause: 'socket-io-version',
    hops: [],
    advises: ['client', 'backend'],
  },
  'to TLS': {
    how: 'written',
    source: HTTP,
    text: 'HTTP/1.1 301 Moved Permanently\nServer: nginx\nLocation: https://example.com/ws\nContent-Length: 0\n\n',
    url: 'ws://example.com/ws',
    cause: 'redirect',
    hops: ['nginx'],
    means: /to wss:\/\/example\.com\/ws.*ask by wss:/,
  },
  'to a slash': {
    how: 'written',
    source: HTTP,
    text: 'HTTP/1.1 301 Moved Permanently\nServer: nginx\nLocation: https://example.com/ws/\nContent-Length: 0\n\n',
    cause: 'redirect',
    hops: ['nginx'],
    means: /only wants a slash/,
  },
  'to a login page': {
    how: 'written',
    source: HTTP,
    text: 'HTTP/1.1 302 Found\nLocation: /login?next=/ws\nContent-Length: 0\n\n',
    cause: 'redirect',
    hops: [],
    means: /login page/,
  },
  'to a login page of another server, by TLS': {
    how: 'written',
    source: HTTP,
    text: 'HTTP/1.1 302 Found\nLocation: https://sso.example.org/login?next=/ws\nContent-Length: 0\n\n',
    url: 'ws://example.com/ws',
    cause: 'redirect',
    hops: [],
    means: /to https:\/\/sso\.example\.org\/login.*follow no redirect\. It leads to a login page/,
  },
  'to the start page of another server, by TLS': {
    how: 'written',
    source: HTTP,
    text: 'HTTP/1.1 302 Found\nLocation: https://example.org/\nContent-Length: 0\n\n',
    url: 'ws://example.com/ws',
    cause: 'redirect',
    hops: [],
    means: /to wss:\/\/example\.org\/, and WebSocket clients follow no redirect\.$/,
  },
  'to TLS, and its start page': {
    how: 'written',
    source: HTTP,
    text: 'HTTP/1.1 301 Moved Permanently\nLocation: https://example.com/\nContent-Length: 0\n\n',
    url: 'ws://example.com/ws',
    cause: 'redirect',
    hops: [],
    means: /ask by wss:/,
  },
  'to TLS, where the path has words of a login page': {
    how: 'written',
    source: HTTP,
    text: 'HTTP/1.1 301 Moved Permanently\nLocation: https://auth.example.com/sso/ws\nContent-Length: 0\n\n',
    url: 'ws://auth.example.com/sso/ws',
    cause: 'redirect',
    hops: [],
    means: /ask by wss:/,
  },
  'no Origin': {
    how: 'written',
    source: HTTP,
    text: 'HTTP/1.1 403 Forbidden\nServer: nginx\nContent-Length: 0\n\n',
    cause: 'forbidden',
    hops: ['nginx'],
    means: /No Origin was sent/,
  },
  'Traefik knows no such router': {
    how: 'written',
    source: 'https://doc.traefik.io/traefik/getting-started/faq/',
    text: 'HTTP/1.1 404 Not Found\nContent-Type: text/plain; charset=utf-8\nX-Content-Type-Options: nosniff\nContent-Length: 19\n\n404 page not found\n',
    cause: 'not-found',
    hops: [],
  },
  'a page of a single-page app': {
    how: 'written',
    source: HTTP,
    text: 'HTTP/1.1 200 OK\nServer: Caddy\nContent-Type: text/html; charset=utf-8\nContent-Length: 15\n\n<!doctype html>',
    cause: 'page',
    hops: ['caddy'],
    means: /index\.html/,
    advises: ['caddy'],
  },
  'a TLS port that was asked in plain': {
    how: 'written',
    source: 'https://nginx.org/en/docs/http/configuring_https_servers.html',
    text: 'HTTP/1.1 400 Bad Request\nServer: nginx/1.22.1\nContent-Type: text/html\nContent-Length: 60\n\n<center>The plain HTTP request was sent to HTTPS port</center>',
    url: 'ws://example.com:443/ws',
    cause: 'plain-to-tls',
    hops: ['nginx'],
  },
}
