import { conf, testRule } from '../rule-tester.ts'

const path = '(a WebSocket location: its path has the segment "ws")'
const remedy = 'set "proxy_read_timeout 1h;", or have the backend send pings more often'
const unset = `nginx's default proxy_read_timeout of 60s cuts sockets of "location /ws" that are idle for that long: ${remedy} ${path}`
const short = (value: string) =>
  `"proxy_read_timeout ${value}" cuts sockets of "location /ws" that are idle for that long: ${remedy} ${path}`

const server = (lines: string) => conf`server { location /ws { proxy_pass http://b;${lines} } }`

testRule('websocket/read-timeout', {
  clean: {
    'an hour': server(' proxy_read_timeout 1h;'),
    '61 seconds': server(' proxy_read_timeout 61;'),
    'several units': server(' proxy_read_timeout "1m 1s";'),
    'a day, without blanks': server(' proxy_read_timeout 23h60m;'),
    inherited: conf`server { proxy_read_timeout 7d; location /ws { proxy_pass http://b; } }`,
    'no WebSocket location': conf`server { location / { proxy_pass http://b; } }`,
    'a heartbeat of 25 seconds': conf`server { location /socket.io/ { proxy_pass http://b; } }`,
    'a value that is none': server(' proxy_read_timeout soon;'),
    'what an unreadable include may set': server(' include missing.conf;'),
    'a snippet, whose server may set it': conf`location /ws { proxy_pass http://b; }`,
    'doubtful evidence': conf`
      server {
          proxy_set_header Upgrade $http_upgrade;
          location /a { proxy_pass http://b; proxy_read_timeout 1h; }
          location /b { proxy_pass http://b; proxy_set_header Host $host; }
      }
    `,
  },
  caught: {
    'a location in it that is for something else': {
      bad: conf`server { «location /ws» { proxy_pass http://b; location ~ \\.png$ { proxy_pass http://images; } } }`,
      says: [unset],
      unfixable: 'it would inherit the timeout',
    },
    'nothing set': {
      bad: conf`
        server {
            «location /ws» {
                proxy_pass http://b;  # the app
                proxy_set_header Host $host;

                access_log off;
            }
        }
      `,
      says: [unset],
      fixed: conf`
        server {
            location /ws {
                proxy_pass http://b;  # the app
                proxy_set_header Host $host;
                proxy_read_timeout 1h;

                access_log off;
            }
        }
      `,
      unsafe: true,
    },
    'a location that serves others as well': {
      bad: conf`
        server {
            «location /ws» {
                proxy_pass http://b;
                location ~ \.json$ { proxy_pass http://c; }
            }
        }
      `,
      says: [unset],
      unfixable: 'they would wait for as long',
    },
    'an own value is replaced': {
      bad: server(' «proxy_read_timeout 30s»;'),
      says: [short('30s')],
      fixed: server(' proxy_read_timeout 1h;'),
      unsafe: true,
    },
    'exactly a minute, by other names': {
      bad: conf`
        server {
            location /ws { proxy_pass http://b; «proxy_read_timeout 1m»; }
            location /b/ws { proxy_pass http://b; «proxy_read_timeout 59500ms»; }
            location /c/ws { proxy_pass http://b; «proxy_read_timeout 60»; }
        }
      `,
      says: [short('1m'), short('59500ms').replace('/ws', '/b/ws'), short('60').replace('/ws', '/c/ws')],
      fixed: conf`
        server {
            location /ws { proxy_pass http://b; proxy_read_timeout 1h; }
            location /b/ws { proxy_pass http://b; proxy_read_timeout 1h; }
            location /c/ws { proxy_pass http://b; proxy_read_timeout 1h; }
        }
      `,
      unsafe: true,
    },
    "the server's value serves others too": {
      bad: conf`
        server {
            «proxy_read_timeout 20s»;
            location / {
                proxy_pass http://b;
            }
            location /ws {
                proxy_pass http://b;
            }
            location /b/ws { proxy_pass http://b; }
        }
      `,
      says: [short('20s')],
      fixed: conf`
        server {
            proxy_read_timeout 20s;
            location / {
                proxy_pass http://b;
            }
            location /ws {
                proxy_pass http://b;
                proxy_read_timeout 1h;
            }
            location /b/ws { proxy_pass http://b; proxy_read_timeout 1h; }
        }
      `,
      unsafe: true,
    },
    'a heartbeat that comes too late': {
      bad: conf`server { location /socket.io/ { proxy_pass http://b; «proxy_read_timeout 20s»; } }`,
      says: [
        `"proxy_read_timeout 20s" cuts sockets of "location /socket.io/" that are idle for that long (Socket.IO sends a heartbeat every 25 seconds): ${remedy} (a WebSocket location: its path has the Socket.IO endpoint /socket.io)`,
      ],
      fixed: conf`server { location /socket.io/ { proxy_pass http://b; proxy_read_timeout 1h; } }`,
      unsafe: true,
    },
    'the proxy_pass stands in an if, which takes no timeout': {
      bad: conf`
        server {
            «location /ws» {
                if ($http_upgrade) {
                    proxy_pass http://b;
                }
            }
        }
      `,
      says: [unset],
      fixed: conf`
        server {
            location /ws {
                if ($http_upgrade) {
                    proxy_pass http://b;
                }
                proxy_read_timeout 1h;
            }
        }
      `,
      unsafe: true,
    },
    'the proxy lines come from a snippet': {
      bad: {
        'nginx.conf': conf`http { server { «location /ws» { include proxy.conf; } } }`,
        'proxy.conf': 'proxy_pass http://b;\n',
      },
      says: [unset],
      fixed: { 'nginx.conf': conf`http { server { location /ws { include proxy.conf; proxy_read_timeout 1h; } } }` },
      unsafe: true,
    },
    'the value stands in a snippet': {
      bad: {
        'nginx.conf': conf`http { server { location /ws { include proxy.conf; } } }`,
        'proxy.conf': conf`proxy_pass http://b; «proxy_read_timeout 5s»;`,
      },
      says: [short('5s')],
      unfixable: 'a second value in the location would be a duplicate, and the snippet may serve others',
    },
  },
})
