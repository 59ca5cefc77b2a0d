import { conf, testRule } from '../rule-tester.ts'

const ws =
  'nginx does not start with "ws://" (invalid URL prefix): write "http://", a WebSocket handshake is an HTTP request'
const wss =
  'nginx does not start with "wss://" (invalid URL prefix): write "https://", a WebSocket handshake is an HTTP request'

testRule('websocket/proxy-pass-scheme', {
  clean: {
    http: conf`location /ws { proxy_pass http://backend; }`,
    https: conf`location /ws { proxy_pass https://backend; }`,
    'no scheme at all': conf`location /ws { proxy_pass $backend; }`,
    'a host called ws': conf`location / { proxy_pass http://ws; }`,
    'ws:// elsewhere': conf`location / { proxy_pass http://b; proxy_redirect ws://b/ /; }`,
    'a proxy_pass of stream': conf`stream { server { listen 9000; proxy_pass ws:9000; } }`,
  },
  caught: {
    'ws://': {
      bad: conf`
        server {
            location /chat {
                proxy_pass «ws://»localhost:8080/chat;  # the app
            }
        }
      `,
      says: [ws],
      fixed: conf`
        server {
            location /chat {
                proxy_pass http://localhost:8080/chat;  # the app
            }
        }
      `,
    },
    'wss:// is https://': {
      bad: conf`location / { proxy_pass «wss://»$backend; }`,
      says: [wss],
      fixed: conf`location / { proxy_pass https://$backend; }`,
    },
    'in capitals': {
      bad: conf`location / { proxy_pass «WSS://»b; }`,
      says: [wss.replace('wss', 'WSS')],
      fixed: conf`location / { proxy_pass https://b; }`,
    },
    'in quotes, which stay': {
      bad: conf`location / { proxy_pass "«ws://»b"; }`,
      says: [ws],
      fixed: conf`location / { proxy_pass "http://b"; }`,
    },
    'on each of several lines, behind non-ASCII text': {
      bad: conf`server { location /a { # grüß
          proxy_pass «ws://»a; } location /b { if ($x) { proxy_pass «ws://»b; } } }`,
      says: [ws, ws],
      fixed: conf`server { location /a { # grüß
          proxy_pass http://a; } location /b { if ($x) { proxy_pass http://b; } } }`,
    },
    'in a snippet that two servers include: once': {
      bad: {
        'nginx.conf': conf`http { server { include snip/ws.conf; } server { include snip/ws.conf; } }`,
        'snip/ws.conf': conf`location /ws { proxy_pass «ws://»b; }`,
      },
      says: [ws],
      fixed: { 'snip/ws.conf': conf`location /ws { proxy_pass http://b; }` },
    },
  },
})
