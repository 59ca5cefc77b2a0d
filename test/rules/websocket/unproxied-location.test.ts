import { conf, testRule } from '../rule-tester.ts'

const says = (name: string, like: string) =>
  `"${name}" sets the headers of a handshake, and has no "proxy_pass", which is not inherited: nginx looks for a file and answers 404; add one, ${like}`

testRule('websocket/unproxied-location', {
  clean: {
    'a proxy_pass of its own, or in a block within': conf`
      server {
          location /a { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
          location /b { proxy_set_header Upgrade $http_upgrade; location /b/c { proxy_pass http://b; } }
          location /c { proxy_set_header Upgrade $http_upgrade; if ($http_upgrade) { proxy_pass http://b; } }
      }
    `,
    'rows of a server': conf`server { proxy_set_header Upgrade $http_upgrade; location / { root /srv; } }`,
    'something else answers, or may': conf`
      server {
          location /a { proxy_set_header Upgrade $http_upgrade; root /srv; }
          location /b { proxy_set_header Upgrade $http_upgrade; fastcgi_pass b; }
          location /c { proxy_set_header Upgrade $http_upgrade; try_files /x @d; }
          location /d { proxy_set_header Upgrade $http_upgrade; content_by_lua_block { x() } }
          location /e { proxy_set_header Upgrade $http_upgrade; include missing.conf; }
          location /f { proxy_set_header Upgrade $http_upgrade; nchan_subscriber; }
      }
    `,
    'an error_page may lead on': conf`
      server { error_page 404 = @b; location /a { proxy_set_header Upgrade $http_upgrade; } location @b { proxy_pass http://b; } }
    `,
    'no headers of a handshake': conf`server { location /ws { proxy_set_header Host $host; } }`,
  },
  caught: {
    'a location within another': {
      bad: conf`
        server {
            location / {
                proxy_pass http://b;
                «location /ws» { proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; }
            }
        }
      `,
      says: [says('location /ws', 'as "proxy_pass http://b" of line 3')],
      related: ['nginx.conf:4: sent to nobody', 'nginx.conf:3: holds for its own location alone'],
    },
    'a location beside another': {
      bad: conf`
        server {
            location / { proxy_pass http://b; }
            «location /ws» { proxy_set_header Connection "upgrade"; add_header A b; }
        }
      `,
      says: [says('location /ws', 'as "proxy_pass http://b" of line 2')],
    },
    'nothing near to go by': {
      bad: {
        'nginx.conf': conf`
          server {
              location /x { proxy_pass http://b; }
              «location ~ ^/ws» { include ws.conf; }
          }
        `,
        'ws.conf': conf`proxy_set_header Upgrade $http_upgrade;`,
      },
      says: [says('location ~ ^/ws', 'to the backend')],
    },
    'a file of its own': {
      bad: conf`«location /ws» { proxy_set_header Upgrade $http_upgrade; }`,
      says: [says('location /ws', 'to the backend')],
      severity: 'warn',
    },
  },
})
