import { conf, testRule } from '../rule-tester.ts'

const row = '(a WebSocket location: "proxy_set_header Upgrade …" shows it)'
const noMap = (variable: string) =>
  `nginx does not start: no map defines "${variable}"; add "map $http_upgrade ${variable} { default upgrade; '' close; }" to http ${row}`
const yields = (variable: string, what: string, name: string) =>
  `this map makes "${variable}" ${what} for a handshake, so the backend of "${name}" does not get "Connection: upgrade": it should yield "upgrade" whenever $http_upgrade is not empty`

const site = (map: string) => conf`
  events {}
  http {
      ${map}
      server {
          location /ws {
              proxy_pass http://b;
              proxy_http_version 1.1;
              proxy_set_header Upgrade $http_upgrade;
              proxy_set_header Connection $connection_upgrade;
          }
      }
  }
`

testRule('websocket/connection-map', {
  clean: {
    "nginx's own map": site(`map $http_upgrade $connection_upgrade { default upgrade; '' close; }`),
    'names of variables without case': site(`map $HTTP_Upgrade $Connection_Upgrade { default upgrade; '' close; }`),
    'a map in the server, of which directives/misplaced tells': conf`
      events {}
      http { server { map $http_upgrade $c { default upgrade; '' close; } location /ws { proxy_pass http://b; proxy_set_header Connection $c; } } }
    `,
    'a set of the server': conf`
      events {}
      http { server { set $c upgrade; location /ws { proxy_pass http://b; proxy_set_header Connection $c; } } }
    `,
    'a directive of another module, which may set what it names': conf`
      events {}
      http { server { location /ws { set_unescape_uri $c $arg_c; proxy_pass http://b; proxy_set_header Connection $c; } } }
    `,
    'one that nobody knows': conf`
      events {}
      http { server { location /ws { frobnicate $c; proxy_pass http://b; proxy_set_header Connection $c; } } }
    `,
    'an include that nobody could read may hold the map': site('include maps.conf;'),
    'a fragment says nothing of maps': conf`server { location /ws { proxy_pass http://b; proxy_set_header Connection $connection_upgrade; } }`,
  },
  caught: {
    'a slip of the hand: the map looks at a header that no client sends': {
      bad: site(`«map $http_upgrad $connection_upgrade» { default upgrade; '' close; }`),
      says: [
        'this map makes "$connection_upgrade" "close" for a handshake, so the backend of "location /ws" does not get "Connection: upgrade": "$http_upgrad" is always empty, as no client sends a header "Upgrad"; write "$http_upgrade"',
      ],
      fixed: site(`map $http_upgrade $connection_upgrade { default upgrade; '' close; }`),
    },
    'a slip of the hand in the map, whose variable is read by a row whose header is misspelt too': {
      bad: conf`
        events {}
        http {
            «map $http_upgrad $c» { default upgrade; '' close; }
            server {
                location /a { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $c; }
                location /b { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Conection $c; }
            }
        }
      `,
      says: [
        'this map makes "$c" "close" for a handshake, so the backend of "location /a" does not get "Connection: upgrade": "$http_upgrad" is always empty, as no client sends a header "Upgrad"; write "$http_upgrade"',
      ],
      fixed: conf`
        events {}
        http {
            map $http_upgrade $c { default upgrade; '' close; }
            server {
                location /a { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $c; }
                location /b { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Conection $c; }
            }
        }
      `,
    },
    'a slip of the hand in the map, whose variable something else reads': {
      bad: site(
        `«map $http_upgrad $connection_upgrade» { default upgrade; '' close; }\n    log_format c $connection_upgrade;`,
      ),
      says: [
        'this map makes "$connection_upgrade" "close" for a handshake, so the backend of "location /ws" does not get "Connection: upgrade": "$http_upgrad" is always empty, as no client sends a header "Upgrad"; write "$http_upgrade"',
      ],
      unfixable: 'the log would change too',
    },
    'a slip of the hand: the map that is there was meant': {
      bad: conf`
        events {}
        http {
            map $http_upgrade $connection_upgrade { default upgrade; '' close; }
            server {
                location /ws {
                    proxy_pass http://b;
                    proxy_http_version 1.1;
                    proxy_set_header Upgrade $http_upgrade;
                    «proxy_set_header Connection $connection_upgrde»;
                }
            }
        }
      `,
      says: [`nginx does not start: no map defines "$connection_upgrde"; did you mean "$connection_upgrade"? ${row}`],
      fixed: conf`
        events {}
        http {
            map $http_upgrade $connection_upgrade { default upgrade; '' close; }
            server {
                location /ws {
                    proxy_pass http://b;
                    proxy_http_version 1.1;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection $connection_upgrade;
                }
            }
        }
      `,
    },
    'no map at all': {
      bad: conf`
        events {}
        http {
            sendfile on;

            # The site.
            server {
                location /ws {
                    proxy_pass http://b;
                    proxy_http_version 1.1;
                    proxy_set_header Upgrade $http_upgrade;
                    «proxy_set_header Connection $connection_upgrade»;
                }
            }
        }
      `,
      says: [noMap('$connection_upgrade')],
      fixed: conf`
        events {}
        http {
            sendfile on;

            map $http_upgrade $connection_upgrade {
                default upgrade;
                ''      close;
            }

            # The site.
            server {
                location /ws {
                    proxy_pass http://b;
                    proxy_http_version 1.1;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection $connection_upgrade;
                }
            }
        }
      `,
    },
    'no map, and an upstream that keeps connections alive': {
      bad: conf`
        events {}
        http {
            upstream b { server 127.0.0.1:3000; keepalive 16; }
            server {
                location /ws {
                    proxy_pass http://b;
                    proxy_http_version 1.1;
                    proxy_set_header Upgrade $http_upgrade;
                    «proxy_set_header Connection $up»;
                }
            }
        }
      `,
      says: [noMap('$up')],
      fixed: conf`
        events {}
        http {
            map $http_upgrade $up {
                default upgrade;
                ''      '';
            }

            upstream b { server 127.0.0.1:3000; keepalive 16; }
            server {
                location /ws {
                    proxy_pass http://b;
                    proxy_http_version 1.1;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection $up;
                }
            }
        }
      `,
    },
    'a map of a header of the answer': {
      bad: site(`«map $sent_http_upgrade $connection_upgrade» { default upgrade; '' close; }`),
      says: [
        'this map makes "$connection_upgrade" "close" for a handshake, so the backend of "location /ws" does not get "Connection: upgrade": "$sent_http_upgrade" is a header of the answer of nginx, and empty in a request; write "$http_upgrade"',
      ],
      fixed: site(`map $http_upgrade $connection_upgrade { default upgrade; '' close; }`),
    },
    'a map whose variables are the wrong way round': {
      bad: site(`map $connection_upgrade $http_upgrade { default upgrade; '' close; }`).replace(
        /proxy_set_header Connection \$connection_upgrade/,
        '«proxy_set_header Connection $connection_upgrade»',
      ),
      says: [
        `nginx does not start: no map defines "$connection_upgrade", as the variables of one are the wrong way round: write "map $http_upgrade $connection_upgrade { … }" ${row}`,
      ],
      related: ['nginx.conf:3: defines "$http_upgrade" from $connection_upgrade'],
      fixed: site(`map $http_upgrade $connection_upgrade { default upgrade; '' close; }`),
    },
    'no default: a handshake gets an empty value': {
      bad: site(`«map $http_upgrade $connection_upgrade» { '' close; }`),
      says: [yields('$connection_upgrade', 'nothing', 'location /ws')],
      related: ['nginx.conf:9: used here'],
      fixed: site(`map $http_upgrade $connection_upgrade { '' close; default upgrade; }`),
    },
    'the wrong word': {
      bad: site(`map $http_upgrade $connection_upgrade { «default keep-alive»; '' close; }`),
      says: [yields('$connection_upgrade', '"keep-alive"', 'location /ws')],
      fixed: site(`map $http_upgrade $connection_upgrade { default upgrade; '' close; }`),
    },
    'the two rows swapped': {
      bad: site(`map $http_upgrade $connection_upgrade { «default close»; '' upgrade; }`),
      says: [yields('$connection_upgrade', '"close"', 'location /ws')],
      fixed: site(`map $http_upgrade $connection_upgrade { default upgrade; '' close; }`),
    },
    'one row for all: ordinary requests keep what they had': {
      bad: site(`map $http_upgrade $connection_upgrade { «default close»; }`),
      says: [yields('$connection_upgrade', '"close"', 'location /ws')],
      fixed: site(`map $http_upgrade $connection_upgrade { default upgrade; '' close; }`),
    },
    'a map that something else reads too': {
      bad: site(`map $http_upgrade $connection_upgrade { «default close»; } add_header X-Was $connection_upgrade;`),
      says: [yields('$connection_upgrade', '"close"', 'location /ws')],
      unfixable: 'the header X-Was would change',
    },
  },
})
