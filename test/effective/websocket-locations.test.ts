import { describe, expect, test } from '@jest/globals'
import { findWebSocketLocations } from '../../src/effective/index.ts'
import { modelOf } from './model-of.ts'

/** The WebSocket locations of a server, with what told: `/ws: its path has the segment "ws"`. */
function found(server: string, http = ''): string[] {
  return findWebSocketLocations(modelOf(`events {} http { ${http} server { ${server} } }`)).map(
    ({ scope, evidence, isSocketsOnly }) => {
      const path = scope.location?.directive?.arguments.map(({ value }) => value).join(' ')
      return `${path}: ${evidence.reason}${evidence.isCertain ? '' : ' (perhaps)'}${isSocketsOnly ? ' (sockets only)' : ''}`
    },
  )
}

describe('which locations are meant for WebSockets', () => {
  test.each([
    ['a catch-all is none', 'location / { proxy_pass http://b; }', []],
    ['version 1.1 alone proves nothing', 'location / { proxy_pass http://b; proxy_http_version 1.1; }', []],
    ['nor does a blank Connection', 'location / { proxy_pass http://b; proxy_set_header Connection ""; }', []],
    ['nor a blank Upgrade', 'location / { proxy_pass http://b; proxy_set_header Upgrade ""; }', []],
    [
      "nor the client's Connection",
      'location / { proxy_pass http://b; proxy_set_header Connection $http_connection; }',
      [],
    ],
    ['nor a path without a backend', 'location /ws { root /var/www; }', []],
    [
      'nor words that only look like it',
      'location /news { proxy_pass http://b; } location /aws/ { proxy_pass http://b; } location /rows { proxy_pass http://b; }',
      [],
    ],
    [
      'an Upgrade row',
      'location / { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }',
      ['/: "proxy_set_header Upgrade …" shows it'],
    ],
    [
      'a Connection row that means upgrade',
      'location / { proxy_pass http://b; proxy_set_header Connection Upgrade; }',
      ['/: "proxy_set_header Connection …" shows it'],
    ],
    [
      '$connection_upgrade, though no map defines it',
      'location / { proxy_pass http://b; proxy_set_header Connection $connection_upgrade; }',
      ['/: "proxy_set_header Connection …" shows it'],
    ],
    [
      'rows of a location whose try_files leads to another one',
      'location / { try_files $uri @b; proxy_set_header Upgrade $http_upgrade; } location @b { proxy_pass http://b; } location @c { proxy_pass http://b; }',
      ['@b: "proxy_set_header Upgrade …" of "location /", which leads here, shows it'],
    ],
    [
      'the same beside a location that sends handshakes on, so that they may be left over',
      'location / { try_files $uri @b; proxy_set_header Upgrade $http_upgrade; } location @b { proxy_pass http://b; } location /x { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }',
      [
        '@b: "proxy_set_header Upgrade …" of "location /", which leads here, shows it (perhaps)',
        '/x: "proxy_set_header Upgrade …" shows it',
      ],
    ],
    [
      'rows of the server, whose Upgrade a location takes away',
      'proxy_set_header Upgrade $http_upgrade; location /x { proxy_pass http://b; proxy_set_header Upgrade ""; } location /y { proxy_pass http://b; proxy_set_header A b; } location /ws { proxy_pass http://b; proxy_set_header Upgrade ""; }',
      ['/y: "proxy_set_header Upgrade …" shows it', '/ws: its path has the segment "ws" (sockets only)'],
    ],
    [
      'proxy_pass_header, which somebody took for proxy_set_header',
      'location / { proxy_pass http://b; proxy_pass_header Upgrade; } location /x { proxy_pass http://b; proxy_pass_header Server; }',
      ['/: "proxy_pass_header Upgrade" shows it'],
    ],
    [
      'rows whose header is misspelt',
      'location / { proxy_pass http://b; proxy_set_header Upgarde $http_upgrade; } location /x { proxy_pass http://b; proxy_set_header Connnection upgrade; } location /y { proxy_pass http://b; proxy_set_header Upgrades 1; }',
      ['/: "proxy_set_header Upgarde …" shows it', '/x: "proxy_set_header Connnection …" shows it'],
    ],
    [
      'a proxy_pass with the scheme of WebSockets, which nginx refuses',
      'location / { proxy_pass WSS://b; }',
      ['/: its proxy_pass says "WSS://"'],
    ],
    [
      'a path',
      'location /chat/ws { proxy_pass http://b; }',
      ['/chat/ws: its path has the segment "ws" (sockets only)'],
    ],
    [
      'a return for what is no handshake',
      'location /ray { if ($http_upgrade != "websocket") { return 404; } proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; } location /x { if ($request_method = GET) { return 404; } proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }',
      ['/ray: "proxy_set_header Upgrade …" shows it (sockets only)', '/x: "proxy_set_header Upgrade …" shows it'],
    ],
    [
      'a name that nothing but an if for handshakes leads to',
      'location / { error_page 418 = @ws; if ($http_upgrade) { return 418; } proxy_pass http://b; } location @ws { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }',
      ['@ws: "proxy_set_header Upgrade …" shows it (sockets only)'],
    ],
    [
      'names that more may lead to',
      'location / { error_page 418 404 = @ws; if ($http_upgrade) { return 418; } proxy_pass http://b; } location /a { error_page 419 = @a; if ($uri = /a) { return 419; } } location /b { try_files $uri @b; error_page 420 = @b; if ($http_upgrade) { return 420; } } location @ws { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; } location @a { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; } location @b { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }',
      [
        '@ws: "proxy_set_header Upgrade …" shows it',
        '@a: "proxy_set_header Upgrade …" shows it',
        '@b: "proxy_set_header Upgrade …" shows it',
      ],
    ],
    [
      'an endpoint of a product that ordinary requests use too',
      'location /socket.io/ { proxy_pass http://b; }',
      ['/socket.io/: its path has the Socket.IO endpoint /socket.io'],
    ],
    [
      'a regex that lets in other requests as well',
      'location ~ ^/(api|ws)/ { proxy_pass http://b; }',
      ['~ ^/(api|ws)/: its path has the segment "ws"'],
    ],
    [
      'a regex, where a prefix has the lines for these handshakes',
      'location ~ ^/(api|ws)/ { proxy_pass http://b; } location /ws/ { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }',
      ['/ws/: "proxy_set_header Upgrade …" shows it (sockets only)'],
    ],
    [
      'a regex that is not tried for them',
      'location ~ ^/(api|ws)/ { proxy_pass http://b; } location ^~ /ws/ { proxy_pass http://b; }',
      ['^~ /ws/: its path has the segment "ws" (sockets only)'],
    ],
    [
      'a regex behind another one that takes them',
      'location ~ ^/ws/ { proxy_pass http://b; } location ~ ^/(api|ws)/ { proxy_pass http://b; }',
      ['~ ^/ws/: its path has the segment "ws" (sockets only)'],
    ],
    [
      'a regex for more of them than the prefix',
      'location ~ ^/(cable|ws)/ { proxy_pass http://b; } location /ws/ { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }',
      [
        '~ ^/(cable|ws)/: its path has the Action Cable endpoint /cable (sockets only)',
        '/ws/: "proxy_set_header Upgrade …" shows it (sockets only)',
      ],
    ],
    [
      'a regex and a prefix that has the lines, but a rewrite may lead elsewhere',
      'rewrite ^/x /y; location ~ ^/ws/ { proxy_pass http://b; } location ^~ /ws/ { proxy_pass http://b; }',
      [
        '~ ^/ws/: its path has the segment "ws" (sockets only)',
        '^~ /ws/: its path has the segment "ws" (sockets only)',
      ],
    ],
    [
      'a regex and a prefix of which none has the lines',
      'location ~ ^/(api|ws)/ { proxy_pass http://b; } location /ws/ { proxy_pass http://b; }',
      ['~ ^/(api|ws)/: its path has the segment "ws"', '/ws/: its path has the segment "ws" (sockets only)'],
    ],
    [
      'a regex',
      'location ~* ^/ws(/|$) { proxy_pass http://b; }',
      ['~* ^/ws(/|$): its path has the segment "ws" (sockets only)'],
    ],
    [
      'the path of the backend',
      'location /live { proxy_pass http://b/websocket; }',
      ['/live: its proxy_pass has the segment "websocket"'],
    ],
    [
      'the name of an upstream',
      'location /live { proxy_pass http://ws-backend; }',
      ['/live: its upstream is "ws-backend"'],
    ],
    [
      'an address or a domain is no such name',
      'location /live { proxy_pass http://ws.example.com; } location /x { proxy_pass http://10.0.0.1:80; }',
      [],
    ],
    ['a named location', 'location @websocket { proxy_pass http://b; }', ['@websocket: its name is "@websocket"']],
    [
      'an if that lets handshakes in',
      'location / { if ($http_upgrade = "websocket") { proxy_pass http://b; } }',
      ['/: it asks for $http_upgrade (sockets only)'],
    ],
    ['an if that keeps them out', 'location / { if ($http_upgrade != "websocket") { proxy_pass http://b; } }', []],
    [
      'rows of the server that reach no location at all',
      'proxy_set_header Upgrade $http_upgrade; location / { proxy_pass http://b; proxy_set_header Host $host; }',
      ['/: "proxy_set_header Upgrade …" shows it'],
    ],
    [
      'rows of the server that another location does without',
      'proxy_set_header Upgrade $http_upgrade; location / { proxy_pass http://b; } location /api { proxy_pass http://b; proxy_set_header Host $host; }',
      ['/: "proxy_set_header Upgrade …" shows it', '/api: "proxy_set_header Upgrade …" shows it (perhaps)'],
    ],
    [
      'rows of the server that serve nobody, beside a location that has its own',
      'proxy_set_header Upgrade $http_upgrade; location /a { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; } location /api { proxy_pass http://b; proxy_set_header Host $host; }',
      ['/a: "proxy_set_header Upgrade …" shows it', '/api: "proxy_set_header Upgrade …" shows it (perhaps)'],
    ],
    [
      'a comment that says so',
      'location /feed { # ngxlint-websocket\n proxy_pass http://b; }',
      ['/feed: a comment says so'],
    ],
    ['a comment that says no', '\n# ngxlint-not-websocket -- SOAP\n location /ws { proxy_pass http://b; }', []],
  ])('%s', (_, server, expected) => {
    expect(found(server)).toEqual(expected)
  })
})
