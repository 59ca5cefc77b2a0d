/** What nginx refuses of `proxy_pass`, and of a `server` of an upstream, is an error here, and nothing else is. */
import { expectAgreement } from './agreement.ts'
import { describeWithNginx } from './describe-with-nginx.ts'

const ADDRESSES = {
  taken: ['127.0.0.1', '127.0.0.1:080', '[::1]', '[::1]:80', '8080', 'localhost', 'unix:/x', 'unix:x', 'UNIX:///x'],
  refused: [
    ...['127.0.0.1:', '127.0.0.1:0', '127.0.0.1:65536', '127.0.0.1:80-90', '127.0.0.1:80:90', '127.0.0.1:+80'],
    ...['127.0.0.1:x', ':80', '""', '"127.0.0.1:80 "', '[::1', '[::1]:x', 'unix:'],
  ],
}

const PARAMETERS = {
  taken: [
    ...['', 'weight=2', 'weight=99999999999', 'max_conns=0', 'max_fails=0', 'fail_timeout=10', 'fail_timeout=1M'],
    ...['"fail_timeout=1m 30s"', 'backup', 'down', 'weight=2 max_fails=3 fail_timeout=30s'],
  ],
  refused: [
    ...['weigth=2', 'weight', 'weight=', 'weight=0', 'weight=2.5', 'WEIGHT=2', 'max_conns=x', 'max_fails=-1'],
    ...['fail_timeout=10x', 'fail_timeout=500ms', 'backup=1', 'Backup', 'default_server', '127.0.0.2'],
  ],
}

const server = (text: string) => `upstream u { server ${text}; server 127.0.0.3; }`
const pass = (url: string, around = 'location /x') =>
  `server { listen 127.0.0.1:8080; ${around} { proxy_pass ${url}; } }`
const url = (address: string) => `http://${address.replaceAll('"', '')}`
const PLACES = [
  'location ~ ^/x',
  'location ~* x',
  'location @x',
  'location /x { if ($uri)',
  'location /x { limit_except GET',
]
const placed = (place: string, one: string) => `${pass(one, place)}${place.includes('{') ? ' }' : ''}`

/** Of the passes that take an address, each with some that only it takes. */
const OTHERS = {
  taken: [
    ...['fastcgi_pass', 'uwsgi_pass', 'scgi_pass', 'grpc_pass', 'set $memcached_key k; memcached_pass'].flatMap(
      (name) => ['127.0.0.1:1', '[::1]:1', 'unix:/x', 'UNIX:///x', 'u', 'U'].map((address) => `${name} ${address}`),
    ),
    ...['grpc_pass grpc://127.0.0.1:1', 'grpc_pass GRPCS://u', 'grpc_pass grpc://unix:/x', 'uwsgi_pass uwsgi://u'],
    ...[
      'uwsgi_pass suwsgi://127.0.0.1:1',
      'uwsgi_pass uwsgi://unix:/x',
      'fastcgi_pass unix:/x:',
      'proxy_pass http://U',
    ],
  ],
  refused: [
    ...['fastcgi_pass', 'uwsgi_pass', 'scgi_pass', 'grpc_pass', 'memcached_pass'].flatMap((name) =>
      [
        '127.0.0.1',
        'v',
        '127.0.0.1:x',
        '127.0.0.1:1/x',
        'http://127.0.0.1:1',
        '/x',
        'unix:',
        ':1',
        'u:1',
        '[::1]',
        '1',
      ].map((address) => `${name} ${address}`),
    ),
    ...['grpc_pass grpc://127.0.0.1', 'grpc_pass grpc://127.0.0.1:1/', 'grpc_pass grpc://', 'uwsgi_pass grpc://u'],
    ...['fastcgi_pass fastcgi://127.0.0.1:1', 'proxy_pass http://u:80', 'proxy_pass https://U:81/x'],
  ],
}
const otherPass = (text: string) => `upstream u { server 127.0.0.1; } server { location /x { ${text}; } }`

const TAKEN = [
  ...OTHERS.taken.map(otherPass),
  ...ADDRESSES.taken.flatMap((address) => [server(address), pass(url(address)), placed(PLACES[0] ?? '', url(address))]),
  ...PARAMETERS.taken.map((parameters) => server(`127.0.0.1 ${parameters}`)),
  ...['http://127.0.0.1/', 'http://127.0.0.1/x', 'http://127.0.0.1?x', 'http://unix:/x:/y', 'http://unix:/x:'].map(
    (one) => pass(one),
  ),
  ...['HTTPS://127.0.0.1', '"http://127.0.0.1"', '$uri', 'http://$host'].map((one) => pass(one)),
  ...PLACES.flatMap((place) =>
    ['http://127.0.0.1', 'http://unix:/x', 'http://unix:/x:', 'http://127.0.0.1$uri'].map((one) => placed(place, one)),
  ),
  ...['location = /x', 'location ^~ /x'].map((place) => placed(place, 'http://127.0.0.1/')),
]

const REFUSED = [
  ...OTHERS.refused.map(otherPass),
  ...ADDRESSES.refused
    .filter((address) => address !== '""')
    .flatMap((address) => [server(address), pass(`"${url(address)}"`)]),
  ...['', 'http://', 'http:///x', 'http://:80/x', 'http://unix::/x'].map((one) => pass(`"${one}"`)),
  ...['localhost', 'localhost:3000', '//localhost', 'http:/localhost', 'https//localhost', 'unix:/x', '/x', '3000'].map(
    (one) => pass(one),
  ),
  ...['ws://localhost', 'wss://localhost/x', 'grpc://127.0.0.1:1', 'tcp://127.0.0.1:1', 'h2://127.0.0.1'].map((one) =>
    pass(one),
  ),
  ...PARAMETERS.refused.map((parameters) => server(`127.0.0.1 ${parameters}`)),
  ...['http://127.0.0.1:3000', 'ws://127.0.0.1', '127.0.0.1/', '127.0.0.1:1/x', '127.0.0.1?x', 'https://localhost'].map(
    server,
  ),
  ...PLACES.flatMap((place) =>
    ['http://127.0.0.1/', 'http://127.0.0.1/x', 'http://127.0.0.1?x', 'http://unix:/x:/'].map((one) =>
      placed(place, one),
    ),
  ),
]

describeWithNginx('the address of a backend', (add) => {
  add(`is taken, by nginx and here: ${TAKEN.length} configurations`, () => expectAgreement(TAKEN, true))
  add(`is refused, by nginx and here: ${REFUSED.length} configurations`, () => expectAgreement(REFUSED, false))
})
