import { conf, testRule } from '../rule-tester.ts'

const says = (bare: string, reason: string) =>
  `a handshake to ${bare} gets a 301 to ${bare}/, and WebSocket clients follow no redirect: have clients ask for ${bare}/, or add a "location = ${bare}" that proxies too (a WebSocket location: ${reason})`
const ws = 'its path has the segment "ws"'

testRule('websocket/slash-redirect', {
  clean: {
    'no slash': conf`server { location /ws { proxy_pass http://b; } }`,
    'the other one is there, exact': conf`server { location /ws/ { proxy_pass http://b; } location = /ws { proxy_pass http://b; } }`,
    'or as a prefix': conf`server { location /ws { proxy_pass http://b; } location /ws/ { proxy_pass http://b; } }`,
    'clients that ask with the slash': conf`server { location /socket.io/ { proxy_pass http://b; } }`,
    'a regex redirects nothing': conf`server { location ~ ^/ws/ { proxy_pass http://b; } }`,
    'a proxy_pass in an if redirects nothing': conf`
      server { location /ws/ { if ($http_upgrade = websocket) { proxy_pass http://b; } } }
    `,
    'the whole server': conf`
      server { location / { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; } }
    `,
    'sockets somewhere below': conf`
      server { location /chat/ { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; } }
    `,
    'a rewrite of the server comes first': conf`
      server { rewrite ^/ws$ /ws/ last; location /ws/ { proxy_pass http://b; } }
    `,
    'locations that nobody read': conf`server { include missing.conf; location /ws/ { proxy_pass http://b; } }`,
    'a server that nobody read': conf`location /ws/ { proxy_pass http://b; }`,
  },
  caught: {
    'a slash at the end': {
      bad: conf`
        server {
            «location /ws/» {
                proxy_pass http://b;
            }
        }
      `,
      says: [says('/ws', ws)],
    },
    'beside locations for other paths': {
      bad: conf`
        server {
            location / { proxy_pass http://b; }
            location ~ ^/ws { proxy_pass http://b; }
            location /ws/x { proxy_pass http://b; }
            «location ^~ /ws/» { proxy_pass http://b; }
        }
      `,
      says: [says('/ws', ws)],
    },
    'an exact location': {
      bad: conf`server { «location = /ws/» { proxy_pass http://b; } }`,
      says: [says('/ws', ws)],
    },
    'inside of another location': {
      bad: conf`server { location /chat { «location /chat/ws/» { proxy_pass http://b; } } }`,
      says: [says('/chat/ws', ws)],
    },
  },
})
