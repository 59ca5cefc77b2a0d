import { conf, testRule } from '../rule-tester.ts'

const path = '(a WebSocket location: its path has the segment "ws")'
const row = '(a WebSocket location: "proxy_set_header Upgrade …" shows it)'
const connectionRow = '(a WebSocket location: "proxy_set_header Connection …" shows it)'

testRule('websocket/http-version', {
  clean: {
    'no WebSocket location': conf`server { location / { proxy_pass http://b; } }`,
    'set in the location': conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; } }`,
    'set in the server': conf`server { proxy_http_version 1.1; location /ws { proxy_pass http://b; } }`,
    'the default since 1.29.7': {
      good: conf`server { location /ws { proxy_pass http://b; } }`,
      nginxVersion: '1.29.7',
    },
    'an include that nobody could read may set it': conf`
      events {}
      http { server { include missing.conf; location /ws { proxy_pass http://b; } } }
    `,
    'not a WebSocket location, says a comment': conf`
      server {
        # ngxlint-not-websocket
        location /ws { proxy_pass http://b; }
      }
    `,
  },
  caught: {
    'rows of a file that is included twice, which would bring the version twice': {
      bad: {
        'nginx.conf': conf`server { «location /ws» { include ws.conf; include ws.conf; proxy_pass http://b; } }`,
        'ws.conf': conf`proxy_set_header Connection upgrade;`,
      },
      says: [
        `nginx asks the backend of "location /ws" in HTTP/1.0, its default, which cannot be upgraded: add "proxy_http_version 1.1;" ${connectionRow}`,
      ],
      fixed: {
        'nginx.conf': conf`server { location /ws { include ws.conf; include ws.conf; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_pass http://b; } }`,
      },
    },
    'unset, beside the two headers': {
      bad: conf`
        server {
            «location /ws» {
                proxy_pass http://b;
                # WebSocket
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection "upgrade";
            }
        }
      `,
      says: [
        `nginx asks the backend of "location /ws" in HTTP/1.0, its default, which cannot be upgraded: add "proxy_http_version 1.1;" ${row}`,
      ],
      fixed: conf`
        server {
            location /ws {
                proxy_pass http://b;
                # WebSocket
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection "upgrade";
                proxy_http_version 1.1;
            }
        }
      `,
    },
    'a location inside of it, which is for something else, would get the version, too': {
      bad: conf`
        server {
            «location /ws» {
                proxy_pass http://b;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection "upgrade";
                location ~ \.json$ { proxy_pass http://c; proxy_set_header Host c; }
            }
        }
      `,
      says: [
        `nginx asks the backend of "location /ws" in HTTP/1.0, its default, which cannot be upgraded: add "proxy_http_version 1.1;" ${row}`,
      ],
      unfixable: 'what the inner backend gets must stay as it is',
    },
    'a server that has the two others is mended there': {
      bad: conf`
        server {
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
            «location /ws» { proxy_pass http://b; }
            «location /live/ws» { proxy_pass http://b; }
        }
      `,
      says: [
        `nginx asks the backend of "location /ws" in HTTP/1.0, its default, which cannot be upgraded: add "proxy_http_version 1.1;" ${row}`,
        `nginx asks the backend of "location /live/ws" in HTTP/1.0, its default, which cannot be upgraded: add "proxy_http_version 1.1;" ${row}`,
      ],
      fixed: conf`
        server {
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
            proxy_http_version 1.1;
            location /ws { proxy_pass http://b; }
            location /live/ws { proxy_pass http://b; }
        }
      `,
    },
    'but not where it would reach a location that is none': {
      bad: conf`
        server {
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
            «location /ws» { proxy_pass http://b; }
            location /api { proxy_pass http://b; proxy_set_header Host $host; }
        }
      `,
      says: [
        `nginx asks the backend of "location /ws" in HTTP/1.0, its default, which cannot be upgraded: add "proxy_http_version 1.1;" ${row}`,
      ],
      fixed: conf`
        server {
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
            location /ws { proxy_pass http://b; proxy_http_version 1.1; }
            location /api { proxy_pass http://b; proxy_set_header Host $host; }
        }
      `,
    },
    'set to 1.0': {
      bad: conf`server { location /ws { proxy_pass http://b; «proxy_http_version 1.0»; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; } }`,
      says: [
        `WebSocket handshakes to "location /ws" fail: HTTP/1.0 knows no upgrade; write "proxy_http_version 1.1;" ${row}`,
      ],
      fixed: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; } }`,
    },
    'set to 1.0 for the whole server: the location gets its own': {
      bad: conf`
        server {
            «proxy_http_version 1.0»;
            location / { proxy_pass http://b; }
            location /ws {
                proxy_pass http://b;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection upgrade;
            }
        }
      `,
      says: [
        `WebSocket handshakes to "location /ws" fail: HTTP/1.0 knows no upgrade; write "proxy_http_version 1.1;" ${row}`,
      ],
      fixed: conf`
        server {
            proxy_http_version 1.0;
            location / { proxy_pass http://b; }
            location /ws {
                proxy_pass http://b;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection upgrade;
                proxy_http_version 1.1;
            }
        }
      `,
    },
    'HTTP/2 to the backend': {
      bad: conf`server { location /ws { proxy_pass http://b; «proxy_http_version 2»; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; } }`,
      says: [
        `WebSocket handshakes to "location /ws" fail: they cannot cross an HTTP/2 connection to the backend; write "proxy_http_version 1.1;" ${row}`,
      ],
      fixed: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; } }`,
      nginxVersion: '1.30.0',
    },
    'a snippet that all lack the version in gets it once, though one of them lacks another row too': {
      bad: {
        'nginx.conf': conf`
          events {}
          http {
              server {
                  «location /ws» { include ws.conf; proxy_pass http://b; proxy_set_header Connection upgrade; }
                  «location /chat/ws» { include ws.conf; proxy_pass http://b; }
              }
          }
        `,
        'ws.conf': conf`
          proxy_set_header Upgrade $http_upgrade;
        `,
      },
      says: [
        `nginx asks the backend of "location /ws" in HTTP/1.0, its default, which cannot be upgraded: add "proxy_http_version 1.1;" ${row}`,
        `nginx asks the backend of "location /chat/ws" in HTTP/1.0, its default, which cannot be upgraded: add "proxy_http_version 1.1;" ${row}`,
      ],
      fixed: {
        'nginx.conf': conf`
          events {}
          http {
              server {
                  location /ws { include ws.conf; proxy_pass http://b; proxy_set_header Connection upgrade; }
                  location /chat/ws { include ws.conf; proxy_set_header Connection "upgrade"; proxy_pass http://b; }
              }
          }
        `,
        'ws.conf': conf`
          proxy_set_header Upgrade $http_upgrade;
          proxy_http_version 1.1;
        `,
      },
    },
    'a location that gets the version at a row of its own does not get it in a snippet too': {
      bad: {
        'nginx.conf': conf`
          events {}
          http {
              server {
                  «location /ws» { include ws.conf; proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
                  «location /chat/ws» { include ws.conf; proxy_pass http://b; }
              }
          }
        `,
        'ws.conf': conf`
          proxy_set_header Connection upgrade;
        `,
      },
      says: [
        `nginx asks the backend of "location /ws" in HTTP/1.0, its default, which cannot be upgraded: add "proxy_http_version 1.1;" ${connectionRow}`,
        `nginx asks the backend of "location /chat/ws" in HTTP/1.0, its default, which cannot be upgraded: add "proxy_http_version 1.1;" ${connectionRow}`,
      ],
      fixed: {
        'nginx.conf': conf`
          events {}
          http {
              server {
                  location /ws { include ws.conf; proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; proxy_http_version 1.1; }
                  location /chat/ws { include ws.conf; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_pass http://b; }
              }
          }
        `,
      },
    },
    'a snippet that has the two others is mended once': {
      bad: {
        'nginx.conf': conf`
          events {}
          http {
              server {
                  «location /ws» { include ws.conf; proxy_pass http://b; }
                  «location /chat» { include ws.conf; proxy_pass http://b; }
              }
          }
        `,
        'ws.conf': conf`
          proxy_set_header Upgrade $http_upgrade;
          proxy_set_header Connection upgrade;
        `,
      },
      says: [
        `nginx asks the backend of "location /ws" in HTTP/1.0, its default, which cannot be upgraded: add "proxy_http_version 1.1;" ${row}`,
        `nginx asks the backend of "location /chat" in HTTP/1.0, its default, which cannot be upgraded: add "proxy_http_version 1.1;" ${row}`,
      ],
      fixed: {
        'ws.conf': conf`
          proxy_set_header Upgrade $http_upgrade;
          proxy_set_header Connection upgrade;
          proxy_http_version 1.1;
        `,
      },
    },
    'a bare location, as people post it': {
      bad: conf`
        «location /ws» {
          proxy_pass http://b;
        }
      `,
      severity: 'warn',
      says: [
        `nginx asks the backend of "location /ws" in HTTP/1.0, its default, which cannot be upgraded, unless the configuration around this file sets it: add "proxy_http_version 1.1;" ${path}`,
      ],
      fixed: conf`
        location /ws {
          proxy_pass http://b;
          proxy_http_version 1.1;
          proxy_set_header Upgrade $http_upgrade;
          proxy_set_header Connection "upgrade";
        }
      `,
    },
  },
})
