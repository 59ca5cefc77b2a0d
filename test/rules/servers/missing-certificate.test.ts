import { conf, testRule } from '../rule-tester.ts'

const PAIR = 'ssl_certificate c.pem; ssl_certificate_key c.key;'
const none = (listen: string, role = 'the default server of its address') =>
  `nginx does not start: ${role} has no "ssl_certificate", and "${listen}" needs one; add it, with its "ssl_certificate_key"`

testRule('servers/missing-certificate', {
  clean: {
    'in the server': conf`events {} http { server { listen 443 ssl; ${PAIR} } }`,
    'in http': conf`events {} http { ${PAIR} server { listen 443 ssl; } server { listen 8443 ssl; } }`,
    'a name that a variable tells': conf`
      events {} http { server { listen 443 ssl; ssl_certificate $ssl_server_name.pem; ssl_certificate_key c.key; } }
    `,
    'not the default server': conf`events {} http { server { listen 443 ssl; ${PAIR} } server { listen 443 ssl; } }`,
    'a later server is the default': conf`
      events {} http { server { listen 443 ssl; } server { listen 443 ssl default_server; ${PAIR} } }
    `,
    'no handshake is taken': conf`
      events {}
      http { server { listen 443 ssl; ssl_reject_handshake on; } server { listen 443 ssl; ${PAIR} } }
    `,
    'a file that nobody read, in the server': conf`events {} http { server { listen 443 ssl; include tls.conf; } }`,
    'a file that nobody read, beside it': conf`events {} http { include sites/a; server { listen 443 ssl; } }`,
    'http around it is not known': conf`server { listen 443 ssl; }`,
    'sites of a repository, of which another may be the first': {
      '/srv/repo/nginx.conf': conf`events {} http { include sites-enabled/*; }`,
      '/srv/repo/sites-available/a': conf`server { listen 443 ssl; }`,
      '/srv/repo/sites-available/b': conf`server { listen 443 ssl; ${PAIR} }`,
    },
    'a template': conf`events {} http { server { listen 443 ssl; {{ certificate }} } }`,
    'ssl on, with a certificate around it': conf`events {} http { ssl on; ${PAIR} server { listen 443; } }`,
    'ssl off in the server': conf`events {} http { ssl on; server { listen 80; ssl off; } }`,
    'ssl on, where no handshake is taken': conf`events {} http { server { listen 443; ssl on; ssl_reject_handshake on; } }`,
    'ssl on, which the rule directives/version tells of': {
      good: conf`events {} http { server { listen 443; ssl on; } } mail { auth_http a; server { listen 1; ssl on; } }`,
      nginxVersion: '1.25.1',
    },
    'ssl on, and an http around it that is not known': conf`server { listen 443; ssl on; }`,
    'QUIC beside a port of the same number without TLS': conf`
      events {} http { server { listen 443; } server { listen 443 quic; ${PAIR} } }
    `,
    'not the default server, over QUIC': conf`
      events {} http { server { listen 443 quic; ${PAIR} } server { listen 443 quic; } }
    `,
    'no TLS': conf`events {} http { server { listen 443; ssl_certificate_key c.key; } }`,
    'in stream': conf`
      events {} stream { ${PAIR} server { listen 443 ssl; return a; } server { listen 444; return a; } }
    `,
    'stream that speaks TLS to its backend alone': conf`
      events {} stream { server { listen 443; proxy_ssl on; proxy_pass 127.0.0.1:1; } }
    `,
    'a certificate of stream that nobody needs a key to': conf`
      events {} stream { ssl_certificate c.pem; server { listen 443; return a; } }
    `,
    'in stream, not the default server': conf`
      events {}
      stream {
          server { listen 443 ssl; server_name a; return a; }
          server { listen 443 ssl default_server; ${PAIR} return b; }
          server { listen 444 ssl; ssl_reject_handshake on; return c; }
      }
    `,
    'a certificate of stream that nobody needs a key to, before 1.25.5': {
      good: conf`events {} stream { ssl_certificate c.pem; server { listen 443; return a; } }`,
      nginxVersion: '1.24.0',
    },
    'a certificate for backends that are not asked over TLS, or has its key around it': conf`
      events {}
      http {
          proxy_ssl_certificate_key c.key;
          server { listen 80; location / { proxy_pass https://a; proxy_ssl_certificate c.pem; } }
      }
      stream { server { listen 1; proxy_pass a:1; proxy_ssl_certificate c.pem; } }
    `,
    'the same, over plain HTTP': conf`
      events {} http { proxy_ssl_certificate c.pem; server { listen 80; location / { proxy_pass http://a; } } }
    `,
    'the same, of gRPC and uWSGI': conf`
      events {}
      http {
          server { listen 80; location / { grpc_ssl_certificate c.pem; grpc_pass grpc://a:1; } }
          server { listen 81; location / { uwsgi_ssl_certificate c.pem; uwsgi_ssl_certificate_key c.key; uwsgi_pass suwsgi://a:1; } }
      }
    `,
    'the same, with a key that a file may have': conf`
      events {} http { server { listen 80; location / { proxy_pass https://a; proxy_ssl_certificate c.pem; include k; } } }
    `,
    'in mail': conf`
      events {}
      mail {
          starttls on;
          auth_http 127.0.0.1:1;
          server { listen 993 ssl; protocol imap; ${PAIR} }
          server { listen 143; protocol imap; starttls off; }
          server { listen 110; protocol pop3; starttls yes; }
      }
    `,
    'a file that nobody read, in stream': conf`events {} stream { include tls; server { listen 443 ssl; return a; } }`,
    'an nginx that does not look for it': {
      good: conf`events {} http { server { listen 443 ssl; } }`,
      nginxVersion: '1.14.2',
    },
  },
  caught: {
    'none at all': {
      bad: conf`
        events {}
        http { server { «listen 443 ssl»; listen [::]:443 ssl; } server { listen 80; «listen 127.0.0.1:443 ssl»; } }
      `,
      says: [none('listen 443 ssl'), none('listen 127.0.0.1:443 ssl')],
    },
    'the key alone': {
      bad: conf`events {} http { server { «listen 443 ssl http2»; ssl_certificate_key c.key; } }`,
      says: [none('listen 443 ssl http2')],
    },
    'the default server of an address that another one makes speak TLS': {
      bad: conf`
        events {}
        http {
            server { «listen 80»; }
            server { listen 80 ssl; ${PAIR} }
        }
      `,
      says: [
        'nginx does not start: the default server of its address has no "ssl_certificate", and "listen 80 ssl" of line 4 needs one here; add it, with its "ssl_certificate_key"',
      ],
      related: ['nginx.conf:4: makes the address speak TLS'],
    },
    'QUIC, of which the port is another one': {
      bad: conf`
        events {}
        http {
            server { listen 443 ssl; ${PAIR} }
            server { «listen 443 quic reuseport»; listen 80; }
            server { «listen 8443 quic»; listen 8443 ssl; }
        }
      `,
      says: [none('listen 443 quic reuseport'), none('listen 8443 quic')],
    },
    'ssl on, which asks it of each server': {
      bad: conf`
        events {}
        http {
            server { listen 443; «ssl on»; }
            server { listen 8443; ${PAIR} }
            server { listen 8443; «ssl ON»; }
            server { «listen 9443 ssl»; ssl on; }
        }
        mail { auth_http 127.0.0.1:1; server { listen 993; protocol imap; «ssl on»; } }
      `,
      says: [
        none('ssl on', 'a server'),
        none('ssl ON', 'a server'),
        none('listen 9443 ssl'),
        none('ssl on', 'a server'),
      ],
    },
    'ssl on around the servers': {
      bad: conf`
        events {}
        http {
            ssl on;
            «server» { listen 443; }
            server { listen 8443; ${PAIR} }
        }
      `,
      says: [none('ssl on', 'a server')],
    },
    'beside a default server that takes no handshake': {
      bad: conf`
        events {}
        http { server { listen 443 ssl; ssl_reject_handshake on; } server { «listen 443 ssl»; } }
      `,
      says: [none('listen 443 ssl', 'a server')],
    },
    'a server of stream': {
      bad: conf`
        events {}
        stream {
            server { «listen 443 ssl»; proxy_pass 127.0.0.1:1; }
            server { listen 444 ssl; «ssl_certificate c.pem»; return a; }
        }
      `,
      says: [
        none('listen 443 ssl', 'a server'),
        'nginx does not start: there is no "ssl_certificate_key" for the certificate "c.pem"',
      ],
    },
    'certificates for backends that have no key': {
      bad: conf`
        events {}
        http {
            «proxy_ssl_certificate c.pem»;
            server { listen 80; location / { proxy_pass https://a; } location /b { proxy_pass https://$host; } }
        }
        stream { proxy_ssl on; server { listen 1; proxy_pass a:1; «proxy_ssl_certificate d.pem»; } }
      `,
      says: ['c.pem', 'd.pem'].map(
        (name) => `nginx does not start: there is no "proxy_ssl_certificate_key" for the certificate "${name}"`,
      ),
    },
    'the same for gRPC and uWSGI, and where variables tell whether there is TLS': {
      bad: conf`
        events {}
        http {
            server {
                «uwsgi_ssl_certificate a.pem»;
                location / { uwsgi_pass suwsgi://a:1; }
                location /b { «grpc_ssl_certificate b.pem»; grpc_pass grpcs://a:1; limit_except GET { deny all; } }
                location /c { «proxy_ssl_certificate c.pem»; proxy_pass http://$host; }
            }
        }
      `,
      says: ['uwsgi a', 'grpc b', 'proxy c'].map((name) => {
        const [module, file] = name.split(' ')
        return `nginx does not start: there is no "${module}_ssl_certificate_key" for the certificate "${file}.pem"`
      }),
    },
    'servers of stream that share an address': {
      bad: conf`
        events {}
        stream {
            «server» { listen 443; return a; }
            server { listen 443 ssl; server_name b; ${PAIR} return b; }
            server { listen 444 ssl; ssl_reject_handshake on; return c; }
            server { «listen 444 ssl»; server_name d; return d; }
        }
      `,
      says: [
        'nginx does not start: a server has no "ssl_certificate", and "listen 443 ssl" of line 4 needs one here; add it, with its "ssl_certificate_key"',
        none('listen 444 ssl', 'a server'),
      ],
      related: ['nginx.conf:4: makes the address speak TLS'],
    },
    'each server of stream, before 1.25.5': {
      bad: conf`
        events {}
        stream { server { listen 443 ssl; ${PAIR} return a; } server { «listen 443 ssl»; return b; } }
      `,
      says: [none('listen 443 ssl', 'a server')],
      nginxVersion: '1.24.0',
    },
    'each certificate of stream, since 1.25.5': {
      bad: conf`events {} stream { «ssl_certificate c.pem»; server { listen 443; return a; } }`,
      says: ['nginx does not start: there is no "ssl_certificate_key" for the certificate "c.pem"'],
      nginxVersion: '1.25.5',
    },
    'servers of mail': {
      bad: conf`
        events {}
        mail {
            starttls on;
            auth_http 127.0.0.1:1;
            server { «listen 993 ssl»; protocol imap; }
            «server» { listen 143; protocol imap; }
            server { listen 110; protocol pop3; «starttls only»; }
        }
      `,
      says: [none('listen 993 ssl', 'a server'), none('starttls on', 'a server'), none('starttls only', 'a server')],
    },
    'a certificate without a key': {
      bad: conf`
        events {}
        http {
            «ssl_certificate a.pem»;
            server { listen 443 ssl; }
            server { listen 8443 ssl; ssl_certificate_key a.key; }
            server { listen 80; ssl_certificate b.pem; «ssl_certificate c.pem»; ssl_certificate_key b.key; }
        }
      `,
      says: [
        'nginx does not start: there is no "ssl_certificate_key" for the certificate "a.pem"',
        'nginx does not start: there is no "ssl_certificate_key" for the certificate "c.pem"',
      ],
    },
  },
})
