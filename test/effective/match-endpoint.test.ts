import { describe, expect, test } from '@jest/globals'
import { type EndpointMatch, matchName, matchPath, matchPattern } from '../../src/effective/match-endpoint.ts'
import { genericEndpointSegments, webSocketEndpoints } from '../../src/effective/websocket-endpoints.ts'

/** The product, the generic segment or word in quotes, or null: what a table can show in one cell. */
function told(match: EndpointMatch | undefined): string | null {
  if (!match) return null
  return match.endpoint ? match.endpoint.product : `"${match.matched}"`
}

describe('matchPath', () => {
  test.each([
    // The endpoint as a location writes it
    ['/socket.io/', 'Socket.IO'],
    ['/socket.io', 'Socket.IO'],
    ['/cable', 'Action Cable'],
    ['/_blazor', 'Blazor Server'],
    ['/signalr', 'ASP.NET Core SignalR'],
    ['/notifications/hub', 'Vaultwarden'],
    ['/_stcore/stream', 'Streamlit'],
    ['/:/websockets/notifications', 'Plex Media Server'],
    ['/VAADIN/push', 'Vaadin push'],
    // A path below it
    ['/notifications/hub/negotiate', 'Vaultwarden'],
    ['/signalr/messages', 'ASP.NET Core SignalR'],
    ['/sockjs/123/a1b2c3/websocket', 'SockJS'],
    // An application in a folder
    ['/app/socket.io/', 'Socket.IO'],
    ['/grafana/api/live/ws', 'Grafana Live'],
    ['/jupyter/api/kernels/4c1f/channels', 'Jupyter Server'],
    // One segment each for a star
    ['/api/kernels/4c1f/channels', 'Jupyter Server'],
    ['/api2/json/nodes/pve1/qemu/100/vncwebsocket', 'Proxmox VE'],
    ['/api/servers/9d2e/ws', 'Pterodactyl Wings'],
    // The longer path knows better
    ['/browser-sync/socket.io/', 'Browsersync'],
    ['/wetty/socket.io/', 'WeTTY'],
    ['/realtime/v1/websocket', 'Supabase Realtime'],
    // A file name that is an endpoint all the same
    ['/webrtc-session.json', 'Wowza Streaming Engine'],
    ['/group/project/-/jobs/7/terminal.ws', 'GitLab'],
  ])('%s is the endpoint of %s', (path, product) => {
    expect(told(matchPath(path))).toBe(product)
  })

  test.each([
    ['/ws', '"ws"'],
    ['/ws/', '"ws"'],
    ['/ws/chat', '"ws"'],
    ['/chat/ws', '"ws"'],
    ['/api/v1/ws/', '"ws"'],
    ['/WS', '"ws"'],
    ['/wss', '"wss"'],
    ['/websocket', '"websocket"'],
    ['/WebSocket/', '"websocket"'],
    ['/api/v2/websockets', '"websockets"'],
    ['/web-socket', '"web-socket"'],
    ['/socket', '"socket"'],
    ['/jellyfin/socket', '"socket"'],
    ['/sockets/display', '"sockets"'],
    ['/api/ws', '"ws"'],
  ])('%s is told by the segment %s', (path, segment) => {
    expect(told(matchPath(path))).toBe(segment)
  })

  test.each([
    // Above an endpoint there are other things too
    '/notifications/',
    '/push/',
    '/live/',
    '/phoenix/',
    '/api/live/',
    '/api/kernels/',
    '/cockpit/',
    // Ordinary words, unless they begin the path
    '/shop/cable',
    '/products/cable/usb-c',
    '/articles/mqtt',
    // Files
    '/ws.html',
    '/ws/service.wsdl',
    '/websocket/guide.html',
    '/socket.io/socket.io.js',
    '/livereload.js',
    '/sockjs/sockjs.min.js',
  ])('%s is none', (path) => {
    expect(told(matchPath(path))).toBeNull()
  })

  const ordinaryPaths = [
    ...['/', '/index.html', '/favicon.ico', '/robots.txt', '/sitemap.xml', '/.well-known/acme-challenge/', '/healthz'],
    ...['/api', '/api/', '/api/v1/', '/api/v2/users', '/graphql', '/v1/graphql', '/rest/', '/rpc', '/jsonrpc', '/soap'],
    ...['/static/', '/assets/', '/media/', '/uploads/', '/images/', '/css/', '/js/', '/fonts/', '/dist/', '/public/'],
    ...['/login', '/logout', '/oauth2/callback', '/auth/', '/admin/', '/dashboard', '/metrics', '/status', '/search'],
    ...[
      '/news/',
      '/news',
      '/aws',
      '/aws/s3',
      '/wsdl',
      '/rows',
      '/rows/7',
      '/views',
      '/views/',
      '/reviews/',
      '/windows',
    ],
    ...['/browser', '/browse', '/laws/', '/jaws', '/flows/', '/wsgi', '/wso2', '/wssecurity', '/wsus/', '/workspace'],
    ...['/sockets-catalogue', '/power-sockets', '/websocket-tutorial', '/websockets-explained', '/what-is-websocket'],
    ...['/cables', '/cable-tv', '/stream', '/streaming/', '/streams', '/live', '/events', '/push', '/subscribe'],
    ...[
      '/chat',
      '/chat/rooms',
      '/notifications',
      '/hub',
      '/hubs',
      '/realtime',
      '/app/',
      '/app/settings',
      '/queue/join',
    ],
    ...['/comms', '/terminal', '/console', '/doc/guide/c/', '/devtools', '/session/', '/v1/subscribe', '/v1/events'],
    ...['/socketry', '/socket-io', '/mqtt-docs', '/signal', '/signals', '/ios', '/io', '/rtcstats', '/engine', '/sock'],
  ]
  test.each(ordinaryPaths)('%s is an ordinary path', (path) => {
    expect(told(matchPath(path))).toBeNull()
  })
  test('enough ordinary paths are looked at', () => {
    expect(new Set(ordinaryPaths).size).toBe(ordinaryPaths.length)
    expect(ordinaryPaths.length).toBeGreaterThanOrEqual(60)
  })
})

describe('matchPattern', () => {
  test.each([
    [String.raw`^/socket\.io/`, 'Socket.IO'],
    [String.raw`/socket\.io`, 'Socket.IO'],
    [String.raw`^/(socket\.io|sockjs)/`, 'Socket.IO'],
    ['^/socket[.]io/', 'Socket.IO'],
    [String.raw`^/socket\.io.*`, 'Socket.IO'],
    [String.raw`^/(?<prefix>[^/]+)/socket\.io/`, 'Socket.IO'],
    ['^/cool/(.*)/ws$', 'Collabora Online'],
    ['(/vaultwarden)?/notifications/hub', 'Vaultwarden'],
    ['^/api/kernels/[^/]+/channels$', 'Jupyter Server'],
    ['^/user/[^/]*/(api/kernels/[^/]+/channels|terminals/websocket)/?', 'Jupyter Server'],
    ['^/cable$', 'Action Cable'],
    ['^/api/v4/websocket$', 'Mattermost'],
    ['/ws(/|$)', '"ws"'],
    ['^/ws$', '"ws"'],
    ['^/ws/?$', '"ws"'],
    ['^/ws(?:/.*)?$', '"ws"'],
    ['^/ws.*$', '"ws"'],
    ['^/(api|ws)/', '"ws"'],
    ['^/[wW][sS]/', '"ws"'],
    ['(?i)^/WS/', '"ws"'],
    [String.raw`\A/ws\z`, '"ws"'],
    [String.raw`^/api/v\d+/websocket$`, '"websocket"'],
    ['/api/v[0-9]+/(users/)?websocket$', '"websocket"'],
    ['(/jellyfin)?/socket', '"socket"'],
    [String.raw`^/\w+/ws/`, '"ws"'],
    ['^/.*/ws$', '"ws"'],
  ])('%s is told by %s', (pattern, expected) => {
    expect(told(matchPattern(pattern))).toBe(expected)
  })

  test.each([
    // Ordinary patterns
    String.raw`\.(js|css)$`,
    String.raw`\.php$`,
    '^/(news|rows)/',
    '^/(api|admin)/',
    '^/~(.+?)(/.*)?$',
    '.*',
    '^/',
    '/',
    '',
    // Half a segment
    'ws$',
    'ws',
    String.raw`socket\.io`,
    '^/.*ws$',
    '^/ws[a-z]+$',
    String.raw`^/ws\d+/`,
    '^/wsx*/',
    '^/(a|ne)ws/',
    '^/ws-(one|two)/',
    String.raw`^/ws\.html$`,
    // Files below an endpoint
    String.raw`^/ws/.*\.js$`,
    String.raw`^/socket\.io/socket\.io(\.min)?\.js$`,
    // Only from the root
    '/cable$',
    '^/.+/cable$',
    // The opposite, and what can't be read
    '^/(?!ws/)',
    '^/(?!api).*/ws',
    '^/(?=ws)',
    '(?<!x)/ws/',
    '^/(ws',
    '^/ws)',
    '^/[ws/',
    '^/ws/\\',
    '(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)/ws',
  ])('%s tells nothing', (pattern) => {
    expect(told(matchPattern(pattern))).toBeNull()
  })

  test('a pattern of thousands of groups is given up, not followed', () => {
    expect(matchPattern(`${'('.repeat(9999)}${')'.repeat(9999)}/ws`)).toBeUndefined()
    expect(matchPattern(`${'(a?)'.repeat(9999)}/ws`)).toBeUndefined()
  })
})

describe('matchName', () => {
  test.each([
    ['socketio_nodes', 'Socket.IO'],
    ['socket-io', 'Socket.IO'],
    ['socket.io', 'Socket.IO'],
    ['SocketIO', 'Socket.IO'],
    ['my_socket_io_pool', 'Socket.IO'],
    ['socketio2', 'Socket.IO'],
    ['sockjs', 'SockJS'],
    ['SockJS-backend', 'SockJS'],
    ['@action_cable', 'Action Cable'],
    ['anycable', 'Action Cable'],
    ['signalr-hub', 'ASP.NET Core SignalR'],
    ['SignalR', 'ASP.NET Core SignalR'],
    ['centrifugo', 'Centrifugo'],
    ['websockify', 'noVNC'],
    ['soketi', 'Soketi'],
    ['reverb_8080', 'Laravel Reverb'],
    ['websocket_sockjs', 'SockJS'],
    ['websocket_backend', '"websocket"'],
    ['websocket', '"websocket"'],
    ['websockets', '"websockets"'],
    ['WebSocketPool', '"websocket"'],
    ['web_socket', '"websocket"'],
    ['websocket1', '"websocket"'],
    ['@websocket', '"websocket"'],
    ['ws', '"ws"'],
    ['ws-backend', '"ws"'],
    ['backend_ws', '"ws"'],
    ['wsBackend', '"ws"'],
    ['WSBackend', '"ws"'],
    ['app.ws.internal', '"ws"'],
    ['@ws', '"ws"'],
    ['wss_pool', '"wss"'],
  ])('%s is told by %s', (name, expected) => {
    expect(told(matchName(name))).toBe(expected)
  })

  test.each([
    ...['backend', 'app', 'api', 'web', 'node_app', '@fallback', 'php-fpm', 'localhost', '127.0.0.1', ''],
    ...['news', 'aws', 'AWS', 'wsgi', 'uwsgi_app', 'browser', 'windows', 'rows', 'laws-api', 'wsus', 'awss3'],
    // Unix sockets, and web servers counted
    ...['php_socket', 'app-socket', 'sockets', 'unix_socket', 'ws1', 'ws02.example.com', 'pool-ws3'],
    // Applications that also have a socket
    ...['grafana', 'jupyter', 'jellyfin', 'homeassistant', 'gitlab-workhorse', 'mattermost'],
    ...['socket', 'io', 'signal', 'cable', 'cable-shop', 'websocketry', 'web', 'w-s', 'stream', 'live', 'events'],
  ])('%s tells nothing', (name) => {
    expect(told(matchName(name))).toBeNull()
  })
})

describe('labels, as messages use them', () => {
  test.each([
    [matchPath('/socket.io/'), 'Socket.IO endpoint /socket.io', '/socket.io'],
    [matchPath('/chat/ws'), 'path segment "ws"', 'ws'],
    [matchPattern('^/cool/(.*)/ws$'), 'Collabora Online endpoint /cool/*/ws', '/cool/*/ws'],
    [matchName('ws-backend'), 'word "ws" in the name "ws-backend"', 'ws'],
    [matchName('socket_io'), 'Socket.IO by the name "socket_io"', 'socketio'],
  ])('%#', (match, label, matched) => {
    expect(match).toMatchObject({ label, matched })
  })
})

describe('the table', () => {
  const generic = new Set(genericEndpointSegments.map(({ segment }) => segment))

  test('has the products that people put behind nginx', () => {
    expect(webSocketEndpoints.length).toBeGreaterThanOrEqual(45)
  })

  test('names each product once', () => {
    const products = webSocketEndpoints.map(({ product }) => product.toLowerCase())
    expect(new Set(products).size).toBe(products.length)
  })

  test('gives each word to one product', () => {
    const words = webSocketEndpoints.flatMap((endpoint) => endpoint.words)
    expect(new Set(words).size).toBe(words.length)
    expect(words.filter((word) => !/^[a-z]{4,}$/.test(word))).toEqual([])
  })

  test('gives each path to one product', () => {
    const paths = webSocketEndpoints.flatMap((endpoint) => endpoint.paths)
    expect(new Set(paths).size).toBe(paths.length)
  })

  test.each(genericEndpointSegments)('says why "$segment" is generic', ({ segment, why }) => {
    expect(segment).toMatch(/^[a-z]+(?:[-_][a-z]+)*$/)
    expect(why).not.toBe('')
    expect(told(matchPath(`/${segment}`))).toBe(`"${segment}"`)
  })

  describe.each(webSocketEndpoints.map((endpoint) => [endpoint.product, endpoint] as const))('%s', (_, endpoint) => {
    test('can be found at all, and looked up', () => {
      expect(endpoint.paths.length + endpoint.words.length).toBeGreaterThan(0)
      expect(new URL(endpoint.source).protocol).toBe('https:')
      expect(endpoint.heartbeatSeconds ?? 1).toBeGreaterThan(0)
    })

    test('has absolute paths of whole segments, with something written out', () => {
      for (const path of endpoint.paths) {
        expect(path).toMatch(/^(?:\/(?:\*|[^/*?#\s]+))+(?:\/\*\*)?$/)
        expect(path).toMatch(/[a-z]{2}/i)
      }
    })

    test('is told by its own paths, in any pattern that spells them, and by its words', () => {
      for (const path of endpoint.paths) {
        const asked = path.replace(/\/\*\*$/, '/x').replaceAll('*', 'x') + (endpoint.trailingSlash ? '/' : '')
        const pattern = `^${asked.replaceAll('.', String.raw`\.`)}`
        for (const match of [matchPath(asked), matchPattern(pattern)]) {
          expect(match).toBeDefined()
          // A path of one generic segment is nobody's own.
          if (match?.endpoint !== endpoint) {
            expect(match?.endpoint).toBeUndefined()
            expect(generic.has(path.slice(1))).toBe(true)
          }
        }
      }
      for (const word of endpoint.words) expect(matchName(`${word}_1`)?.endpoint).toBe(endpoint)
    })
  })
})
