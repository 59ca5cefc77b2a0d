import { conf, testRule } from '../rule-tester.ts'

const urlWanted = (url: string, more = '') =>
  `nginx does not start: "proxy_pass" takes a URL that starts with "http://" or "https://", not "${url}"${more}`
const write = (url: string) => `; write "${url}"`
const addressWanted = (value: string, more = '') =>
  `nginx does not start: a "server" of an upstream is an address alone, not "${value}"${more}`
const noPath = (block: string, path: string, how: string) =>
  `nginx does not start: in "${block}" the URL of "proxy_pass" may have no path, as "${path}" is; ${how}`

const taken = (name: string, what: string, better: string) =>
  `nginx does not start: "${name}" takes ${what}; write "${better}"`
const noPort = (address: string) => `nginx does not start: no port in "${address}", and no upstream is named so`
const portOfUpstream = (name: string) =>
  `nginx does not start: the upstream "${name}" takes no port, for its servers have theirs; write "${name}" alone`

testRule('directives/backend-address', {
  clean: {
    'addresses and URLs that nginx takes': conf`
      http {
          upstream u { server 127.0.0.1; server 127.0.0.1:080; server [::1]:80 weight=2; server unix:/run/a.sock; server unix:///run/b.sock; server app:3000; }
          server {
              location /a { proxy_pass http://u; }
              location /b { proxy_pass HTTPS://[::1]:8443/x; }
              location /c { proxy_pass http://unix:/run/a.sock:/x/; }
              location /d { proxy_pass http://127.0.0.1?x=1; }
              location = /e { proxy_pass http://u/; }
              location ^~ /f { proxy_pass "http://u/f/"; }
              location ~ /g { proxy_pass http://u; }
              location @h { proxy_pass http://unix:/run/a.sock; }
          }
      }
    `,
    'what holds a variable, or is put in by a program': conf`
      http {
          upstream u { server $host:80; server ${'$'}{BACKEND}; }
          server {
              location ~ ^/(.*) { proxy_pass http://u/$1; proxy_set_header A b; }
              location @a { proxy_pass $scheme://u/; }
              location /b { proxy_pass {{ backend }}; }
              location /c { proxy_pass <your backend>; }
          }
      }
    `,
    'stream, where proxy_pass takes an address': conf`
      stream { upstream u { server 127.0.0.1:1; server example.net resolve service=http; } server { listen 1; proxy_pass 127.0.0.1:2; } server { listen 2; proxy_pass u; } }
    `,
    'a fragment that may be of stream': conf`proxy_pass backend;`,
    'a blank behind the scheme, of which directives/arguments tells': conf`http { server { location / { proxy_pass http:// b; } } }`,
    'ws://, which another rule tells of': conf`location /ws { proxy_pass ws://b; }`,
    'other directives': conf`
      http {
          upstream u { server 127.0.0.1; }
          server {
              location ~ /a { fastcgi_pass 127.0.0.1:9000; }
              location @b { grpc_pass 127.0.0.1:1; }
              location /c { grpc_pass grpcs://U; }
              location /d { uwsgi_pass suwsgi://[::1]:1; }
              location /e { uwsgi_pass unix:///run/a.sock; }
              location /f { scgi_pass u; }
              location /g { fastcgi_pass unix:/run/a.sock:; }
              location /h { fastcgi_pass $backend; }
              location /i { memcached_pass app:11211; }
              location /j { proxy_pass http://u:80$uri; }
          }
      }
    `,
    'an upstream that may be declared in a file that nobody can read': conf`
      http { include /opt/upstreams.conf; server { location / { fastcgi_pass php; } } }
    `,
    'an upstream of the configuration around a file': conf`server { location / { fastcgi_pass php; } }`,
  },
  caught: {
    'addresses in curly quotes': {
      bad: conf`
        server {
            location /a { proxy_pass «“http://127.0.0.1:8080/x/”»; }
            location /b { grpc_pass «‘127.0.0.1:9000’»; }
        }
      `,
      says: [
        'nginx does not start: the quotes of “http://127.0.0.1:8080/x/” are no quotes to nginx, but a part of the address: write "http://127.0.0.1:8080/x/"',
        'nginx does not start: the quotes of ‘127.0.0.1:9000’ are no quotes to nginx, but a part of the address: write "127.0.0.1:9000"',
      ],
      fixed: conf`
        server {
            location /a { proxy_pass http://127.0.0.1:8080/x/; }
            location /b { grpc_pass 127.0.0.1:9000; }
        }
      `,
      unsafe: true,
    },
    'of the other passes': {
      bad: conf`
        http {
            server {
                location /a { fastcgi_pass «http://127.0.0.1:9000»; }
                location /b { fastcgi_pass «/run/php.sock»; }
                location /c { grpc_pass «https://127.0.0.1:1/»; }
                location /d { grpc_pass «grpc://127.0.0.1:1/»; }
                location /e { if ($uri) { uwsgi_pass «"http://unix:/run/app.sock"»; } }
                location ~ f { scgi_pass «scgi://127.0.0.1:1»; }
            }
        }
        stream { server { proxy_pass «tcp://127.0.0.1:1»; } }
      `,
      says: [
        taken('fastcgi_pass', 'no "http://"', '127.0.0.1:9000'),
        taken('fastcgi_pass', 'an address alone, not "/run/php.sock"', 'unix:/run/php.sock'),
        taken('grpc_pass', 'no "https://"', 'grpcs://127.0.0.1:1'),
        taken('grpc_pass', 'an address alone, not "grpc://127.0.0.1:1/"', 'grpc://127.0.0.1:1'),
        taken('uwsgi_pass', 'no "http://"', 'uwsgi://unix:/run/app.sock'),
        taken('scgi_pass', 'no "scgi://"', '127.0.0.1:1'),
        taken('proxy_pass', 'no "tcp://"', '127.0.0.1:1'),
      ],
      fixed: conf`
        http {
            server {
                location /a { fastcgi_pass 127.0.0.1:9000; }
                location /b { fastcgi_pass unix:/run/php.sock; }
                location /c { grpc_pass grpcs://127.0.0.1:1; }
                location /d { grpc_pass grpc://127.0.0.1:1; }
                location /e { if ($uri) { uwsgi_pass "uwsgi://unix:/run/app.sock"; } }
                location ~ f { scgi_pass 127.0.0.1:1; }
            }
        }
        stream { server { proxy_pass 127.0.0.1:1; } }
      `,
    },
    'of the other passes, where nothing tells what was meant': {
      bad: conf`
        http {
            upstream u { server 127.0.0.1; }
            upstream backend { server 127.0.0.1; }
            server {
                location /a { fastcgi_pass «127.0.0.1»; }
                location /b { grpc_pass «grpc://backends»; }
                location /c { uwsgi_pass «127.0.0.1:1/x»; }
                location /d { memcached_pass «127.0.0.1:x»; }
                location /e { fastcgi_pass «http://127.0.0.1»; }
                location /f { proxy_pass «http://U:8080/x»; }
                location /g { fastcgi_pass «u:9000»; }
            }
        }
        stream { upstream w { server «127.0.0.1»; } server { proxy_pass «u»; } server { proxy_pass «w:1»; } }
      `,
      says: [
        noPort('127.0.0.1'),
        `${noPort('backends')}; did you mean "backend"?`,
        taken('uwsgi_pass', 'an address alone, not "127.0.0.1:1/x"', '127.0.0.1:1'),
        'nginx does not start: invalid port in "127.0.0.1:x"',
        'nginx does not start: "fastcgi_pass" takes no "http://"',
        portOfUpstream('U'),
        portOfUpstream('u'),
        'nginx does not start: no port in "127.0.0.1", and "stream" knows no usual one',
        noPort('u'),
        portOfUpstream('w'),
      ],
      unfixable: 'a port, and whether a path is to be sent, nobody knows here',
    },
    'no scheme': {
      bad: conf`
        http {
            upstream backend { server a; }
            server {
                location /a { proxy_pass «localhost:3000»; }
                location /b/ { proxy_pass «"127.0.0.1:3000/b/"»; }
                location /c { proxy_pass «backend»; }
                location /d { proxy_pass «//backend»; }
                location /e { proxy_pass «unix:///run/app.sock»; }
            }
        }
      `,
      says: [
        urlWanted('localhost:3000', write('http://localhost:3000')),
        urlWanted('127.0.0.1:3000/b/', write('http://127.0.0.1:3000/b/')),
        urlWanted('backend', write('http://backend')),
        urlWanted('//backend', write('http://backend')),
        urlWanted('unix:///run/app.sock', write('http://unix:///run/app.sock')),
      ],
      fixed: conf`
        http {
            upstream backend { server a; }
            server {
                location /a { proxy_pass http://localhost:3000; }
                location /b/ { proxy_pass "http://127.0.0.1:3000/b/"; }
                location /c { proxy_pass http://backend; }
                location /d { proxy_pass http://backend; }
                location /e { proxy_pass http://unix:///run/app.sock; }
            }
        }
      `,
    },
    'half of a scheme': {
      bad: conf`
        location /a { proxy_pass «http:/a:3000»; }
        location /b { proxy_pass «https//b/x»; }
        location /c { proxy_pass «http:c:80»; }
      `,
      says: [
        urlWanted('http:/a:3000', write('http://a:3000')),
        urlWanted('https//b/x', write('https://b/x')),
        urlWanted('http:c:80', write('http://c:80')),
      ],
      fixed: conf`
        location /a { proxy_pass http://a:3000; }
        location /b { proxy_pass https://b/x; }
        location /c { proxy_pass http://c:80; }
      `,
    },
    'schemes of others, and addresses of which nobody knows what they are': {
      bad: conf`
        location /a { proxy_pass «grpc://127.0.0.1:50051»; }
        location /b { proxy_pass «tcp://127.0.0.1:1»; }
        location /c { proxy_pass «127.0.0.1:8443»; }
        location /d { proxy_pass «3000»; }
        location /e { proxy_pass «/api»; }
        location /f { proxy_pass «:3000»; }
      `,
      says: [
        urlWanted('grpc://127.0.0.1:50051', '; for that there is "grpc_pass"'),
        urlWanted('tcp://127.0.0.1:1'),
        urlWanted('127.0.0.1:8443'),
        urlWanted('3000'),
        urlWanted('/api'),
        urlWanted(':3000'),
      ],
      unfixable: 'a person knows what was meant',
    },
    'hosts and ports': {
      bad: conf`
        http {
            upstream u { server «127.0.0.1:99999»; server «:3000»; server «127.0.0.1:80-90»; server «unix:»; }
            server {
                location /a { proxy_pass «http://127.0.0.1:0/x»; }
                location /b { proxy_pass «http://127.0.0.1:80:90»; }
                location /c { proxy_pass «http://[::1»; }
                location /d { proxy_pass «http://»; }
                location /e { proxy_pass «"http://127.0.0.1:80 "»; }
                location /f { proxy_pass «http://unix::/x»; }
                location /g { proxy_pass «http:///x»; }
                location /h { proxy_pass «<http://127.0.0.1:3000>»; }
            }
        }
      `,
      says: [
        'invalid port in "127.0.0.1:99999"',
        'no host in ":3000"',
        'invalid port in "127.0.0.1:80-90"',
        'no path in the unix domain socket in "unix:"',
        'invalid port in "127.0.0.1:0"',
        'invalid port in "127.0.0.1:80:90"',
        'invalid host in "[::1"',
        'no host in ""',
        'invalid port in "127.0.0.1:80 "',
        'no path in the unix domain socket in "unix:"',
        'no host in ""',
        '"proxy_pass" takes a URL that starts with "http://" or "https://", not "<http://127.0.0.1:3000>"',
      ].map((fault) => `nginx does not start: ${fault}`),
      unfixable: 'a person knows what was meant',
    },
    'a server of an upstream with a scheme or a slash': {
      bad: conf`
        http {
            upstream u {
                server «http://127.0.0.1:3000» weight=2;
                server «ws://127.0.0.1:3001/»;
                server «'127.0.0.1:3002/'»;
            }
        }
      `,
      says: [
        addressWanted('http://127.0.0.1:3000', write('127.0.0.1:3000')),
        addressWanted('ws://127.0.0.1:3001/', write('127.0.0.1:3001')),
        addressWanted('127.0.0.1:3002/', write('127.0.0.1:3002')),
      ],
      fixed: conf`
        http {
            upstream u {
                server 127.0.0.1:3000 weight=2;
                server 127.0.0.1:3001;
                server '127.0.0.1:3002';
            }
        }
      `,
    },
    'a server of an upstream with what belongs into proxy_pass': {
      bad: conf`
        http { upstream u { server «https://a»; server «http://b/api»; server «wss://c:1/ws?x»; } }
      `,
      says: [
        addressWanted('https://a', '; write "a", and "https://" in the "proxy_pass"'),
        addressWanted('http://b/api', '; write "b", and "/api" in the "proxy_pass"'),
        addressWanted('wss://c:1/ws?x', '; write "c:1", and "https://" and "/ws?x" in the "proxy_pass"'),
      ],
      unfixable: 'lines elsewhere have to change, too',
    },
    'a lone slash where nginx takes no path': {
      bad: conf`
        http {
            server {
                location ~* \.io { proxy_pass «http://nodes/»; }
                location ~ ^/a { proxy_pass «"http://nodes/"»; }
                location @b { proxy_pass «http://unix:/x:/»; }
                location /c { if ($arg_x) { proxy_pass «http://nodes/»; } limit_except GET { proxy_pass «http://nodes/»; } }
            }
        }
      `,
      says: [
        noPath('location ~* \\.io', '/', 'write "http://nodes"'),
        noPath('location ~ ^/a', '/', 'write "http://nodes"'),
        noPath('location @b', '/', 'write "http://unix:/x:"'),
        noPath('if ($arg_x)', '/', 'write "http://nodes"'),
        noPath('limit_except GET', '/', 'write "http://nodes"'),
      ],
      related: [3, 4, 5, 6, 6].map((line) => `nginx.conf:${line}: the block that it stands in`),
      fixed: conf`
        http {
            server {
                location ~* \.io { proxy_pass http://nodes; }
                location ~ ^/a { proxy_pass "http://nodes"; }
                location @b { proxy_pass http://unix:/x:; }
                location /c { if ($arg_x) { proxy_pass http://nodes; } limit_except GET { proxy_pass http://nodes; } }
            }
        }
      `,
    },
    'a path where nginx takes none': {
      bad: conf`
        location ~ ^/api/v(1|2) { proxy_pass «http://nodes/api/»; }
        location @x { proxy_pass «http://nodes?x»; }
      `,
      says: [
        noPath(
          'location ~ ^/api/v(1|2)',
          '/api/',
          'take "/api/" away, and change the path by a "rewrite" with "break" where it has to be another',
        ),
        noPath(
          'location @x',
          '?x',
          'take "?x" away, and change the path by a "rewrite" with "break" where it has to be another',
        ),
      ],
      unfixable: 'a person knows which path the backend is to get',
    },
    'a slash of a file that another place may need': {
      bad: {
        'nginx.conf': conf`http { server { location ~ /a { include b.conf; } location /b/ { include b.conf; } } }`,
        'b.conf': conf`proxy_pass «http://nodes/»;`,
      },
      says: [noPath('location ~ /a', '/', 'write "http://nodes"')],
      unfixable: 'the other place gets another path without it',
    },
  },
})
