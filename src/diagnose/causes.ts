import { type Advice, LET_THROUGH, ROUTING, SOURCES, UNREACHED } from './advice.ts'
import type { Hop } from './hops.ts'
import { type HttpAnswer, headerOf } from './http-answer.ts'
import type { Connection, Failure, Opened, Question } from './probe-result.ts'

/** An answer, or its want, as the table looks at it. */
export interface Seen {
  readonly question: Question
  readonly connection: Connection
  readonly answer: HttpAnswer | undefined
  readonly opened: Opened | undefined
  readonly failure: Failure | undefined
  readonly hops: readonly Hop[]
}

/** One row: what an answer looks like, what it means, what to do about it. */
export interface Cause {
  readonly id: string
  readonly when: (seen: Seen) => boolean
  /** What it means, in one or two sentences. */
  readonly means: (seen: Seen) => string
  readonly advice: readonly Advice[]
}

const status = ({ answer }: Seen): number => answer?.status ?? 0
const header = ({ answer }: Seen, name: string): string => headerOf(answer?.headers ?? [], name) ?? ''
const body = ({ answer }: Seen): string => answer?.body ?? ''
const failed = (...kinds: readonly Failure['kind'][]) => {
  return ({ failure }: Seen): boolean => failure !== undefined && kinds.includes(failure.kind)
}
const has = (seen: Seen, id: Hop['id']): boolean => seen.hops.some((hop) => hop.id === id)
const detail = ({ failure }: Seen): string => failure?.detail ?? ''

/** The protocols that an answer's `Upgrade` names. */
function wanted(seen: Seen): string[] {
  return header(seen, 'Upgrade')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

const asksFor =
  (pattern: RegExp) =>
  (seen: Seen): boolean =>
    wanted(seen).some((word) => pattern.test(word))
const wantsWebSocket = asksFor(/^websocket(?:\/|$)/i)
const wantsTls = asksFor(/^(?:TLS|SSL)\b/i)
const wantsHttp = asksFor(/^(?:HTTP\/[23]|h2c?$|h3$)/i)

/** Servers say in these words that a header of the handshake did not come. */
const LACKS_UPGRADE =
  /upgrade required|(?:can )?"?upgrade"? only to "?websocket|no websocket upgrade|'?upgrade'? token not found|not using the websocket protocol|(?:missing|invalid|expected).{0,40}(?:upgrade|connection) header|(?:upgrade|connection) header .{0,40}does not contain|not a websocket (?:handshake|request)|expects? websocket|websocket (?:request|connection|upgrade) (?:was )?expected/i
const LACKS_KEY = /sec-websocket-key/i

const eio = ({ question }: Seen): string | undefined => /[?&]EIO=(\d+)/.exec(question.url.target)?.[1]
/** Engine.IO says it as JSON, or, to who asks for an upgrade, by the bare message. */
const isSocketIoError =
  (code: number, message: string) =>
  (seen: Seen): boolean =>
    status(seen) === 400 &&
    (body(seen).trim() === message ||
      (new RegExp(`"code"\\s*:\\s*${code}\\b`).test(body(seen)) && body(seen).includes(message)))

const CLIENT = (text: string, source: string): Advice => ({ at: 'client', text, source })
const BACKEND = (text: string, source: string): Advice => ({ at: 'backend', text, source })

const HIDDEN = (name: string, where = ''): Advice => ({
  at: 'nginx',
  text: `${where}"proxy_hide_header ${name}" takes it out of the answer: the rule websocket/handshake-blocked finds it`,
  source: SOURCES.nginxHidden,
})
const SWITCHED = 'Have it answer "Upgrade: websocket" and "Connection: Upgrade"; let a WebSocket library do it'

const EIO_TABLE =
  'EIO=3 is spoken by Socket.IO clients and servers 1.x and 2.x, EIO=4 by 3.x and 4.x; clients 3.x and 4.x can’t talk to servers 2.x'

/** A redirect's goal, as WebSocket clients would have to ask for it; a page for people stays one. */
function goal(seen: Seen): string {
  const to = header(seen, 'Location')
  return isLogin(seen) ? to : to.replace(/^http(s?):/i, 'ws$1:')
}

/** Words that the URL has that was asked for say nothing. */
function isLogin(seen: Seen): boolean {
  const words = LOGIN.exec(withoutQuery(header(seen, 'Location')))
  return words !== null && !withoutQuery(seen.question.url.href).includes(words[0])
}

const LOGIN = /\b(?:log-?in|sign-?in|auth|authorize|sso|oauth2?)\b/i

function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '')
}

/** The first row that fits is what it is. */
export const CAUSES: readonly Cause[] = [
  {
    id: 'socket-io-version',
    when: (seen) =>
      isSocketIoError(5, 'Unsupported protocol version')(seen) ||
      /Unsupported protocol version/i.test(seen.opened?.refusal ?? ''),
    means: (seen) =>
      `This is Socket.IO, asked by EIO=${eio(seen) ?? '?'}, and the server speaks ${eio(seen) === '3' ? 'EIO=4' : 'another one'}${seen.opened ? ' (it answers 101, and then 400 where frames belong)' : ''}. ${EIO_TABLE}.`,
    advice: [
      CLIENT('Take the socket.io-client of the server’s major version', SOURCES.socketIo),
      BACKEND(
        'Or let a server of 3.1 and up take clients of 2.x: new Server(…, { allowEIO3: true })',
        SOURCES.socketIoMigration,
      ),
    ],
  },
  {
    id: 'refused-after-101',
    when: ({ opened }) => opened?.refusal !== undefined,
    means: ({ opened }) =>
      `It answers 101, and then "${opened?.refusal?.split('\r\n')[0]}" where frames belong: the application refuses after its library has accepted.`,
    advice: [BACKEND('Its log says why', SOURCES.accepting)],
  },
  {
    id: 'no-switch',
    when: (seen) => status(seen) === 101 && header(seen, 'Upgrade') === '',
    means: () => 'It answers 101 without "Upgrade: websocket": clients must close.',
    advice: [HIDDEN('Upgrade'), BACKEND(SWITCHED, SOURCES.opening)],
  },
  {
    id: 'wrong-switch',
    when: (seen) => status(seen) === 101 && wrongSwitch(seen) !== undefined,
    means: (seen) => `It answers 101 ${wrongSwitch(seen)}: clients must close.`,
    advice: [BACKEND(SWITCHED, SOURCES.opening)],
  },
  {
    id: 'opened-and-closed',
    when: (seen) => isAccepted(seen) && seen.opened?.ended !== undefined && seen.opened.pongMs === undefined,
    means: ({ opened }) =>
      opened?.ended === ''
        ? 'The WebSocket opens, and the connection is cut at once: something on the way does not keep the tunnel, or the backend fails.'
        : `The WebSocket opens, and the server closes it at once: ${opened?.ended}.`,
    advice: [BACKEND('Its log says why: an Origin, a token, a subprotocol that it wants', SOURCES.accepting)],
  },
  {
    id: 'opened-other-major',
    when: (seen) => isAccepted(seen) && eio(seen) === '4' && (seen.opened?.messages.includes('40') ?? false),
    means: () =>
      `The WebSocket opens, but the server speaks as Socket.IO 2.x does: it greets with "40" unasked. A client of 3.x or 4.x will give up. ${EIO_TABLE}`,
    advice: [
      CLIENT('Use socket.io-client 2.x, or raise the server to 4.x first', SOURCES.socketIoMigration),
      BACKEND(
        'Servers of 3.1 and up take older clients with "allowEIO3: true"; the other way there is no switch',
        SOURCES.socketIoMigration,
      ),
    ],
  },
  {
    id: 'opened-wrong-subprotocol',
    when: (seen) => isAccepted(seen) && !isSubprotocolFit(seen),
    means: (seen) =>
      header(seen, 'Sec-WebSocket-Protocol') === ''
        ? 'The WebSocket opens without a subprotocol. Browsers that asked for one close it.'
        : `The server chose the subprotocol "${header(seen, 'Sec-WebSocket-Protocol')}", which was not asked for: clients must close.`,
    advice: [
      BACKEND('Have it answer with one of the subprotocols that clients ask for', SOURCES.accepting),
      { at: 'nginx', text: 'No proxy_set_header row may blank Sec-WebSocket-Protocol', source: SOURCES.nginx },
    ],
  },
  {
    id: 'opened',
    when: isAccepted,
    means: (seen) =>
      seen.opened?.pongMs === undefined
        ? 'The WebSocket opens. The ping was not answered, though RFC 6455 wants that of every endpoint.'
        : 'The WebSocket opens, and messages cross: the ping was answered.',
    advice: [],
  },
  {
    id: 'not-asked',
    when: (seen) => status(seen) !== 101 && seen.answer !== undefined && blanked(seen) !== undefined,
    means: (seen) => `The request was no handshake: --header took ${blanked(seen)} out of it.`,
    advice: [],
  },
  {
    id: 'wrong-accept',
    when: (seen) => status(seen) === 101,
    means: (seen) =>
      `It answers 101, but Sec-WebSocket-Accept ${header(seen, 'Sec-WebSocket-Accept') === '' ? 'is missing' : 'is not the one for the key that was sent'}: clients must close. Something on the way makes up or replays answers, or the backend’s handshake is home-made.`,
    advice: [
      HIDDEN('Sec-WebSocket-Accept', 'Where it is missing: '),
      BACKEND('Accept = base64(SHA-1(key + GUID)); let a WebSocket library do it', SOURCES.accepting),
    ],
  },
  {
    id: 'websocket-version',
    when: (seen) =>
      (status(seen) === 426 || status(seen) === 400) &&
      header(seen, 'Sec-WebSocket-Version') !== '' &&
      !header(seen, 'Sec-WebSocket-Version')
        .split(',')
        .some((version) => version.trim() === askedVersion(seen)),
    means: (seen) =>
      `The server speaks version ${header(seen, 'Sec-WebSocket-Version')} of the protocol, and was asked for ${askedVersion(seen)}.`,
    advice: [
      CLIENT('13 is the version of RFC 6455; older ones are drafts of before 2011: raise the library', SOURCES.version),
      BACKEND('The same holds for the server’s library', SOURCES.version),
    ],
  },
  {
    id: 'tls-policy',
    when: (seen) => status(seen) === 426 && wantsTls(seen),
    means: (seen) =>
      `The server wants ${wanted(seen).join(', ')}: a protocol policy, no WebSocket trouble. ${tlsComparison(seen)}`,
    advice: [
      CLIENT('Ask by wss://, with a TLS library that speaks that version', SOURCES.upgradeRequired),
      {
        at: 'nginx',
        text: '"ssl_protocols TLSv1.2 TLSv1.3;" takes both; behind another TLS endpoint, "X-Forwarded-Proto $scheme" tells the backend',
        source: SOURCES.nginxHttps,
      },
      {
        at: 'alb',
        text: 'The listener’s security policy says which TLS versions it takes',
        source: SOURCES.albListener,
      },
    ],
  },
  {
    id: 'http-policy',
    when: (seen) => status(seen) === 426 && wantsHttp(seen),
    means: (seen) =>
      `The server wants ${wanted(seen).join(', ')} and was asked in HTTP/1.1, as every RFC 6455 handshake is: its HTTP version policy leaves no room for WebSockets on this path.`,
    advice: [
      BACKEND(
        'Let this path, or this port, take HTTP/1.1; WebSockets over HTTP/2 (RFC 8441) are another handshake, which few clients and proxies speak',
        SOURCES.overHttp2,
      ),
      { at: 'alb', text: 'Use a target group of protocol version HTTP1', source: SOURCES.albTarget },
      {
        at: 'nginx',
        text: 'nginx passes WebSockets by HTTP/1.1 only: "proxy_http_version 1.1", to a backend that takes it',
        source: SOURCES.nginx,
      },
    ],
  },
  {
    id: 'http-1.0-refused',
    when: (seen) => status(seen) === 426 && wanted(seen).length === 0 && body(seen) === '',
    means: (seen) =>
      `A bare 426, which does not say what it wants. Envoy and Istio answer so to HTTP/1.0, and nginx asks its backends in HTTP/1.0 unless told otherwise (before 1.29.7); or else Upgrade and Connection died on the way. ${suspect(seen)}`,
    advice: [...LET_THROUGH, BACKEND('If it is Envoy or Istio: have it asked in HTTP/1.1', SOURCES.envoyHttp10)],
  },
  {
    id: 'headers-lost',
    when: (seen) =>
      status(seen) === 426 || (status(seen) === 400 && (wantsWebSocket(seen) || LACKS_UPGRADE.test(body(seen)))),
    means: (seen) =>
      `The answer asks for the very upgrade that was sent: Upgrade and Connection died on the way. ${suspect(seen)}`,
    advice: LET_THROUGH,
  },
  {
    id: 'socket-io-session',
    when: isSocketIoError(1, 'Session ID unknown'),
    means: () =>
      'This is Socket.IO, and the session was opened at another process: requests of one client have to reach the same one.',
    advice: [
      { at: 'nginx', text: 'Put "ip_hash;" or "hash" into the upstream', source: SOURCES.socketIoSticky },
      { at: 'alb', text: 'Switch stickiness on for the target group', source: SOURCES.albTarget },
      BACKEND('Or offer the websocket transport only', SOURCES.socketIoSticky),
    ],
  },
  {
    id: 'socket-io-transport',
    when: isSocketIoError(0, 'Transport unknown'),
    means: () =>
      'This is Socket.IO, and the URL names no transport: a handshake goes to /socket.io/?EIO=4&transport=websocket.',
    advice: [CLIENT('Ask for that URL, as socket.io-client does', SOURCES.socketIo)],
  },
  {
    id: 'socket-io-bad-request',
    when: isSocketIoError(3, 'Bad request'),
    means: (seen) =>
      `This is Socket.IO, and it saw no upgrade where the URL asks for one: Upgrade and Connection died on the way. ${suspect(seen)}`,
    advice: LET_THROUGH,
  },
  {
    id: 'plain-to-tls',
    when: (seen) =>
      status(seen) === 400 &&
      /plain HTTP request was sent to HTTPS port|speaking plain HTTP to an SSL-enabled|Client sent an HTTP request to an HTTPS server/i.test(
        body(seen),
      ),
    means: () => 'Plain HTTP was sent to a port that speaks TLS.',
    advice: [CLIENT('Ask by wss://', SOURCES.opening)],
  },
  {
    id: 'client-certificate',
    when: (seen) => failed('client certificate')(seen) || wantsCertificate(seen),
    means: () =>
      'The server wants a certificate of the client, and probe has none to show. Browsers ask their user for one.',
    advice: [
      {
        at: 'nginx',
        text: '"ssl_verify_client on" holds for the whole server: "optional" leaves the choice to locations, by $ssl_client_verify',
        source: SOURCES.nginxClientCertificate,
      },
    ],
  },
  {
    id: 'key-lost',
    when: (seen) => status(seen) === 400 && LACKS_KEY.test(body(seen)),
    means: () => 'The upgrade came through, but Sec-WebSocket-Key did not.',
    advice: [
      {
        at: 'nginx',
        text: 'Look for "proxy_pass_request_headers off" and for rows that blank Sec-WebSocket-*: the rule websocket/handshake-blocked finds both',
        source: SOURCES.nginx,
      },
      {
        at: 'cloudfront',
        text: 'The origin request policy has to hand on the Sec-WebSocket-* headers',
        source: SOURCES.cloudfront,
      },
    ],
  },
  {
    id: 'bad-request',
    when: (seen) => status(seen) === 400,
    means: () =>
      'Something found the handshake wrong. Upgrade sent twice, a Host or Origin that is not expected, or a proxy that asks in HTTP/1.0 are the usual ones.',
    advice: [
      {
        at: 'nginx',
        text: '"ngxlint trace URL" shows what the backend would get: Upgrade once, Host once, HTTP/1.1',
        source: SOURCES.nginx,
      },
      { at: 'alb', text: 'It answers 400 itself for headers against RFC 9112', source: SOURCES.albErrors },
      BACKEND('Its log says what it missed', SOURCES.accepting),
    ],
  },
  {
    id: 'redirect',
    when: (seen) => status(seen) >= 300 && status(seen) < 400,
    means: (seen) =>
      `It redirects${goal(seen) === '' ? '' : ` to ${goal(seen)}`}, and WebSocket clients follow no redirect. ${redirectReason(seen)}`,
    advice: [
      CLIENT('Use the URL that it leads to, if that is the endpoint: ngxlint probe tells', SOURCES.opening),
      {
        at: 'nginx',
        text: 'Except this path from "return 301", or give "location = /ws" without the slash a proxy_pass of its own',
        source: SOURCES.nginxLocation,
      },
      {
        at: 'alb',
        text: 'A redirect rule of the listener comes first: give this path a rule before it',
        source: SOURCES.albListener,
      },
      {
        at: 'cloudflare',
        text: '"Always Use HTTPS" and redirect rules answer before the origin does',
        source: SOURCES.cloudflare,
      },
    ],
  },
  {
    id: 'challenge',
    when: (seen) => header(seen, 'cf-mitigated') !== '',
    means: () => 'Cloudflare asks for a browser challenge, which a WebSocket client can’t solve.',
    advice: [
      {
        at: 'cloudflare',
        text: 'Except this path from the WAF or bot rule that challenges',
        source: SOURCES.cloudflare,
      },
    ],
  },
  {
    id: 'unauthorized',
    when: (seen) => status(seen) === 401 || status(seen) === 407,
    means: () => 'It wants credentials. Browsers send cookies with a handshake, but can’t add an Authorization header.',
    advice: [
      CLIENT('Send them: --header "Cookie: …", or "Authorization: …" where it is no browser', SOURCES.opening),
      {
        at: 'nginx',
        text: 'auth_basic or auth_request of this location answers, or of one around it',
        source: SOURCES.nginxLocation,
      },
    ],
  },
  {
    id: 'cloudflare-refuses',
    when: (seen) => status(seen) === 403 && isPageOfCloudflare(seen),
    means: () => 'Cloudflare itself refuses: a rule, or it takes this client for a bot. The origin was not asked.',
    advice: [
      {
        at: 'cloudflare',
        text: 'Security, Events says which rule: except this path from it. What probe sends is no browser’s: try with its User-Agent and Cookie',
        source: SOURCES.cloudflareRules,
      },
    ],
  },
  {
    id: 'forbidden',
    when: (seen) => status(seen) === 403,
    means: ({ question }) =>
      question.headers.some(([name]) => name.toLowerCase() === 'origin')
        ? 'It refuses: most often the Origin or the Host is none that the application expects.'
        : 'It refuses. No Origin was sent, and many applications want the one of their page, or refuse a Host that they do not know.',
    advice: [
      CLIENT('Try --origin https://the.page', SOURCES.origin),
      {
        at: 'nginx',
        text: '"proxy_set_header Host $host;": without it the backend sees the name of the upstream; "deny" answers 403 too',
        source: SOURCES.nginx,
      },
      { at: 'cloudflare', text: 'A WAF or bot rule may answer: see Security, Events', source: SOURCES.cloudflare },
      { at: 'alb', text: 'An AWS WAF rule answers 403', source: SOURCES.albErrors },
      { at: 'envoy', text: 'It answers 403 to upgrades that no "upgrade_configs" allows', source: SOURCES.envoy },
      BACKEND(
        'Add the origin to what it allows (Socket.IO: cors, allowRequest; Rails: allowed_request_origins; Django: AllowedHostsOriginValidator)',
        SOURCES.origin,
      ),
    ],
  },
  {
    id: 'not-found',
    when: (seen) => status(seen) === 404 || status(seen) === 410,
    means: () =>
      'Nobody has a WebSocket at this path: another location or route answered, or the path was cut or lengthened on the way.',
    advice: [...ROUTING, BACKEND('Does its endpoint have this very path, last slash included?', SOURCES.accepting)],
  },
  {
    id: 'method',
    when: (seen) => status(seen) === 405 || status(seen) === 501,
    means: () =>
      'The method was refused, though a handshake is a GET: something changed it, or an endpoint for POST answers here.',
    advice: [
      { at: 'nginx', text: 'Look for proxy_method and limit_except', source: SOURCES.nginxLocation },
      ...ROUTING.slice(1),
    ],
  },
  {
    id: 'alb-protocol',
    when: (seen) => status(seen) === 464,
    means: () =>
      'An AWS load balancer says that the target group’s protocol version does not take this request: WebSockets need HTTP1.',
    advice: [
      {
        at: 'alb',
        text: 'Make a target group of protocol version HTTP1 (it can’t be changed later) and route this path to it',
        source: SOURCES.albErrors,
      },
    ],
  },
  {
    id: 'rate',
    when: (seen) => status(seen) === 429,
    means: () => 'Too many requests: a rate limit answers.',
    advice: [
      { at: 'nginx', text: 'limit_req or limit_conn of this location, with its status', source: SOURCES.nginxLocation },
      { at: 'cloudflare', text: 'A rate limiting rule', source: SOURCES.cloudflare },
    ],
  },
  {
    id: 'cloudflare-origin',
    when: (seen) => status(seen) >= 520 && status(seen) <= 530,
    means: (seen) =>
      `Cloudflare could not get an answer from the origin (${CLOUDFLARE_STATUS[status(seen)] ?? 'see its page'}).`,
    advice: UNREACHED.filter(({ at }) => at === 'cloudflare'),
  },
  {
    id: 'bad-gateway',
    when: (seen) => status(seen) === 502,
    means: () =>
      'A proxy got no usable answer from the next hop: it is down, speaks TLS where plain HTTP was sent or the other way, or closes on the handshake.',
    advice: UNREACHED,
  },
  {
    id: 'sockets-off',
    when: (seen) => status(seen) === 503 && /websockets? (?:is|are) disabled/i.test(seen.answer?.reason ?? ''),
    means: () => 'Azure App Service refuses the handshake: WebSockets are switched off for this app.',
    advice: [
      {
        at: 'azure-app',
        text: 'Switch "Web sockets" on: Settings, Configuration, General settings',
        source: SOURCES.azureApp,
      },
    ],
  },
  {
    id: 'unavailable',
    when: (seen) => status(seen) === 503,
    means: () => 'A proxy has no backend to ask (none healthy, none registered), or the backend refuses for now.',
    advice: UNREACHED,
  },
  {
    id: 'gateway-timeout',
    when: (seen) => status(seen) === 504,
    means: () =>
      'A proxy asked the next hop and waited in vain: the backend took the handshake for an ordinary request and hangs, or a firewall drops it.',
    advice: UNREACHED,
  },
  {
    id: 'http-version',
    when: (seen) => status(seen) === 505,
    means: () => 'The server refuses HTTP/1.1, which every RFC 6455 handshake is.',
    advice: [BACKEND('Let this path, or this port, take HTTP/1.1', SOURCES.overHttp2)],
  },
  {
    id: 'server-error',
    when: (seen) => status(seen) >= 500,
    means: () => 'The handshake got to something that broke over it.',
    advice: [
      BACKEND('Its log says why', SOURCES.accepting),
      { at: 'apache', text: 'AH01144 in its error log: no module for ws:// is loaded', source: SOURCES.apacheTunnel },
      { at: 'nginx', text: '500 of nginx itself: see its error log', source: SOURCES.nginxLocation },
    ],
  },
  {
    id: 'page',
    when: (seen) => status(seen) >= 200 && status(seen) < 300,
    means: (seen) =>
      /html/i.test(header(seen, 'Content-Type'))
        ? 'A page answers: the handshake was taken for an ordinary request, or went to the wrong place (a single-page app’s index.html answers for all paths).'
        : 'An ordinary answer: the handshake was taken for an ordinary request, since its headers died on the way, or it went to the wrong place.',
    advice: [...ROUTING, ...LET_THROUGH.filter(({ at }) => !ROUTING.some((advice) => advice.at === at))],
  },
  {
    id: 'other-status',
    when: ({ answer }) => answer !== undefined,
    means: (seen) => `It answers ${status(seen)}, not 101.`,
    advice: [BACKEND('Its log says why', SOURCES.accepting)],
  },
  {
    id: 'proxy-unreachable',
    when: failed('no proxy'),
    means: (seen) =>
      `The proxy of ${proxyOf(seen)} can’t be asked: ${detail(seen)}. The server itself was not reached.`,
    advice: [CLIENT('Is the proxy’s address right? --no-proxy asks without it', SOURCES.proxyVariables)],
  },
  {
    id: 'proxy-refuses',
    when: failed('proxy refuses'),
    means: (seen) =>
      `The proxy of ${proxyOf(seen)} opens no tunnel to the server: it answers "${detail(seen)}" to CONNECT.${proxyReason(seen)}`,
    advice: [
      CLIENT('--no-proxy asks without it; --proxy http://name:password@host:port asks through another', SOURCES.tunnel),
      { at: 'proxy', text: 'It has to allow CONNECT to this host and port', source: SOURCES.tunnel },
    ],
  },
  {
    id: 'proxy-silent',
    when: failed('proxy timeout'),
    means: (seen) =>
      `The proxy of ${proxyOf(seen)} was asked for a tunnel, and kept silent: most often it can’t reach the server either.`,
    advice: [CLIENT('--no-proxy asks without it', SOURCES.proxyVariables)],
  },
  {
    id: 'certificate',
    when: failed('certificate'),
    means: (seen) => `${certificateFault(seen)} (${detail(seen)}). Browsers close without a word, too.`,
    advice: [
      CLIENT('--insecure looks past it; clients won’t', SOURCES.opening),
      {
        at: 'proxy',
        text: 'A proxy that looks into TLS shows a certificate of its own: is the issuer your company?',
        source: SOURCES.tunnel,
      },
      {
        at: 'nginx',
        text: 'ssl_certificate needs the whole chain, for a server_name that is in the certificate; what was renewed holds from the next reload on',
        source: SOURCES.nginxHttps,
      },
    ],
  },
  {
    id: 'no-tls',
    when: failed('no tls'),
    means: () => 'TLS was spoken to a port that does not speak it.',
    advice: [
      CLIENT('Ask by ws://, or at the port that has TLS', SOURCES.opening),
      { at: 'nginx', text: '"listen 443 ssl;": without "ssl" the port speaks plain HTTP', source: SOURCES.nginxHttps },
    ],
  },
  {
    id: 'wants-tls',
    when: failed('wants tls'),
    means: () => 'Plain HTTP was sent to a port that speaks TLS.',
    advice: [CLIENT('Ask by wss://', SOURCES.opening)],
  },
  {
    id: 'alpn',
    when: (seen) => failed('tls')(seen) && /no.application.protocol/i.test(detail(seen)),
    means: () =>
      'The server takes no HTTP/1.1 over TLS (ALPN), which every RFC 6455 handshake needs: it speaks HTTP/2 only.',
    advice: [BACKEND('Let it offer "http/1.1" in ALPN beside "h2"', SOURCES.overHttp2)],
  },
  {
    id: 'tls-version',
    when: (seen) => failed('tls')(seen) && /protocol version|unsupported protocol|version too low/i.test(detail(seen)),
    means: (seen) =>
      `The server takes no TLS version that this client speaks, TLS 1.2 and 1.3 (${detail(seen)}). Browsers speak no older ones either.`,
    advice: [
      { at: 'nginx', text: '"ssl_protocols TLSv1.2 TLSv1.3;"', source: SOURCES.nginxHttps },
      BACKEND('Let it take TLS 1.2 or 1.3', SOURCES.overTls),
    ],
  },
  {
    id: 'tls-name',
    when: (seen) => failed('tls')(seen) && /unrecognized name/i.test(detail(seen)),
    means: ({ question }) =>
      `No server there takes the name ${question.url.host}: the TLS handshake is refused for it (SNI).`,
    advice: [
      CLIENT('Is it the name that the site goes by? An address is no name', SOURCES.overTls),
      {
        at: 'nginx',
        text: 'The name needs a server_name with a certificate; the default server has "ssl_reject_handshake on"',
        source: SOURCES.nginxReject,
      },
    ],
  },
  {
    id: 'tls',
    when: failed('tls'),
    means: (seen) =>
      `The TLS handshake failed: ${detail(seen)}. Most often the ciphers of both sides have nothing in common, no certificate is there for this name, or one of the client is wanted.`,
    advice: [
      {
        at: 'nginx',
        text: 'See ssl_protocols, ssl_ciphers and ssl_reject_handshake of the server that takes this name',
        source: SOURCES.nginxHttps,
      },
    ],
  },
  {
    id: 'http2-only',
    when: failed('http2'),
    means: () => 'The server speaks HTTP/2 only, and every RFC 6455 handshake is HTTP/1.1.',
    advice: [
      BACKEND('Let this port take HTTP/1.1 too', SOURCES.overHttp2),
      {
        at: 'nginx',
        text: '"listen … http2" without TLS takes HTTP/2 only before 1.25.1: leave it out',
        source: SOURCES.nginx,
      },
    ],
  },
  {
    id: 'no-name',
    when: failed('no name'),
    means: ({ question }) => `The name ${question.url.host} has no address.`,
    advice: [CLIENT('Is it spelt right? --resolve host:port:address goes past DNS', SOURCES.opening)],
  },
  {
    id: 'refused',
    when: failed('refused'),
    means: ({ question }) => `Nothing listens on port ${question.url.port} there.`,
    advice: [
      CLIENT('Is the port right, and the server up? In a container, localhost is the container', SOURCES.opening),
    ],
  },
  {
    id: 'unreachable',
    when: failed('unreachable', 'connect timeout'),
    means: (seen) => `No connection: ${detail(seen)}. A firewall or security group drops it, or the address is wrong.`,
    advice: [{ at: 'alb', text: 'Its security group has to let this port in', source: SOURCES.albErrors }],
  },
  {
    id: 'silence',
    when: failed('answer timeout'),
    means: (seen) =>
      `The connection was taken, and no whole answer came: ${detail(seen)}. What listens there speaks another protocol, or a proxy waits for its backend.`,
    advice: [
      {
        at: 'nginx',
        text: 'proxy_connect_timeout and proxy_read_timeout say how long nginx waits: 60 s',
        source: SOURCES.nginxTimeout,
      },
    ],
  },
  {
    id: 'closed',
    when: failed('closed'),
    means: ({ question }) =>
      `The connection was closed without an answer: "return 444", a backend that died, or a port of another protocol${question.url.isTls ? '' : ', as TLS (then ask by wss://)'}.`,
    advice: [
      {
        at: 'nginx',
        text: 'A server that catches unknown names by "return 444" does so: is this name in a server_name?',
        source: SOURCES.nginxLocation,
      },
    ],
  },
  {
    id: 'not-http',
    when: () => true,
    means: (seen) => `The answer is no HTTP/1.1: ${detail(seen)}.`,
    advice: [CLIENT('Is the port right?', SOURCES.opening)],
  },
]

/** Its own pages begin so, and apps' rarely do: https://github.com/websocket-client/websocket-client/issues/1017 */
function isPageOfCloudflare(seen: Seen): boolean {
  return has(seen, 'cloudflare') && /^<!DOCTYPE html>\s*<!--\[if lt IE/.test(body(seen))
}

function isAccepted({ opened }: Seen): boolean {
  return opened?.isAccepted === true
}

/** What clients have to miss in a 101 besides its key and subprotocol: https://www.rfc-editor.org/rfc/rfc6455#section-4.1 */
function wrongSwitch(seen: Seen): string | undefined {
  const to = header(seen, 'Upgrade')
  if (to.trim().toLowerCase() !== 'websocket') return `with "Upgrade: ${to}", not "websocket"`
  if (!/(?:^|,)\s*upgrade\s*(?:,|$)/i.test(header(seen, 'Connection'))) return 'without "Connection: Upgrade"'
  const extensions = header(seen, 'Sec-WebSocket-Extensions')
  const isAskedFor = headerOf(seen.question.headers, 'Sec-WebSocket-Extensions') !== undefined
  return extensions === '' || isAskedFor ? undefined : `with the extension "${extensions}", which was not asked for`
}

function isSubprotocolFit(seen: Seen): boolean {
  const { subprotocols } = seen.question
  const chosen = header(seen, 'Sec-WebSocket-Protocol')
  return chosen === '' ? subprotocols.length === 0 : subprotocols.includes(chosen)
}

/** A header of the handshake that was asked to be left out. */
function blanked({ question }: Seen): string | undefined {
  const needed = /^(?:upgrade|connection|sec-websocket-(?:key|version))$/i
  return question.headers.find(([name, value]) => value === '' && needed.test(name))?.[0]
}

function askedVersion({ question }: Seen): string {
  return headerOf(question.headers, 'Sec-WebSocket-Version') ?? '13'
}

/** nginx says so by a page with a status of 400: it has statuses of its own for it, 495 and 496, which only its log shows. */
function wantsCertificate(seen: Seen): boolean {
  return status(seen) === 400 && /No required SSL certificate was sent|The SSL certificate error/i.test(body(seen))
}

function certificateFault(seen: Seen): string {
  const fault = CERTIFICATE_FAULTS.find(([pattern]) => pattern.test(detail(seen)))
  return fault?.[1] ?? 'The certificate is not to be trusted'
}

/** By the words of OpenSSL and Node. */
const CERTIFICATE_FAULTS: readonly (readonly [words: RegExp, means: string])[] = [
  [/has expired/, 'The certificate has run out'],
  [/not yet valid/, 'The certificate is not valid yet: is the clock right, here and there?'],
  [/altnames|Hostname/, 'The certificate is for other names'],
  [/self.signed certificate in/, 'The certificate comes from an authority that nobody here trusts'],
  [/self.signed/, 'The certificate is self-signed: nobody vouches for it'],
  [
    /first certificate|local issuer/,
    'The certificate’s chain does not lead to an authority that is trusted here: most often the server does not send the one in between',
  ],
  [/revoked/, 'The certificate was revoked'],
]

function proxyOf({ connection }: Seen): string {
  return connection.proxy?.from ?? '--proxy'
}

function proxyReason(seen: Seen): string {
  if (/\b407\b/.test(detail(seen))) return ' It wants a name and a password.'
  if (/\b403\b|\b405\b/.test(detail(seen))) return ' Its rules forbid this host or port.'
  return /\b50[0234]\b/.test(detail(seen)) ? ' It can’t reach the server.' : ''
}

/** Which hop is the likeliest to have dropped the headers. */
function suspect(seen: Seen): string {
  if (has(seen, 'nginx')) return 'nginx drops both unless told otherwise, and it is on the way.'
  if (has(seen, 'apache')) return 'Apache httpd drops both unless told otherwise, and it is on the way.'
  if (seen.hops.some(({ id }) => id !== 'backend' && id !== 'proxy'))
    return 'What shows itself on the way passes them of itself: look behind it, at nginx or Apache, which do not.'
  return 'Nothing on the way shows itself; nginx and Apache drop both unless told otherwise.'
}

function tlsComparison({ connection, answer }: Seen): string {
  if (!connection.tls) return 'This client asked without TLS, and that is the reason.'
  const asked = /TLS\/?\s*v?(\d(?:\.\d)?)/i.exec(headerOf(answer?.headers ?? [], 'Upgrade') ?? '')?.[1]
  const spoken = /(\d(?:\.\d)?)$/.exec(connection.tls.version)?.[1]
  if (asked === undefined || spoken === undefined) return `This client spoke ${connection.tls.version}.`
  return Number(spoken) >= Number(asked)
    ? `This client spoke ${connection.tls.version}, which is enough: TLS ends before the one that answers, and what comes after is plain or older.`
    : `This client spoke ${connection.tls.version}, and that is the reason.`
}

function redirectReason(seen: Seen): string {
  if (isLogin(seen)) return 'It leads to a login page: the session is missing (send a cookie by --header).'
  const { url } = seen.question
  const to = header(seen, 'Location')
  const path = withoutQuery(url.target)
  const isSamePlace = withoutQuery(to).endsWith(path) || hostOf(to) === url.host
  if (/^https:/i.test(to) && !url.isTls && isSamePlace) return 'It sends plain requests to TLS: ask by wss://.'
  return withoutQuery(to).endsWith(`${path}/`) ? 'It only wants a slash at the end of the path.' : ''
}

function hostOf(location: string): string {
  const host = /^https?:\/\/([^/?#]*)/i.exec(location)?.[1] ?? ''
  return host.replace(/:\d+$/, '').toLowerCase()
}

const CLOUDFLARE_STATUS: Readonly<Record<number, string>> = {
  520: 'an empty or strange one',
  521: 'connection refused',
  522: 'connection timed out',
  523: 'not reachable',
  524: 'no answer in time',
  525: 'TLS handshake failed',
  526: 'its certificate is not valid',
  530: 'its name or tunnel is not there',
}
