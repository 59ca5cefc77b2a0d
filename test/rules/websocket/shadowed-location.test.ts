import { conf, testRule } from '../rule-tester.ts'

const says = (path: string, other: string, way: string, reason: string) =>
  `handshakes to ${path} never get here: ${other} answers them, and not as a WebSocket; ${way} (a WebSocket location: ${reason})`
const first = (path: string) => `write "location ^~ ${path}", so that regexes are not tried, or set that one right`
const ws = 'its path has the segment "ws"'
const socketIo = 'its path has the Socket.IO endpoint /socket.io'

const WHY = 'which of the two is to answer, a person knows'

testRule('websocket/shadowed-location', {
  clean: {
    'a regex for other paths': conf`
      server {
          location /socket.io/ { proxy_pass http://b; }
          location ~* \.(?:js|css)$ { expires 30d; }
      }
    `,
    'no regex is tried after ^~': conf`
      server {
          location ^~ /ws { proxy_pass http://b; }
          location ~ ^/w { return 404; }
      }
    `,
    'nor after =': conf`server { location = /ws { proxy_pass http://b; } location ~ ^/w { return 404; } }`,
    'the other is a WebSocket location itself': conf`
      server {
          location /ws { proxy_pass http://b; }
          location ~ ^/ws { proxy_pass http://c; }
      }
    `,
    'the other would do, though nothing shows that it is meant to': conf`
      server {
          location /ws { proxy_pass http://b; }
          location ~ ^/(ws|api) {
              proxy_pass http://c;
              proxy_http_version 1.1;
              proxy_set_header Upgrade $http_upgrade;
              proxy_set_header Connection upgrade;
          }
      }
    `,
    'a page at the very path, and sockets below': conf`
      server {
          location = / { root /srv; }
          location ~ ^/$ { root /srv; }
          location / { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
      }
    `,
    'the other sends requests on': conf`
      server {
          location /ws { proxy_pass http://b; }
          location ~ ^/w { rewrite ^ /socket last; }
      }
    `,
    'an earlier regex for some of the paths, and parts that are not understood': conf`
      server {
          location ~ ^/api/v1/ { proxy_pass http://b; }
          location ~ ^/api/users { proxy_pass http://b; }
          location ~ ^/api/(users/)?feed$ { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
          location ~ ^/api/(?=v1)v1 { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
      }
    `,
    'a regex that nobody can try': conf`
      server { location /ws { proxy_pass http://b; } location ~ ^(?!/api) { return 404; } }
    `,
    'a rewrite of the server': conf`
      server { rewrite ^/ws /x; location /ws { proxy_pass http://b; } location ~ ^/w { return 404; } }
    `,
    'a file that nobody read': conf`
      server { include missing.conf; location /ws { proxy_pass http://b; } location ~ ^/w { return 404; } }
    `,
    'a named location': conf`
      server { location ~ . { return 404; } location @ws { proxy_pass http://b; } }
    `,
  },
  caught: {
    'a wildcard, and what was meant for a regex': {
      bad: conf`
        server {
            «location /ws/*» { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
            «location ^~ '/wss/**'» { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
            location / { proxy_pass http://b; }
        }
      `,
      says: ['/ws/', '/wss/'].map(
        (path) =>
          `no handshake gets here: without "~" nginx takes a wildcard for plain text, and a prefix needs none; write "location ${path}" (a WebSocket location: "proxy_set_header Upgrade …" shows it)`,
      ),
      fixed: conf`
        server {
            location /ws/ { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
            location ^~ '/wss/' { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
            location / { proxy_pass http://b; }
        }
      `,
      unsafe: true,
    },
    'an earlier regex, of paths that are no known endpoint': {
      bad: conf`
        server {
            location ~ ^/api/ { proxy_pass http://b; }
            «location ~ /api/v[0-9]+/(users/)?feed$» { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
        }
      `,
      says: [
        says(
          '/api/v0/users/feed',
          '"location ~ ^/api/" (line 2)',
          'move this location before it, or set that one right',
          '"proxy_set_header Upgrade …" shows it',
        ),
      ],
      unfixable: WHY,
    },
    'no slash at the start': {
      bad: conf`
        server {
            «location ws/» { proxy_pass http://b; }
            «location ^/wss» { proxy_pass http://b; }
            location ~ ^/x { proxy_pass http://b; }
        }
      `,
      says: ['ws/', 'wss'].map(
        (path) =>
          `no handshake gets here, for every path begins with a slash: write "location /${path}" (a WebSocket location: its path has the segment "${path.replace('/', '')}")`,
      ),
      fixed: conf`
        server {
            location /ws/ { proxy_pass http://b; }
            location /wss { proxy_pass http://b; }
            location ~ ^/x { proxy_pass http://b; }
        }
      `,
      unsafe: true,
    },
    'a wildcard beside the location itself, and a regex': {
      bad: conf`
        server {
            location /ws/ { return 404; }
            «location /ws/*» { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
            «location /chat/(.*)» { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
        }
      `,
      says: [
        'no handshake gets here: without "~" nginx takes a wildcard for plain text, and a prefix needs none; write "location /ws/" (a WebSocket location: "proxy_set_header Upgrade …" shows it)',
        'no handshake gets here: without "~" nginx takes a regex for plain text, and a prefix needs none; write "location ~ ^/chat/(.*)" (a WebSocket location: "proxy_set_header Upgrade …" shows it)',
      ],
      unfixable: 'two locations would have one path; a regex takes no URI behind proxy_pass',
    },
    'a regex for an API takes the socket too': {
      bad: conf`
        server {
            «location /api/ws» {
                proxy_pass http://sockets;
            }
            location ~ ^/api/ {
                proxy_pass http://api;
            }
        }
      `,
      says: [says('/api/ws', '"location ~ ^/api/" (line 5)', first('/api/ws'), ws)],
      related: ['nginx.conf:5: answers /api/ws'],
      unfixable: WHY,
    },
    "the endpoint's own path, below a wider location": {
      bad: conf`
        upstream socketio { server a:3000; }
        server {
            «location /» { proxy_pass http://socketio; }
            location ~ ^/\w+\.io/ { return 404; }
        }
      `,
      says: [
        says(
          '/socket.io/',
          '"location ~ ^/\\w+\\.io/" (line 4)',
          'give it a "location ^~ /socket.io/", so that regexes are not tried, or set that one right',
          'its upstream is "socketio"',
        ),
      ],
      unfixable: WHY,
    },
    'a server that runs PHP for everything': {
      bad: conf`
        server {
            location ~* . { fastcgi_pass unix:/run/php.sock; }
            «location /chat/» { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
        }
      `,
      says: [says('/chat/', '"location ~* ." (line 2)', first('/chat/'), '"proxy_set_header Upgrade …" shows it')],
      unfixable: WHY,
    },
    'a regex that has the path as one of several': {
      bad: conf`
        server {
            location ~ ^/(api|ws)/ { proxy_pass http://api; }
            «location /ws/» { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
        }
      `,
      says: [says('/ws/', '"location ~ ^/(api|ws)/" (line 2)', first('/ws/'), '"proxy_set_header Upgrade …" shows it')],
      unfixable: WHY,
    },
    'an earlier regex': {
      bad: conf`
        server {
            location ~ \.io/ { expires max; }
            «location ~ ^/socket\.io/» { proxy_pass http://b; }
        }
      `,
      says: [
        says(
          '/socket.io/',
          '"location ~ \\.io/" (line 2)',
          'move this location before it, or set that one right',
          socketIo,
        ),
      ],
      unfixable: WHY,
    },
    'a longer prefix in another file': {
      bad: {
        'nginx.conf': conf`http { server { «location /» { proxy_pass http://novnc; } include more.conf; } }`,
        'more.conf': conf`
          # static files
          location /websock { root /srv; }
        `,
      },
      says: [says('/websockify', '"location /websock" (more.conf:2)', 'set that one right', 'its upstream is "novnc"')],
      unfixable: WHY,
    },
    'a regex inside of it': {
      bad: conf`
        server {
            «location /ws» {
                proxy_pass http://b;
                location ~ ^/ws { deny all; }
            }
        }
      `,
      says: [says('/ws', '"location ~ ^/ws" (line 4)', 'set that one right', ws)],
      unfixable: WHY,
    },
    'in a snippet, whose server nobody read': {
      bad: conf`
        «location /ws» { proxy_pass http://b; }
        location ~ ^/w { return 404; }
      `,
      says: [says('/ws', '"location ~ ^/w" (line 2)', first('/ws'), ws)],
      severity: 'warn',
      unfixable: WHY,
    },
  },
})
