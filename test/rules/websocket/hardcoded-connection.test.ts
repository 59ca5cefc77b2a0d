import { conf, testRule } from '../rule-tester.ts'

const row = '(a WebSocket location: "proxy_set_header Upgrade …" shows it)'
const says = (name: string, variable: string) =>
  `ordinary requests to "${name}" are sent on with "Connection: upgrade" too: use a variable that a map of $http_upgrade sets, as "${variable}" ${row}`

testRule('websocket/hardcoded-connection', {
  clean: {
    'a path for sockets only': conf`server { location /ws { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; } }`,
    'an if for handshakes only': conf`server { location / { proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; if ($http_upgrade) { proxy_pass http://b; } } }`,
    'what is no handshake is sent away': conf`
      server { location /ray { if ($http_upgrade != "websocket") { return 404; } proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; } }
    `,
    'what an if for handshakes alone leads to, by a rewrite': conf`
      server {
          location / { if ($http_upgrade = websocket) { rewrite ^(.*)$ /own$1 last; } proxy_pass http://b; }
          location /own/ { internal; proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; }
      }
    `,
    'what a map gives try_files for handshakes alone': conf`
      map $http_upgrade $to { default @pages; websocket @own; }
      server {
          location / { try_files /none $to; }
          location @pages { proxy_pass http://b; }
          location @own { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; }
      }
    `,
    'a map': conf`
      map $http_upgrade $c { default upgrade; '' close; }
      server { location / { proxy_pass http://b; proxy_set_header Connection $c; } }
    `,
    "the client's own": conf`server { location / { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $http_connection; } }`,
  },
  caught: {
    'a variable that is set to it for all requests': {
      bad: conf`
        events {}
        http {
            map $http_upgrade $up { default upgrade; '' close; }
            server {
                set $go upgrade;
                location / { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; «proxy_set_header Connection $go»; }
            }
        }
      `,
      says: [says('location /', '$up')],
      fixed: conf`
        events {}
        http {
            map $http_upgrade $up { default upgrade; '' close; }
            server {
                set $go upgrade;
                location / { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $up; }
            }
        }
      `,
    },
    'the same in an outer row, which others may read otherwise': {
      bad: conf`
        server {
            proxy_set_header Upgrade $http_upgrade;
            «proxy_set_header Connection $go»;
            location / { set $go upgrade; proxy_pass http://b; }
            location /c { set $go $arg_c; proxy_pass http://b; }
        }
      `,
      says: [`${says('location /', '$connection_upgrade').replace(' too:', ' too, as are those to 1 more:')}`],
      unfixable: 'others read the variable',
    },
    'a catch-all': {
      bad: conf`
        server {
            location / {
                proxy_pass http://b;
                proxy_http_version 1.1;
                proxy_set_header Upgrade $http_upgrade;
                «proxy_set_header Connection 'upgrade'»;
            }
        }
      `,
      says: [says('location /', '$connection_upgrade')],
      fixed: conf`
        map $http_upgrade $connection_upgrade {
            default upgrade;
            ''      close;
        }

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
    'what other requests are led to as well': {
      bad: conf`
        map $http_upgrade $conn { default upgrade; '' close; }
        map $http_upgrade $to { default @own; '' @own; }
        server {
            location / { if ($http_upgrade) { rewrite ^(.*)$ /own$1 last; } try_files /none $to; }
            location /a { rewrite ^/a(.*)$ $1 last; }
            location /own/ { internal; proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; «proxy_set_header Connection "upgrade"»; }
            location @own { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; «proxy_set_header Connection "upgrade"»; }
        }
      `,
      says: [says('location /own/', '$conn'), says('location @own', '$conn')],
      fixed: conf`
        map $http_upgrade $conn { default upgrade; '' close; }
        map $http_upgrade $to { default @own; '' @own; }
        server {
            location / { if ($http_upgrade) { rewrite ^(.*)$ /own$1 last; } try_files /none $to; }
            location /a { rewrite ^/a(.*)$ $1 last; }
            location /own/ { internal; proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $conn; }
            location @own { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $conn; }
        }
      `,
    },
    'the map is there, but not used': {
      bad: conf`
        map $http_upgrade $conn { default upgrade; '' close; }
        server { location /socket.io/ { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; «proxy_set_header Connection "upgrade"»; } }
      `,
      says: [says('location /socket.io/', '$conn')],
      fixed: conf`
        map $http_upgrade $conn { default upgrade; '' close; }
        server { location /socket.io/ { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $conn; } }
      `,
    },
    'an upstream, whose connections 1.29.7 keeps unasked: the map that ends them is not taken': {
      nginxVersion: '1.29.7',
      bad: conf`
        map $http_upgrade $conn { default upgrade; '' close; }
        map $http_upgrade $kept { default upgrade; '' ''; }
        upstream b { server 127.0.0.1:3000; }
        server { location /socket.io/ { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; «proxy_set_header Connection "upgrade"»; } }
      `,
      says: [says('location /socket.io/', '$kept')],
      fixed: conf`
        map $http_upgrade $conn { default upgrade; '' close; }
        map $http_upgrade $kept { default upgrade; '' ''; }
        upstream b { server 127.0.0.1:3000; }
        server { location /socket.io/ { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $kept; } }
      `,
    },
    'an upstream that keeps none, and an address, which is never kept': {
      nginxVersion: '1.29.7',
      bad: conf`
        map $http_upgrade $conn { default upgrade; '' close; }
        upstream b { server 127.0.0.1:3000; keepalive 0; }
        server {
            location /socket.io/ { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; «proxy_set_header Connection "upgrade"»; }
            location /engine.io/ { proxy_pass http://127.0.0.1:1; proxy_set_header Upgrade $http_upgrade; «proxy_set_header Connection "upgrade"»; }
        }
      `,
      says: [says('location /socket.io/', '$conn'), says('location /engine.io/', '$conn')],
      fixed: conf`
        map $http_upgrade $conn { default upgrade; '' close; }
        upstream b { server 127.0.0.1:3000; keepalive 0; }
        server {
            location /socket.io/ { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $conn; }
            location /engine.io/ { proxy_pass http://127.0.0.1:1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $conn; }
        }
      `,
    },
    'a fragment that leaves no place for a map': {
      bad: conf`location / { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; «proxy_set_header Connection "upgrade"»; }`,
      says: [says('location /', '$connection_upgrade')],
      unfixable: 'the map belongs into http, which this file is not part of',
    },
  },
})
