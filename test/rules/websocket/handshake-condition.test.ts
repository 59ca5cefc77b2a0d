import { conf, testRule } from '../rule-tester.ts'

const none = (condition: string, compared = 'WebSocket', operator = '=') =>
  `no handshake meets this condition: browsers send "Upgrade: websocket", and "${operator}" compares it with "${compared}" letter by letter: write "if ${condition}"`

testRule('websocket/handshake-condition', {
  clean: {
    'what browsers send, and any case': conf`
      server {
          if ($http_upgrade = websocket) { set $c upgrade; }
          if ($http_upgrade = "websocket") { set $c upgrade; }
          if ($http_upgrade ~* WebSocket) { set $c upgrade; }
          if ($http_upgrade ~ ebsocket) { set $c upgrade; }
          if ($http_connection ~* upgrade) { set $c upgrade; }
          if ($http_connection ~ Upgrade) { set $c upgrade; }
          if ($http_upgrade = h2c) { set $c close; }
          location / { proxy_pass http://b; proxy_set_header Connection $c; }
      }
    `,
    'no handshake depends on it': conf`
      server {
          if ($http_upgrade = WebSocket) { set $kind socket; }
          if ($http_upgrade = WebSocket) { return 403; }
          if ($http_upgrade = WebSocket) { access_log off; }
          location / { proxy_pass http://b; add_header X-Kind $kind; }
      }
    `,
    'a map minds no capitals': conf`map $http_upgrade $c { default close; WebSocket upgrade; }`,
  },
  caught: {
    'a variable that the backend is told of': {
      bad: conf`
        server {
            set $c "";
            «if ($http_upgrade = WebSocket)» { set $c upgrade; }
            location / { proxy_pass http://b; proxy_set_header Connection $c; }
        }
      `,
      says: [none('($http_upgrade ~* ^websocket$)')],
      fixed: conf`
        server {
            set $c "";
            if ($http_upgrade ~* ^websocket$) { set $c upgrade; }
            location / { proxy_pass http://b; proxy_set_header Connection $c; }
        }
      `,
    },
    'in quotes, in a regex, in Connection, and behind blanks': {
      bad: conf`
        server {
            location /a { «if ( $http_upgrade = 'Websocket' )» { set $c upgrade; } proxy_pass http://b; }
            location /b { «if ($http_upgrade ~ "WebSocket")» { set $c upgrade; } proxy_pass http://b; }
            location /c { «if ($http_connection = "upgrade")» { set $c upgrade; } proxy_pass http://b; }
            proxy_set_header Connection $c;
        }
      `,
      says: [
        none("($http_upgrade ~* '^websocket$')", 'Websocket'),
        none('($http_upgrade ~* "WebSocket")', 'WebSocket', '~'),
        'no handshake meets this condition: browsers send "Connection: Upgrade", and "=" compares it with "upgrade" letter by letter: write "if ($http_connection ~* "Upgrade")"',
      ],
      fixed: conf`
        server {
            location /a { if ( $http_upgrade ~* '^websocket$' ) { set $c upgrade; } proxy_pass http://b; }
            location /b { if ($http_upgrade ~* "WebSocket") { set $c upgrade; } proxy_pass http://b; }
            location /c { if ($http_connection ~* "Upgrade") { set $c upgrade; } proxy_pass http://b; }
            proxy_set_header Connection $c;
        }
      `,
    },
    'beside captures that a regex would take away': {
      bad: conf`
        server {
            location ~ ^/ws/(.*)$ {
                «if ($http_upgrade = "WebSocket")» { set $c upgrade; }
                proxy_pass http://127.0.0.1/$1;
                proxy_set_header Connection $c;
            }
        }
      `,
      says: [none('($http_upgrade = "websocket")')],
      fixed: conf`
        server {
            location ~ ^/ws/(.*)$ {
                if ($http_upgrade = "websocket") { set $c upgrade; }
                proxy_pass http://127.0.0.1/$1;
                proxy_set_header Connection $c;
            }
        }
      `,
    },
    'every handshake meets its opposite': {
      bad: conf`
        server {
            location / { «if ($http_upgrade != "WebSocket")» { return 400; } proxy_pass http://b; }
        }
      `,
      says: [
        'every handshake meets this condition: browsers send "Upgrade: websocket", and "!=" compares it with "WebSocket" letter by letter: write "if ($http_upgrade !~* "^websocket$")"',
      ],
      fixed: conf`
        server {
            location / { if ($http_upgrade !~* "^websocket$") { return 400; } proxy_pass http://b; }
        }
      `,
    },
    'a location of their own': {
      bad: conf`
        server {
            error_page 418 = @ws;
            location /a { «if ($http_upgrade = WebSocket)» { return 418; } proxy_pass http://b; }
            location /b { «if ($http_upgrade = WebSocket)» { rewrite ^ /ws last; } proxy_pass http://b; }
            location /c { «if ($http_upgrade = WebSocket)» { proxy_pass http://b; } root /x; }
        }
      `,
      says: ['a', 'b', 'c'].map(() => none('($http_upgrade ~* ^websocket$)')),
      fixed: conf`
        server {
            error_page 418 = @ws;
            location /a { if ($http_upgrade ~* ^websocket$) { return 418; } proxy_pass http://b; }
            location /b { if ($http_upgrade ~* ^websocket$) { rewrite ^ /ws last; } proxy_pass http://b; }
            location /c { if ($http_upgrade ~* ^websocket$) { proxy_pass http://b; } root /x; }
        }
      `,
      unsafe: true,
    },
  },
})
