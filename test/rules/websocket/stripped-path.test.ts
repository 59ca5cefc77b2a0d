import { conf, testRule } from '../rule-tester.ts'

const says = (from: string, to: string, where: string, wanted: string, label: string) =>
  `the backend gets the handshake to ${from} as ${to}, and ${where}: write "proxy_pass ${wanted};" (a WebSocket location: its path has the ${label})`

const WHY = 'whether the backend was told to answer elsewhere, a person knows'

testRule('websocket/stripped-path', {
  clean: {
    'no URI': conf`location /socket.io/ { proxy_pass http://b; }`,
    'the same path': conf`location /socket.io/ { proxy_pass http://b/socket.io/; }`,
    'the path in a folder': conf`location /socket.io/ { proxy_pass http://b/app/socket.io/; }`,
    'out of a folder': conf`location /grafana/api/live/ws { proxy_pass http://b/api/live/ws; }`,
    'a generic path, whose stripping may be meant': conf`location /ws/ { proxy_pass http://b/; }`,
    'slashes on both sides, or on none, or no letter before the join': conf`
      server {
          location /ws/ { proxy_pass http://b/ws/; }
          location /wss { proxy_pass http://b/ws; }
          location = /x/ws/ { proxy_pass http://b/ws; }
          location /y/ws/ { proxy_pass http://b/ws-; }
          location /z/ws/ { proxy_pass http://b/ws?room=; }
      }
    `,
    'an endpoint that takes any path': conf`location /websockify { proxy_pass http://vnc:6080/; }`,
    'a path that the documentation has nginx take away': conf`
      location ^~ /push/ws { proxy_pass http://127.0.0.1:7867/ws; }
    `,
    'a regex location takes no URI': conf`location ~ ^/socket.io/ { proxy_pass http://b; }`,
    'known by its upstream only': conf`
      upstream socketio { server a; }
      server { location /app/ { proxy_pass http://socketio/; } }
    `,
    'variables, which replace the whole path': conf`location /socket.io/ { proxy_pass http://b/$is_args$args; }`,
    'a rewrite, after which the URI counts for nothing': conf`
      location /socket.io/ { rewrite ^/x /y break; proxy_pass http://b/; }
    `,
    'what an unreadable include may rewrite': conf`location /socket.io/ { include missing.conf; proxy_pass http://b/; }`,
  },
  caught: {
    'a slash in the location alone': {
      bad: conf`
        location /ws/ { «proxy_pass http://127.0.0.1:3000/ws»; }
        location ^~ /socket.io/ { «proxy_pass "http://b/socket.io"»; }
      `,
      says: [
        'the backend gets the handshake to /ws/x as /wsx, as /ws/ ends with a slash and the URI of proxy_pass does not: write "proxy_pass http://127.0.0.1:3000/ws/;", unless clients ask for /ws/ alone (a WebSocket location: its path has the segment "ws")',
        'the backend gets the handshake to /socket.io/x as /socket.iox, as /socket.io/ ends with a slash and the URI of proxy_pass does not: write "proxy_pass http://b/socket.io/;", unless clients ask for /socket.io/ alone (a WebSocket location: its path has the Socket.IO endpoint /socket.io)',
      ],
      fixed: conf`
        location /ws/ { proxy_pass http://127.0.0.1:3000/ws/; }
        location ^~ /socket.io/ { proxy_pass "http://b/socket.io/"; }
      `,
      unsafe: true,
    },
    'a slash too many': {
      bad: conf`
        location /socket.io/ {
            «proxy_pass http://127.0.0.1:3000/»;
        }
      `,
      says: [
        says(
          '/socket.io/',
          '/',
          'Socket.IO answers at /socket.io',
          'http://127.0.0.1:3000',
          'Socket.IO endpoint /socket.io',
        ),
      ],
      related: ['nginx.conf:1: the path that is replaced'],
      unfixable: WHY,
    },
    'an exact location': {
      bad: conf`location = /cable { «proxy_pass https://rails/ws»; }`,
      says: [says('/cable', '/ws', 'Action Cable answers at /cable', 'https://rails', 'Action Cable endpoint /cable')],
      unfixable: WHY,
    },
    'below a folder that the backend does not have': {
      bad: conf`location ^~ /Chat/Socket.IO/ { «proxy_pass http://b/»; }`,
      says: [
        says(
          '/Chat/Socket.IO/',
          '/',
          'Socket.IO answers at /socket.io',
          'http://b/Socket.IO/',
          'Socket.IO endpoint /socket.io',
        ),
      ],
      unfixable: WHY,
    },
  },
})
