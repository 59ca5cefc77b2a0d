import { conf, testRule } from '../rule-tester.ts'

const row = '(a WebSocket location: "proxy_set_header Upgrade …" shows it)'
/** @param ordinary what a map that is to be added has for ordinary requests */
const gets = (name: string, what: string, verb: string, value: string, ordinary?: string) =>
  `the backend of "${name}" gets ${what}, where a handshake needs "Connection: upgrade": ${verb} "proxy_set_header Connection ${value};"${ordinary ? `, and in http "map $http_upgrade ${value} { default upgrade; '' ${ordinary}; }"` : ''} ${row}`

const PART = 'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade;'

testRule('websocket/connection-header', {
  clean: {
    'the literal, in any case': conf`server { location /ws { proxy_pass http://b; proxy_set_header Connection Upgrade; } }`,
    'a list that has it': conf`server { location /ws { proxy_pass http://b; proxy_set_header Connection "keep-alive, Upgrade"; } }`,
    "the client's own": conf`server { location /ws { proxy_pass http://b; proxy_set_header Connection $http_connection; } }`,
    'a list in two rows': conf`server { location /ws { proxy_pass http://b; proxy_set_header Connection keep-alive; proxy_set_header Connection upgrade; } }`,
    'a map, evaluated': conf`
      map $http_upgrade $go {
          default upgrade;
          ''      close;
      }
      server { location /ws { proxy_pass http://b; proxy_set_header Connection $go; } }
    `,
    'a map of a map, by regex': conf`
      map $http_upgrade $is_socket { ~*^websocket$ 1; default 0; }
      map $is_socket $go { 1 "upgrade"; 0 ""; }
      server { location /ws { proxy_pass http://b; proxy_set_header Connection $go; } }
    `,
    'a map that is wrong is another rule': conf`
      map $http_upgrade $go { default close; }
      server { location /ws { proxy_pass http://b; proxy_set_header Connection $go; } }
    `,
    'a variable of a level that nobody read': conf`server { location /ws { proxy_pass http://b; proxy_set_header Connection $connection_upgrade; } }`,
    'a set whose value is not the same in all handshakes': conf`
      server { location /ws { set $go close; if ($arg_x) { set $go upgrade; } proxy_pass http://b; proxy_set_header Connection $go; } }
      server { location /ws { set $go $arg_go; proxy_pass http://b; proxy_set_header Connection $go; } }
      server { location /ws { rewrite ^/ws/old /ws break; set $go close; proxy_pass http://b; proxy_set_header Connection $go; } }
    `,
    'a set of what a handshake needs': conf`
      map $http_upgrade $mapped { default upgrade; '' close; }
      server { set $go upgrade; location /ws { proxy_pass http://b; proxy_set_header Connection $go; } }
      server { location /ws { set $go close; if ($http_upgrade) { set $go upgrade; } proxy_pass http://b; proxy_set_header Connection $go; } }
      server { location /ws { set $go upgrade; if ($http_upgrade = '') { set $go close; } proxy_pass http://b; proxy_set_header Connection $go; } }
      server { location /ws { set $go upgrade; if ($http_upgrade) { break; } set $go close; proxy_pass http://b; proxy_set_header Connection $go; } }
      server { location /ws { set $go $mapped; proxy_pass http://b; proxy_set_header Connection $go; } }
    `,
    'a location that sets it may lead here': conf`
      server {
          set $go close;
          location /ws { proxy_pass http://b; proxy_set_header Connection $go; }
          location /old { set $go upgrade; rewrite ^ /ws last; }
      }
    `,
    'another directive, or code, may set it as well': conf`
      server { location /ws { set $go close; auth_request_set $go $upstream_http_x; proxy_pass http://b; proxy_set_header Connection $go; } }
    `,
    'Lua may, too': conf`
      server { location /ws { set $go close; access_by_lua_block { ngx.var.go = "upgrade" } proxy_pass http://b; proxy_set_header Connection $go; } }
    `,
    'an if that is misspelt is another rule': conf`
      server { location /ws { set $go close; if ($http_upgrade = WebSocket) { set $go upgrade; } proxy_pass http://b; proxy_set_header Connection $go; } }
    `,
    'a file that nobody read may set it': conf`
      events {}
      http { server { include missing.conf; location /ws { proxy_pass http://b; proxy_set_header Connection $go; } } server { set $go 1; } }
    `,
  },
  caught: {
    'a variable that is set to something else': {
      bad: conf`
        server {
            set $go close;
            location /ws {
                proxy_pass http://b;
                proxy_http_version 1.1;
                proxy_set_header Upgrade $http_upgrade;
                «proxy_set_header Connection $go»;
            }
        }
      `,
      says: [gets('location /ws', '"Connection: close"', 'write', 'upgrade')],
      related: ['nginx.conf:2: sets "$go"'],
      fixed: conf`
        server {
            set $go close;
            location /ws {
                proxy_pass http://b;
                proxy_http_version 1.1;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection "upgrade";
            }
        }
      `,
    },
    'one that is set after the if, or in one that no handshake meets, and one that another server sets': {
      bad: conf`
        server { location /a/ws { if ($http_upgrade) { set $go upgrade; } set $go "keep-alive"; proxy_pass http://b; PART «proxy_set_header Connection $go»; } }
        server { location /b/ws { if ($http_upgrade = '') { set $go upgrade; } proxy_pass http://b; PART «proxy_set_header Connection $go»; } }
        server { location /c/ws { proxy_pass http://b; PART «proxy_set_header Connection $go»; } }
      `.replaceAll('PART', PART),
      says: [
        gets('location /a/ws', '"Connection: keep-alive"', 'write', 'upgrade'),
        gets('location /b/ws', 'no "Connection" header', 'write', 'upgrade'),
        gets('location /c/ws', 'no "Connection" header', 'write', 'upgrade'),
      ],
      fixed: conf`
        server { location /a/ws { if ($http_upgrade) { set $go upgrade; } set $go "keep-alive"; proxy_pass http://b; PART proxy_set_header Connection "upgrade"; } }
        server { location /b/ws { if ($http_upgrade = '') { set $go upgrade; } proxy_pass http://b; PART proxy_set_header Connection "upgrade"; } }
        server { location /c/ws { proxy_pass http://b; PART proxy_set_header Connection "upgrade"; } }
      `.replaceAll('PART', PART),
    },
    'what ordinary requests have of a set stays': {
      bad: conf`
        events {}
        http {
            server { location / { set $go "keep-alive"; proxy_pass http://b; PART «proxy_set_header Connection $go»; } }
        }
      `.replaceAll('PART', PART),
      says: [gets('location /', '"Connection: keep-alive"', 'write', '$connection_upgrade', 'keep-alive')],
      fixed: conf`
        events {}
        http {
            map $http_upgrade $connection_upgrade {
                default upgrade;
                ''      keep-alive;
            }

            server { location / { set $go "keep-alive"; proxy_pass http://b; PART proxy_set_header Connection $connection_upgrade; } }
        }
      `.replaceAll('PART', PART),
    },
    'an "=" behind the name, as an assignment has it': {
      bad: conf`
        server {
            location /ws {
                proxy_pass http://127.0.0.1:3000;
                proxy_http_version 1.1;
                proxy_set_header Upgrade $http_upgrade;
                «proxy_set_header Connection = "upgrade"»; # the handshake
            }
        }
      `,
      says: [
        `the backend of "location /ws" gets "Connection: =", where a handshake needs "Connection: upgrade": write "proxy_set_header Connection upgrade;" (a WebSocket location: "proxy_set_header Upgrade …" shows it)`,
      ],
      fixed: conf`
        server {
            location /ws {
                proxy_pass http://127.0.0.1:3000;
                proxy_http_version 1.1;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection "upgrade"; # the handshake
            }
        }
      `,
    },
    'a row that is lost where only sockets come': {
      bad: conf`
        server {
            proxy_http_version 1.1;
            proxy_set_header Connection "upgrade";
            «location /ws» { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
        }
      `,
      says: [
        `"location /ws" loses the "Connection" row of line 3, since the proxy_set_header of line 4 replaces all outer rows: repeat "proxy_set_header Connection 'upgrade';" beside it ${row}`,
      ],
      related: ['nginx.conf:3: set here, and lost', 'nginx.conf:4: dropped by this row'],
      fixed: conf`
        server {
            proxy_http_version 1.1;
            proxy_set_header Connection "upgrade";
            location /ws { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; }
        }
      `,
    },
    'a row that is lost, and that ordinary requests would get as well': {
      bad: conf`
        server {
            proxy_http_version 1.1;
            proxy_set_header Connection "upgrade";
            «location /chat» { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
        }
      `,
      says: [
        `"location /chat" loses the "Connection" row of line 3, since the proxy_set_header of line 4 replaces all outer rows: add "proxy_set_header Connection $connection_upgrade;" beside it, and in http "map $http_upgrade $connection_upgrade { default upgrade; '' close; }" ${row}`,
      ],
      related: ['nginx.conf:3: set here, and lost', 'nginx.conf:4: dropped by this row'],
      fixed: conf`
        map $http_upgrade $connection_upgrade {
            default upgrade;
            ''      close;
        }

        server {
            proxy_http_version 1.1;
            proxy_set_header Connection "upgrade";
            location /chat { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade; }
        }
      `,
    },
    'a slip of the hand: a header that no client sends': {
      bad: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; «proxy_set_header Connection $http_conection»; } }`,
      says: [
        `"$http_conection" is always empty, as no client sends a header "Conection", so ${gets('location /ws', 'no "Connection" header', 'write', 'upgrade')}`,
      ],
      fixed: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; } }`,
    },
    'the variable of a map, taken for a header': {
      bad: conf`
        map $http_upgrade $connection_upgrade { default upgrade; '' close; }
        server { location / { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; «proxy_set_header Connection $http_connection_upgrade»; } }
      `,
      says: [
        `"$http_connection_upgrade" is always empty, as no client sends a header "Connection-Upgrade", so ${gets('location /', 'no "Connection" header', 'write', '$connection_upgrade')}`,
      ],
      fixed: conf`
        map $http_upgrade $connection_upgrade { default upgrade; '' close; }
        server { location / { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade; } }
      `,
    },
    'a slip of the hand in the name of the header': {
      bad: conf`
        map $http_upgrade $connection_upgrade { default upgrade; '' close; }
        server { location / { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; «proxy_set_header Connnection $connection_upgrade»; } }
      `,
      says: [
        gets('location /', 'a header "Connnection" and "Connection: close"', 'write', 'x').replace(
          '"proxy_set_header Connection x;"',
          '"proxy_set_header Connection"',
        ),
      ],
      fixed: conf`
        map $http_upgrade $connection_upgrade { default upgrade; '' close; }
        server { location / { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade; } }
      `,
    },
    'a hyphen for the "_" of the variable': {
      bad: conf`
        map $http_upgrade $connection_upgrade { default upgrade; '' close; }
        server { location / { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; «proxy_set_header Connection $connection-upgrade»; } }
      `,
      says: [
        `"$connection" is the number of the connection, so ${gets('location /', '"Connection: 1-upgrade"', 'write', '$connection_upgrade')}`,
      ],
      fixed: conf`
        map $http_upgrade $connection_upgrade { default upgrade; '' close; }
        server { location / { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade; } }
      `,
    },
    'a "$" is missing: what ordinary requests had is not worth keeping': {
      bad: conf`
        map $http_upgrade $connection_upgrade { default upgrade; '' close; }
        server { location / { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; «proxy_set_header Connection connection_upgrade»; } }
      `,
      says: [gets('location /', '"Connection: connection_upgrade"', 'write', '$connection_upgrade')],
      fixed: conf`
        map $http_upgrade $connection_upgrade { default upgrade; '' close; }
        server { location / { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade; } }
      `,
    },
    'quotes that are none to nginx': {
      bad: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; «proxy_set_header Connection “upgrade”»; } }`,
      says: [
        `curly quotes are no quotes to nginx, so ${gets('location /ws', '"Connection: “upgrade”"', 'write', 'upgrade')}`,
      ],
      fixed: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; } }`,
    },
    'such quotes are not kept for ordinary requests': {
      bad: conf`
        http {
            server {
                location /socket.io/ {
                    proxy_pass http://b;
                    proxy_http_version 1.1;
                    proxy_set_header Upgrade $http_upgrade;
                    «proxy_set_header Connection “upgrade”»;
                }
            }
        }
      `,
      says: [
        `curly quotes are no quotes to nginx, so ${gets('location /socket.io/', '"Connection: “upgrade”"', 'write', '$connection_upgrade', 'close')}`,
      ],
      fixed: conf`
        http {
            map $http_upgrade $connection_upgrade {
                default upgrade;
                ''      close;
            }

            server {
                location /socket.io/ {
                    proxy_pass http://b;
                    proxy_http_version 1.1;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection $connection_upgrade;
                }
            }
        }
      `,
    },
    'a colon in the name': {
      bad: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; «proxy_set_header Connection: "upgrade"»; } }`,
      says: [
        `the backend of "location /ws" gets "Connection:: upgrade", where a handshake needs "Connection: upgrade": the colon is a part of the name to nginx, so write "Connection" without it ${row}`,
      ],
      fixed: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; } }`,
    },
    'a colon in the name, of a row that an ordinary location needs as it is': {
      bad: conf`
        http {
          «proxy_set_header Connection: $http_connection»;
          server {
            location /ws {
              proxy_pass http://b;
              proxy_http_version 1.1;
            }
            location /api { proxy_pass http://b; }
          }
        }
      `,
      says: [
        `the backend of "location /ws" gets "Connection:: Upgrade", where a handshake needs "Connection: upgrade": the colon is a part of the name to nginx, so write "Connection" without it (a WebSocket location: its path has the segment "ws")`,
      ],
      fixed: conf`
        http {
          proxy_set_header Connection: $http_connection;
          server {
            location /ws {
              proxy_pass http://b;
              proxy_http_version 1.1;
              proxy_set_header Upgrade $http_upgrade;
              proxy_set_header Connection $http_connection;
            }
            location /api { proxy_pass http://b; }
          }
        }
      `,
    },
    'a blank and a colon in the name of another row, for which backends refuse the request': {
      bad: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; «proxy_set_header 'Connection :' upgrade»; proxy_set_header Connection upgrade; } }`,
      says: [
        `the backend of "location /ws" gets "Connection:: upgrade", where a handshake needs "Connection: upgrade": the colon is a part of the name to nginx, so write "Connection" without it ${row}`,
      ],
      fixed: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header 'Connection' upgrade; proxy_set_header Connection upgrade; } }`,
    },
    'a colon in the name, and an empty value': {
      bad: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; «proxy_set_header Connection: ""»; } }`,
      says: [gets('location /ws', 'no "Connection" header', 'write', 'upgrade')],
      fixed: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; } }`,
    },
    'nginx sends close': {
      bad: conf`
        server {
            «location /ws» {
                proxy_pass http://b;
                proxy_http_version 1.1;
                proxy_set_header Upgrade $http_upgrade;
            }
        }
      `,
      says: [gets('location /ws', '"Connection: close"', 'add', 'upgrade')],
      fixed: conf`
        server {
            location /ws {
                proxy_pass http://b;
                proxy_http_version 1.1;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection "upgrade";
            }
        }
      `,
    },
    'since 1.29.7 nginx sends none': {
      bad: conf`server { «location /ws» { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; } }`,
      says: [gets('location /ws', 'no "Connection" header', 'add', 'upgrade')],
      fixed: conf`server { location /ws { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; } }`,
      nginxVersion: '1.29.7',
    },
    "ASP.NET's template: keep-alive, which ordinary requests keep": {
      bad: conf`
        upstream app {
            server 127.0.0.1:5000;
        }

        server {
            listen 80;
            location / {
                proxy_pass http://app;
                proxy_http_version 1.1;
                proxy_set_header Upgrade $http_upgrade;
                «proxy_set_header Connection keep-alive»;
                proxy_set_header Host $host;
            }
        }
      `,
      says: [gets('location /', '"Connection: keep-alive"', 'write', '$connection_upgrade', 'keep-alive')],
      fixed: conf`
        map $http_upgrade $connection_upgrade {
            default upgrade;
            ''      keep-alive;
        }

        upstream app {
            server 127.0.0.1:5000;
        }

        server {
            listen 80;
            location / {
                proxy_pass http://app;
                proxy_http_version 1.1;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection $connection_upgrade;
                proxy_set_header Host $host;
            }
        }
      `,
    },
    'an empty one that keeps upstream connections alive: ordinary requests go without it as before': {
      bad: conf`
        # The site.
        http {
            include mime.types;

            map $http_upgrade $connection_upgrade {
                default upgrade;
                ''      close;
            }

            server {
                location /socket.io/ {
                    proxy_pass http://b;
                    proxy_http_version 1.1;
                    proxy_set_header Upgrade $http_upgrade;
                    «proxy_set_header Connection ""»;
                }
            }
        }
      `,
      says: [gets('location /socket.io/', 'no "Connection" header', 'write', '$connection_upgrade_keepalive', "''")],
      fixed: conf`
        # The site.
        http {
            include mime.types;

            map $http_upgrade $connection_upgrade {
                default upgrade;
                ''      close;
            }

            map $http_upgrade $connection_upgrade_keepalive {
                default upgrade;
                ''      '';
            }

            server {
                location /socket.io/ {
                    proxy_pass http://b;
                    proxy_http_version 1.1;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection $connection_upgrade_keepalive;
                }
            }
        }
      `,
    },
    'the map stands in nginx.conf, the servers in conf.d': {
      bad: {
        'nginx.conf': conf`
          events {}
          http {
              sendfile on;

              include conf.d/*.conf;
          }
        `,
        'conf.d/app.conf': conf`
          server {
            location / {
              proxy_pass http://b;
              proxy_http_version 1.1;
              proxy_set_header Upgrade $http_upgrade;
              «proxy_set_header Connection close»;
            }
          }
        `,
      },
      says: [gets('location /', '"Connection: close"', 'write', '$connection_upgrade', 'close')],
      fixed: {
        'nginx.conf': conf`
          events {}
          http {
              sendfile on;

              map $http_upgrade $connection_upgrade {
                  default upgrade;
                  ''      close;
              }

              include conf.d/*.conf;
          }
        `,
        'conf.d/app.conf': conf`
          server {
            location / {
              proxy_pass http://b;
              proxy_http_version 1.1;
              proxy_set_header Upgrade $http_upgrade;
              proxy_set_header Connection $connection_upgrade;
            }
          }
        `,
      },
    },
    'websocket, which is the value of the other header': {
      bad: conf`server { location = /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; «proxy_set_header Connection $http_upgrade»; } }`,
      says: [gets('location = /ws', '"Connection: websocket"', 'write', 'upgrade')],
      fixed: conf`server { location = /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; } }`,
    },
    'a row of the server that reaches more than sockets': {
      bad: conf`
        map $http_upgrade $go { default upgrade; '' close; }
        server {
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            «location /ws» { proxy_pass http://b; }
            «location /» { proxy_pass http://b; }
        }
      `,
      says: [
        gets('location /ws', '"Connection: close"', 'add', '$go'),
        gets('location /', '"Connection: close"', 'add', '$go'),
      ],
      fixed: conf`
        map $http_upgrade $go { default upgrade; '' close; }
        server {
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $go;
            location /ws { proxy_pass http://b; }
            location / { proxy_pass http://b; }
        }
      `,
    },
    'a bare location that ordinary requests use: no place for a map': {
      bad: conf`
        location / {
          proxy_pass http://b;
          proxy_http_version 1.1;
          proxy_set_header Upgrade $http_upgrade;
          «proxy_set_header Connection close»;
        }
      `,
      unsafe: true,
      says: [gets('location /', '"Connection: close"', 'write', 'upgrade')],
      fixed: conf`
        location / {
          proxy_pass http://b;
          proxy_http_version 1.1;
          proxy_set_header Upgrade $http_upgrade;
          proxy_set_header Connection "upgrade";
        }
      `,
    },
  },
})
