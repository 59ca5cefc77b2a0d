import { conf, testRule } from '../rule-tester.ts'

const way = 'leave this out, or take another address'
const isDefault = (address: string, line: string) =>
  `nginx does not start: ${address} has a default server already, that of ${line}; ${way}`
const hasOptions = (address: string, line: string) =>
  `nginx does not start: the socket of ${address} has its options from ${line} already; ${way}`
const isTaken = (address: string, line: string) =>
  `nginx does not start: ${address} is taken by the server of ${line} already; take another address`

testRule('servers/listen-conflict', {
  clean: {
    'one of several': conf`http { server { listen 80 default_server backlog=5; } server { listen 80; } }`,
    'other addresses': conf`
      http { server { listen 80 default_server; listen [::]:80 default_server; } server { listen 127.0.0.1:80 default_server; } }
    `,
    'other ports': conf`http { server { listen 80 default_server; } server { listen 443 default_server; } }`,
    'what any server may say': conf`
      http { server { listen 80 proxy_protocol http2; } server { listen 80 proxy_protocol http2; } }
    `,
    'QUIC has sockets of its own': conf`
      http { server { listen 443 quic reuseport; } server { listen 443 ssl reuseport; } }
    `,
    'an address that nobody knows': conf`
      http { server { listen $PORT default_server; } server { listen $PORT default_server; } }
    `,
    'a template': conf`
      {% if tls %}
      server { listen 80 default_server; }
      {% else %}
      server { listen 80 default_server; }
      {% endif %}
    `,
    'sites of a repository, of which one may be enabled at a time': {
      '/srv/repo/nginx.conf': conf`events {} http { include sites-enabled/*; }`,
      '/srv/repo/sites-available/a': conf`server { listen 80 default_server; }`,
      '/srv/repo/sites-available/b': conf`server { listen 80 default_server; }`,
    },
    'stream, whose ports of UDP are others': conf`stream { server { listen 80 reuseport; } server { listen 80 udp reuseport; } }`,
    'servers of stream that share an address': conf`stream { server { listen 80 default_server; } server { listen 80; } }`,
    'mail, on other addresses': conf`mail { server { listen 143; } server { listen [::]:143; listen 127.0.0.1:143; } }`,
  },
  caught: {
    'servers of stream': {
      bad: conf`
        stream {
            server { listen 80 default_server; listen 81 reuseport; }
            server { listen 80 «default_server»; listen 81 «reuseport»; }
        }
      `,
      says: [isDefault('*:80', 'line 2'), hasOptions('*:81', 'line 2')],
    },
    'any two servers of stream, before 1.25.5, and of mail': {
      bad: conf`
        stream {
            server { listen 80; listen 53 udp; }
            server { listen «*:80»; listen «53» udp reuseport; listen 53; }
        }
        mail { server { listen 143; } server { listen «0.0.0.0:143»; } }
      `,
      says: [...['*:80', '*:53 over UDP'].map((address) => isTaken(address, 'line 2')), isTaken('*:143', 'line 5')],
      nginxVersion: '1.24.0',
    },
    'two default servers': {
      bad: conf`
        http {
            server { listen 80 default_server; }
            server { listen *:80 «default»; }
            server { listen 0.0.0.0:80 ssl «default_server»; }
        }
      `,
      says: [isDefault('*:80', 'line 2'), isDefault('*:80', 'line 2')],
      related: ['nginx.conf:2: the first one', 'nginx.conf:2: the first one'],
    },
    'in two files of sites-enabled': {
      bad: {
        'nginx.conf': conf`http { include sites-enabled/*; }`,
        'sites-enabled/default': conf`server { listen 80 default_server; listen [::]:80 default_server; }`,
        'sites-enabled/shop': conf`server { listen 80 «default_server»; listen [::]:80 «default_server»; }`,
      },
      says: [isDefault('*:80', 'sites-enabled/default:1'), isDefault('[::]:80', 'sites-enabled/default:1')],
    },
    'options of the socket, though they are the same': {
      bad: conf`
        server { listen 80 reuseport; }
        server { listen 80 «reuseport» backlog=5; }
        server { listen 127.0.0.1:80 bind; }
        server { listen 127.0.0.1:80 default_server «so_keepalive=on»; }
      `,
      says: [hasOptions('*:80', 'line 1'), hasOptions('127.0.0.1:80', 'line 3')],
    },
    'one port of a range': {
      bad: conf`http { server { listen 80-82 default_server; } server { listen 81 «default_server»; } }`,
      says: [isDefault('*:81', 'line 1')],
    },
    'a file that is included twice': {
      bad: {
        'nginx.conf': conf`http { include site; «include site;» }`.replace(';»', '»;'),
        site: conf`server { listen 80 default_server; }`,
      },
      says: ['nginx does not start: *:80 has a default server already, that of site:1; include the file once'],
    },
  },
})
