import { describe, expect, test } from '@jest/globals'
import { assessHandshake, isGood } from '../../src/effective/index.ts'
import { locationOf, modelOf } from './model-of.ts'

const V = 'proxy_http_version 1.1;'
const U = 'proxy_set_header Upgrade $http_upgrade;'
const C = 'proxy_set_header Connection "upgrade";'
const MAP = "map $http_upgrade $connection_upgrade { default upgrade; '' close; }"

/** What becomes of a handshake: `good`, or each thing that is wrong with it. */
function assess(
  lines: string,
  { http = '', server = '', version }: { http?: string; server?: string; version?: string } = {},
): string {
  const text = `events {} http { ${http} server { ${server} location / { proxy_pass http://b; ${lines} } } }`
  const model = modelOf(text, version)
  const handshake = assessHandshake(locationOf(model, '/'), model)
  if (isGood(handshake)) return 'good'
  const { version: found, upgrade, connection, obstacles } = handshake
  return [
    found.state === 'good' ? '' : `version ${found.state}`,
    upgrade.state === 'good' ? '' : `upgrade ${upgrade.state}`,
    connection.state === 'good' ? '' : `connection ${connection.state}`,
    ...obstacles.map(({ kind }) => kind),
  ]
    .filter((part) => part !== '')
    .join(', ')
}

describe('what a location makes of a handshake', () => {
  test.each([
    ['nothing is said', '', {}, 'version unset, upgrade missing, connection missing'],
    ['the three lines', V + U + C, {}, 'good'],
    ['without the version', U + C, {}, 'version unset'],
    ['without it, since 1.29.7', U + C, { version: '1.29.7' }, 'good'],
    ['without it, before 1.29.7', U + C, { version: '1.29.6' }, 'version unset'],
    ['version 1.0', `proxy_http_version 1.0; ${U}${C}`, { version: '1.31.0' }, 'version wrong'],
    ['version 2', `proxy_http_version 2; ${U}${C}`, { version: '1.31.0' }, 'version wrong'],
    ['all in the server', '', { server: V + U + C }, 'good'],
    ['all in http', '', { http: V + U + C }, 'good'],
    [
      'a row of its own drops those of the server',
      'proxy_set_header Host $host;',
      { server: V + U + C },
      'upgrade missing, connection missing',
    ],
    ['the map', `${V}${U} proxy_set_header Connection $connection_upgrade;`, { http: MAP }, 'good'],
    ['no map', `${V}${U} proxy_set_header Connection $connection_upgrade;`, {}, 'connection undefined variable'],
    [
      'a map without default',
      `${V}${U} proxy_set_header Connection $c;`,
      { http: "map $http_upgrade $c { '' close; }" },
      'connection blank',
    ],
    ['names without case', `${V} proxy_set_header UPGRADE WebSocket; proxy_set_header connection UPGRADE;`, {}, 'good'],
    ['a list with the token', `${V}${U} proxy_set_header Connection "keep-alive, Upgrade";`, {}, 'good'],
    ['a word that only contains it', `${V}${U} proxy_set_header Connection "upgrades";`, {}, 'connection wrong'],
    ["the client's Connection", `${V}${U} proxy_set_header Connection $http_connection;`, {}, 'good'],
    ['the other header', `${V}${U} proxy_set_header Connection $http_upgrade;`, {}, 'connection wrong'],
    [
      'blank',
      `${V} proxy_set_header Upgrade ""; proxy_set_header Connection "";`,
      {},
      'upgrade blank, connection blank',
    ],
    ['doubled', `${V}${U}${U}${C}`, {}, 'upgrade doubled'],
    ['doubled, but one is blank', `${V} proxy_set_header Upgrade ""; ${U}${C}`, {}, 'good'],
    ['a literal of another protocol', `${V} proxy_set_header Upgrade h2c; ${C}`, {}, 'upgrade wrong'],
    ['a variable of set', `${V} proxy_set_header Upgrade $u; ${C}`, { server: 'set $u websocket;' }, 'good'],
    [
      'a colon in the names',
      `${V} proxy_set_header Upgrade: $http_upgrade; proxy_set_header "Connection :" upgrade;`,
      {},
      'upgrade colon, connection colon',
    ],
    ['Upgrade with a colon and without', `${V}${U}${C} proxy_set_header Upgrade: x;`, {}, 'upgrade doubled'],
    ['Connection with a colon and without', `${V}${U}${C} proxy_set_header Connection: x;`, {}, 'good'],
    ['with a colon, but empty', `${V} proxy_set_header Upgrade: ""; ${C}`, {}, 'upgrade blank'],
    [
      'with a colon, and empty without',
      `${V} ${U.replace('e ', 'e: ')} proxy_set_header Upgrade ""; ${C}`,
      {},
      'upgrade colon',
    ],
    [
      'names of variables without case',
      `${V} proxy_set_header Upgrade $HTTP_Upgrade; proxy_set_header Connection $Connection_Upgrade;`,
      { http: MAP.replace('$http', '$Http') },
      'good',
    ],
    ...['upgade', 'upgrad', 'upgarde', 'uupgrade', 'upgrada', 'upgrade_', '_upgrade'].map(
      (name) =>
        [
          `a header that no client sends: $http_${name}`,
          `${V} proxy_set_header Upgrade $http_${name}; ${C}`,
          {},
          'upgrade blank',
        ] as const,
    ),
    [
      'the variable of a map, taken for a header',
      `${V}${U} proxy_set_header Connection $http_connection_upgrade;`,
      { http: MAP },
      'connection blank',
    ],
    ['likewise for Connection', `${V}${U} proxy_set_header Connection $http_connecton;`, {}, 'connection blank'],
    [
      'likewise in a map',
      `${V}${U} proxy_set_header Connection $connection_upgrade;`,
      { http: MAP.replace('upgrade', 'Upgarde') },
      'connection wrong',
    ],
    [
      'a hyphen for the "_": the number of the connection, and text',
      `${V}${U} proxy_set_header Connection $connection-upgrade;`,
      { http: MAP },
      'connection wrong',
    ],
    [
      'names of headers that are misspelt',
      `${V} proxy_set_header Upgarde $http_upgrade; proxy_set_header Conection upgrade;`,
      {},
      'upgrade misspelt, connection misspelt',
    ],
    [
      'likewise with a colon',
      `${V} proxy_set_header Upgarde: $http_upgrade; proxy_set_header Conection: upgrade;`,
      {},
      'upgrade misspelt, connection misspelt',
    ],
    ['beside the right one', `${V}${U}${C} proxy_set_header Upgarde $http_upgrade;`, {}, 'good'],
    [
      'other headers, for something else',
      `${V} proxy_set_header Upgrades 1; proxy_set_header Connections $connections_active;`,
      {},
      'upgrade missing, connection missing',
    ],
    ['a header that a proxy before may send', `${V} proxy_set_header Upgrade $http_x_upgrade; ${C}`, {}, 'good'],
    ['a cookie, which nobody knows', `${V} proxy_set_header Upgrade $cookie_u; ${C}`, {}, 'good'],
  ] as const)('%s', (_, lines, around, expected) => {
    expect(assess(lines, around)).toBe(expected)
  })
})

describe('what keeps a handshake from the backend, whatever its headers', () => {
  test.each([
    ['proxy_pass_request_headers off;', {}, 'request headers off'],
    ['', { server: 'proxy_pass_request_headers off;' }, 'request headers off'],
    ['proxy_set_header Sec-WebSocket-Key "";', {}, 'handshake header'],
    ['proxy_set_header Sec-WebSocket-Version 8;', {}, 'handshake header'],
    ['proxy_set_header Sec-WebSocket-Version $http_sec_websocket_version;', {}, 'good'],
    ['proxy_set_header Sec-WebSocket-Protocol "";', {}, 'handshake header'],
    ['proxy_set_header Sec-WebSocket-Extensions "";', {}, 'good'],
    ['proxy_set_header Host "";', {}, 'host'],
    ['proxy_set_header Host $host; proxy_set_header Host $host;', {}, 'host'],
    ['proxy_set_header Host $http_host;', {}, 'good'],
    ['proxy_set_header Host: $http_host;', {}, 'host'],
    ['proxy_set_header Host $http_host; proxy_set_header Host: a;', {}, 'host'],
    ['proxy_set_header Host: "";', {}, 'good'],
    ['proxy_set_header Host $http_hots;', {}, 'host'],
    ['proxy_set_header Sec-WebSocket-Key $http_sec_websoket_key;', {}, 'handshake header'],
    ['proxy_set_header Sec-WebSocket-Version $http_sec_websocket_versoin;', {}, 'handshake header'],
    ['proxy_method POST;', {}, 'method'],
    ['proxy_method GET;', {}, 'good'],
    ['limit_except POST { deny all; }', {}, 'limit_except'],
    ['limit_except GET { deny all; }', {}, 'good'],
    ['limit_except POST { allow 10.0.0.0/8; deny all; }', {}, 'good'],
    ['return 404;', {}, 'return'],
    ['try_files $uri $uri/ /index.html;', {}, 'try_files'],
    ['rewrite ^/(.*)$ /x/$1 permanent;', {}, 'return'],
    ['rewrite ^ https://$host$request_uri;', {}, 'return'],
    ['rewrite ^/x/(.*)$ /$1 permanent;', {}, 'good'],
    ['rewrite ^/$ /x permanent;', {}, 'good'],
    ['rewrite ^/(.*)$ /x/$1 break;', {}, 'good'],
    ['rewrite ^/y /z break; rewrite ^/(.*)$ /x/$1 permanent;', {}, 'good'],
    ['', { server: 'rewrite ^(.*) https://$host$1 permanent;' }, 'return'],
    ['try_files $uri =404;', {}, 'try_files'],
    ['try_files /maintenance.html @app;', {}, 'good'],
    ['', { server: 'try_files $uri /index.html;' }, 'good'],
    ['', { server: 'return 301 https://$host$request_uri;' }, 'return'],
    ['if ($http_upgrade) { break; } return 404;', {}, 'good'],
    ['rewrite ^/a /b break; return 404;', {}, 'good'],
    ['if ($slow) { set $limit_rate 1k; } return 404;', { server: 'set $slow 1;' }, 'return'],
    ['if ($http_upgrade = "websocket") { return 400; }', {}, 'return'],
    ['if ($http_upgrade ~* websocket) { return 400; }', {}, 'return'],
    ['if ($http_upgrade != "websocket") { return 400; }', {}, 'good'],
    ['if ($http_upgrade = "") { return 404; } if ($request_method != POST) { return 405; }', {}, 'return'],
    ['if ($request_method = OPTIONS) { return 204; }', {}, 'good'],
    ['if ($request_method !~ ^(GET|POST)$) { return 405; }', {}, 'good'],
    ['if ($http_origin != "https://a") { return 403; }', {}, 'good'],
    ['if ($http_sec_websocket_protocol = "") { return 401; }', {}, 'good'],
    ['if ($u = websocket) { return 400; }', { server: 'set $u $http_upgrade;' }, 'good'],
    ['if ($http_upgrade) { rewrite ^ /x break; } if ($http_upgrade) { return 400; }', {}, 'good'],
    ['if ($http_upgrade) { rewrite ^/(.*)$ /x/$1 permanent; }', {}, 'return'],
    ['', { server: 'if ($http_upgrade) { return 400; }' }, 'return'],
    ['rewrite ^/(.*)$ /x/$1;', { server: 'location /x { return 204; }' }, 'rewrite'],
    ['rewrite /(.*) /x/$1 last;', { server: 'location /x { proxy_pass http://c; }' }, 'rewrite'],
    ['rewrite ^/(.*)$ /x/$1 break;', { server: 'location /x { return 204; }' }, 'good'],
    ['rewrite ^/(.*)$ /x/$1; break;', { server: 'location /x { return 204; }' }, 'good'],
    ['rewrite ^/y/(.*)$ /x/$1;', { server: 'location /x { return 204; }' }, 'good'],
    ['rewrite ^/(.*)$ /y/$1;', { server: 'location /x { return 204; }' }, 'good'],
    ['rewrite ^/(.*)$ /x/$1;', { server: 'location ~ (?=a)b { } location /x { return 204; }' }, 'good'],
    ['rewrite ^/(.*)$ /x/$1;', { server: `location /x { proxy_pass http://c; ${V}${U}${C} }` }, 'good'],
    ['if ($uri) { break; } rewrite ^/(.*)$ /x/$1;', { server: 'location /x { return 204; }' }, 'good'],
    ['proxy_hide_header Upgrade;', {}, 'hidden header'],
    ['proxy_hide_header Connection; proxy_hide_header X-Powered-By;', {}, 'good'],
    ['', { http: 'proxy_hide_header upgrade;' }, 'hidden header'],
    ['proxy_hide_header X-Powered-By;', { http: 'proxy_hide_header Upgrade;' }, 'good'],
    ['proxy_pass_header upgrade;', { http: 'proxy_hide_header Upgrade;' }, 'good'],
    ['', { server: 'listen 80 http2;' }, 'HTTP/2 alone'],
    ['', { server: 'listen 80 http2;', version: '1.25.0' }, 'HTTP/2 alone'],
    ['', { server: 'listen 80 http2;', version: '1.25.1' }, 'good'],
    ['', { server: 'listen 80 http2; listen [::]:80 default_server http2;' }, 'HTTP/2 alone'],
    ['', { server: 'listen 80 http2; listen 8080;' }, 'good'],
    ['', { server: 'listen 443 ssl http2;' }, 'good'],
    ['', { server: 'listen 443 http2; ssl on;' }, 'good'],
  ] as const)('%s %j', (lines, around, expected) => {
    expect(assess(V + U + C + lines, around)).toBe(expected)
  })
})
