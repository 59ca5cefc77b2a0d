/** What nginx refuses in `stream` and `mail` is an error here, and nothing else is. */
import { changedIn } from '../../src/nginx/defaults.ts'
import { certificateFiles } from '../prove/certificate.ts'
import { expectAgreement } from './agreement.ts'
import { describeWithNginx } from './describe-with-nginx.ts'
import { findNginx, nginxIsAtLeast } from './nginx-binary.ts'
import { linesToLoad } from './nginx-modules.ts'

interface Table {
  readonly taken: readonly string[]
  readonly refused: readonly string[]
}

const A = 'listen 127.0.0.1:8080'
const PAIR = 'ssl_certificate certificate.pem; ssl_certificate_key key.pem;'
const logging = (log: string, before = '', after = '') =>
  `stream { ${before} server { ${A}; access_log ${log}; return a; } ${after} }`
const limited = (limit: string, zone: string) => `stream { ${zone} server { ${A}; ${limit} return a; } }`
const zoned = (zone: string) => `stream { upstream u { zone ${zone}; server 127.0.0.1:1; } }`
const mail = (text: string, around = '') =>
  `mail { auth_http 127.0.0.1:1; ${around} server { ${A}; protocol imap; ${text} } }`

const listening = (words: string) => `stream { server { ${A} ${words}; ${PAIR} return a; } }`
const mailListening = (words: string) =>
  `mail { auth_http 127.0.0.1:1; server { ${A} ${words}; protocol imap; ${PAIR} } }`
const sharing = (one: string, other: string, ones = '', others = '') =>
  `stream { server { ${A}${ones}; ${one} return a; } server { ${A}${others}; ${other} return b; } }`
const asking = (whom: string) => `mail { auth_http ${whom}; server { ${A}; protocol imap; } }`
const isSince = (version: string) => findNginx() !== undefined && nginxIsAtLeast(version)
const KEYLESS = `stream { ssl_certificate certificate.pem; server { ${A}; return a; } }`
const VIRTUAL = {
  taken: [
    `stream { server { ${A} ssl; ${PAIR} return a; } server { ${A} ssl; server_name b; return b; } }`,
    `stream { server { ${A} ssl; return a; } server { ${A} ssl default_server; server_name b; ${PAIR} return b; } }`,
    `stream { server { ${A} ssl; ssl_reject_handshake on; return a; } }`,
  ],
  refused: [
    `stream { server { ${A} ssl; return a; } server { ${A} ssl; server_name b; ${PAIR} return b; } }`,
    `stream { server { ${A}; return a; } server { ${A} ssl; server_name b; ${PAIR} return b; } }`,
    `stream { server { ${A} ssl; ssl_reject_handshake on; return a; } server { ${A} ssl; server_name b; return b; } }`,
  ],
}
const hasVirtual = isSince(changedIn.streamServerNames)

const TABLES: Readonly<Record<string, Table>> = {
  'logs of stream': {
    taken: [
      logging('off'),
      logging('l f', 'log_format f x;'),
      logging('l f buffer=32k', 'log_format f x;'),
      logging('l combined', 'log_format combined x;'),
    ],
    refused: [
      logging('l'),
      logging('syslog:server=127.0.0.1', 'log_format f x;'),
      logging('l f'),
      logging('l f', '', 'log_format f x;'),
      logging('l combined'),
      logging('l buffer=32k', 'log_format f x;'),
      logging('off f', 'log_format f x;'),
      `http { log_format f x; } ${logging('l f')}`,
    ],
  },
  'zones of stream and mail': {
    taken: [
      limited('limit_conn c 5;', 'limit_conn_zone $remote_addr zone=c:1m;'),
      zoned('z 64k'),
      `http { ssl_session_cache shared:H:1m; } stream { ssl_session_cache shared:S:1m; server { ${A}; return a; } }`,
    ],
    refused: [
      limited('limit_conn d 5;', 'limit_conn_zone $remote_addr zone=c:1m;'),
      limited('', 'limit_conn_zone $remote_addr zone=c:4k;'),
      ...['z', 'z 4k', 'z x', '"" 64k'].map(zoned),
      `http { upstream u { zone z 64k; server 127.0.0.1; } } ${zoned('z 64k')}`,
      `http { ssl_session_cache shared:S:1m; } stream { ssl_session_cache shared:S:1m; server { ${A}; return a; } }`,
      `http { ssl_session_cache shared:S:1m; } ${mail('', 'ssl_session_cache shared:S:1m;')}`,
      'stream { ssl_session_cache shared:S:4k; }',
    ],
  },
  'what a server needs': {
    taken: [
      mail(''),
      'mail { server { listen 127.0.0.1:143; auth_http 127.0.0.1:1; } }',
      `mail { auth_http 127.0.0.1:1; server { ${A}; listen 127.0.0.1:995; } }`,
    ],
    refused: [
      'stream { server { return a; } }',
      'mail { auth_http 127.0.0.1:1; server { protocol imap; } }',
      `mail { auth_http 127.0.0.1:1; server { ${A}; } }`,
      `mail { auth_http 127.0.0.1:1; server { ${A}; protocol imaps; } }`,
      `mail { auth_http 127.0.0.1:1; server { ${A}; protocol IMAP; } }`,
      `mail { server { ${A}; protocol imap; } }`,
    ],
  },
  'whom mail asks': {
    taken: ['127.0.0.1', '127.0.0.1:9/auth', 'http://127.0.0.1:9', 'unix:/tmp/a.sock:/auth', '[::1]:9/'].map(asking),
    refused: [
      'https://127.0.0.1:9/',
      'HTTP://127.0.0.1/auth',
      '127.0.0.1:80a/',
      '127.0.0.1:0',
      '127.0.0.1:70000',
      '127.0.0.1:',
      'ftp://127.0.0.1',
    ].map(asking),
  },
  'addresses of stream and mail': {
    taken: [
      ...['ssl', 'bind', 'reuseport', 'proxy_protocol', 'udp', 'backlog=5', 'so_keepalive=on', 'rcvbuf=1k'].map(
        listening,
      ),
      ...(hasVirtual ? ['default_server', 'deferred', 'accept_filter=x'].map(listening) : []),
      `stream { server { ${A}; return a; } server { ${A} udp; return b; } server { listen 127.0.0.2:8080; return c; } }`,
      ...(hasVirtual ? [sharing('server_name a;', ''), sharing('', '', ' default_server')] : []),
      ...['ssl', 'bind', 'backlog=5', 'so_keepalive=on', 'sndbuf=1k'].map(mailListening),
    ],
    refused: [
      ...['default', 'http2', 'spdy', 'quic', 'proxy_protocl', 'udp ssl', 'backlog=x'].map(listening),
      ...['default_server', 'default', 'deferred', 'reuseport', 'http2', 'quic', 'udp', 'fastopen=3'].map(
        mailListening,
      ),
      sharing('', '', ' default_server', ' default_server'),
      sharing('', '', ' reuseport', ' reuseport'),
      ...(hasVirtual ? [] : [sharing('', '')]),
      `mail { auth_http 127.0.0.1:1; server { ${A}; protocol imap; } server { ${A}; protocol pop3; } }`,
    ],
  },
  'certificates of stream and mail': {
    taken: [
      `stream { server { ${A} ssl; ${PAIR} return a; } }`,
      `stream { ${PAIR} server { ${A} ssl; return a; } }`,
      ...(hasVirtual ? VIRTUAL.taken : [KEYLESS]),
      `stream { server { ${A}; proxy_pass 127.0.0.1:1; proxy_ssl_certificate certificate.pem; } }`,
      mail(`starttls on; ${PAIR}`),
      mail('starttls off;', 'starttls on;'),
      ...(isSince('1.25.1') ? [] : [mail(`ssl on; ${PAIR}`), mail('ssl off;', 'ssl on;')]),
    ],
    refused: [
      `stream { server { ${A} ssl; return a; } }`,
      `stream { server { ${A} ssl; ssl_certificate certificate.pem; return a; } }`,
      ...VIRTUAL.refused,
      `stream { server { ${A}; proxy_pass 127.0.0.1:1; proxy_ssl on; proxy_ssl_certificate certificate.pem; } }`,
      ...(hasVirtual ? [KEYLESS] : []),
      mail('starttls on;'),
      mail('', 'starttls only;'),
      mail('ssl on;'),
      mail('', 'ssl on;'),
      mail('ssl on; ssl_certificate certificate.pem;'),
    ],
  },
}

const head = linesToLoad(['stream', 'mail'])

describeWithNginx(
  'stream and mail',
  (add) => {
    const whole = (text: string) => `${head}events {}\n${text}\n`
    for (const [name, { taken, refused }] of Object.entries(TABLES)) {
      add(`${name}: taken by nginx and here`, () => expectAgreement(taken, true, undefined, whole))
      add(`${name}: refused by nginx and here`, () => expectAgreement(refused, false, undefined, whole))
    }
  },
  { here: head !== undefined && certificateFiles() !== undefined, what: 'the modules for stream and mail, or openssl' },
)
