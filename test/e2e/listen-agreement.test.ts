/** What nginx refuses of `listen`, and of servers that share an address, is an error here, and nothing else is. */
import { certificateFiles } from '../prove/certificate.ts'
import { expectAgreement } from './agreement.ts'
import { describeWithNginx } from './describe-with-nginx.ts'
import { nginxHas, nginxIsAtLeast } from './nginx-binary.ts'

/** What stands behind `listen`. */
const TAKEN = [
  ...['8080', '*:8080', '127.0.0.1:8080', '127.0.0.1', '[::1]:8080', '[::1]', '8080-8082', 'unix:/tmp/ngxlint.sock'],
  ...[
    'default',
    'default_server',
    'default_server default_server',
    'bind',
    'deferred',
    'reuseport',
    'proxy_protocol',
    'http2',
  ].map(on),
  ...[
    'backlog=511',
    'rcvbuf=0',
    'rcvbuf=1m',
    'sndbuf=8K',
    'fastopen=0',
    'fastopen=3',
    'ipv6only=on',
    'accept_filter=x',
  ].map(on),
  ...['on', 'off', '30m', '30m::10', ':30s', '1:2:3', '::1'].map((value) => on(`so_keepalive=${value}`)),
]
const REFUSED = [
  ...[
    '0',
    '70000',
    '8080-8070',
    ':8080',
    '127.0.0.1:',
    '127.0.0.1:x',
    '[port]',
    '[80]',
    '[]:80',
    '127.0.0.1:0',
    '127.0.0.1:8080/',
    'http://127.0.0.1:8080',
    'unix:',
  ],
  ...[
    'foo',
    'SSL',
    'Default_server',
    'ssl=on',
    '""',
    'backlog',
    'backlog=',
    'backlog=x',
    'backlog=0',
    'backlog=-1',
  ].map(on),
  ...['rcvbuf=x', 'rcvbuf=1g', 'sndbuf=-1', 'fastopen=x', 'ipv6only=x', 'ipv6only=ON'].map(on),
  ...['', 'x', '::', 'a:b:c', '1:2:3:4', '0:0:0', 'ON'].map((value) => on(`so_keepalive=${value}`)),
]

function on(parameter: string): string {
  return `127.0.0.1:8080 ${parameter}`
}

const PAIR = 'ssl_certificate certificate.pem; ssl_certificate_key key.pem;'
const A = 'listen 127.0.0.1:8080'

/** What servers that share an address may say of it together. */
const SERVERS_TAKEN = [
  `server { ${A} default_server backlog=5; } server { ${A}; }`,
  'server { listen 8080 default_server; } server { listen 127.0.0.1:8080 default_server; }',
  'server { listen 8080 default_server; } server { listen [::]:8080 default_server; }',
  `server { ${A} proxy_protocol http2; } server { ${A} proxy_protocol http2; }`,
  `server { ${A} ssl; ${PAIR} } server { ${A}; } server { ${A} ssl; }`,
  `server { ${A}; } server { ${A} ssl default_server; ${PAIR} }`,
  `${PAIR} server { ${A} ssl; }`,
  `ssl_certificate certificate.pem; server { ${A} ssl; ssl_certificate_key key.pem; }`,
  `ssl_certificate_key key.pem; server { ${A} ssl; ssl_certificate certificate.pem; }`,
  `server { ${A} ssl; ssl_certificate $ssl_server_name.pem; ssl_certificate_key key.pem; }`,
  `server { ${A} ssl; ssl_reject_handshake on; }`,
  `server { ${A} ssl; ssl_reject_handshake on; } server { ${A} ssl; ${PAIR} }`,
  `ssl_reject_handshake on; server { ${A} ssl; } server { ${A} ssl; }`,
  `server { ${A}; ssl_certificate_key key.pem; }`,
  `server { ${A}; location / { proxy_pass http://127.0.0.1; proxy_ssl_certificate certificate.pem; } }`,
  `proxy_ssl_certificate_key key.pem; server { ${A}; location / { proxy_pass https://127.0.0.1; proxy_ssl_certificate certificate.pem; } }`,
  `${PAIR} server { ${A}; ssl on; }`,
  `ssl on; server { ${A}; ${PAIR} }`,
  `ssl on; server { ${A}; ssl off; }`,
  `server { ${A}; ssl on; ssl_reject_handshake on; }`,
  `server { ${A} quic; ${PAIR} } server { ${A} quic; }`,
  `server { ${A}; } server { ${A} quic; ${PAIR} }`,
  `server { ${A} quic default_server; ${PAIR} } server { ${A} ssl default_server; ${PAIR} }`,
  `server { ${A} quic; ssl_reject_handshake on; }`,
]
const SERVERS_REFUSED = [
  `server { ${A} default_server; } server { ${A} default; }`,
  'server { listen 8080 default_server; } server { listen 0.0.0.0:8080 default_server; }',
  'server { listen [::]:8080 default_server; } server { listen [0::0]:8080 default_server; }',
  'server { listen 8080-8082 default_server; } server { listen 8081 default_server; }',
  ...['backlog=5', 'reuseport', 'bind', 'deferred', 'ipv6only=on', 'so_keepalive=on', 'rcvbuf=1k', 'fastopen=3'].map(
    (option) => `server { ${A} ${option}; } server { ${A} ${option}; }`,
  ),
  `server { ${A} rcvbuf=1k; } server { ${A} reuseport; }`,
  `server { ${A} ssl; }`,
  `server { ${A} ssl; ssl_certificate_key key.pem; }`,
  `server { ${A} ssl; ssl_certificate certificate.pem; }`,
  `server { ${A}; ssl_certificate certificate.pem; }`,
  `server { ${A}; location / { proxy_pass https://127.0.0.1; proxy_ssl_certificate certificate.pem; } }`,
  `proxy_ssl_certificate certificate.pem; server { ${A}; location / { proxy_pass https://127.0.0.1; } }`,
  `ssl_certificate certificate.pem; server { ${A}; }`,
  `server { ${A} ssl; } server { ${A} ssl; ${PAIR} }`,
  `server { ${A}; } server { ${A} ssl; ${PAIR} }`,
  `server { ${A} ssl; ssl_reject_handshake on; } server { ${A} ssl; }`,
  `server { ${A}; ssl on; }`,
  `ssl on; server { ${A}; }`,
  `server { ${A}; ${PAIR} } server { ${A}; ssl on; }`,
  `server { ${A}; ssl on; ssl_certificate certificate.pem; }`,
  `server { ${A} quic; }`,
  `server { ${A} quic; ${A} ssl; }`,
  `server { ${A} ssl; ${PAIR} } server { ${A} quic; }`,
  `server { ${A} quic; } server { ${A} quic; ${PAIR} }`,
  `server { ${A} quic; ssl_reject_handshake on; } server { ${A} quic; }`,
]

describeWithNginx('listen', (add) => {
  for (const [what, isTaken, all] of [
    ['is taken', true, TAKEN],
    ['is refused', false, REFUSED],
  ] as const)
    add(`${what}, by nginx and here: ${all.length} forms of it`, () =>
      expectAgreement(all, isTaken, (one) => `server { listen ${one}; }`),
    )
})

describeWithNginx(
  'servers of one address',
  (add) => {
    const known = (all: readonly string[]) => {
      const unknown = [
        ...(nginxIsAtLeast('1.19.4') ? [] : ['ssl_reject_handshake']),
        ...(nginxIsAtLeast('1.25.1') ? ['ssl on;'] : []),
        ...(nginxHas('http_v3_module') ? [] : [' quic']),
      ]
      return all.filter((one) => !unknown.some((word) => one.includes(word)))
    }
    add('are taken, by nginx and here', () => expectAgreement(known(SERVERS_TAKEN), true))
    add('are refused, by nginx and here', () => expectAgreement(known(SERVERS_REFUSED), false))
  },
  { here: certificateFiles() !== undefined, what: 'openssl' },
)
