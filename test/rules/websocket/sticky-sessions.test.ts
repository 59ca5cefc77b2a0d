import { conf, testRule } from '../rule-tester.ts'

const says = (product: string, count: number, reason: string) =>
  `${product} sends several requests per session, and the ${count} servers of "nodes" get them in turn: those that don't know the session refuse them; add "ip_hash;" (or "hash", "sticky"), unless clients use nothing but the WebSocket transport (a WebSocket location: ${reason})`

const site = (upstream: string, path = '/socket.io/') => conf`
  ${upstream}
  server { location ${path} { proxy_pass http://nodes; } }
`

testRule('websocket/sticky-sessions', {
  clean: {
    'one server': site('upstream nodes { server a:3000; }'),
    ip_hash: site('upstream nodes { ip_hash; server a:3000; server b:3000; }'),
    hash: site('upstream nodes { hash $cookie_io consistent; server a:3000; server b:3000; }'),
    sticky: site('upstream nodes { server a:3000; server b:3000; sticky cookie srv; }'),
    'a module for it': site('upstream nodes { sticky_cookie_insert io; server a:3000; server b:3000; }'),
    'one server, and others in reserve': site(
      'upstream nodes { server a:3000; server b:3000 backup; server c:3000 down; }',
    ),
    'another product': site('upstream nodes { server a:3000; server b:3000; }', '/cable'),
    'no upstream block': conf`server { location /socket.io/ { proxy_pass http://nodes; } }`,
    'what an unreadable include may add': site('upstream nodes { include x.conf; server a:3000; server b:3000; }'),
  },
  caught: {
    'round robin': {
      bad: conf`
        «upstream nodes» {
            server 10.0.0.1:3000;
            server 10.0.0.2:3000;
        }
        server {
            location /socket.io/ {
                proxy_pass http://nodes;
            }
        }
      `,
      says: [says('Socket.IO', 2, 'its path has the Socket.IO endpoint /socket.io')],
      related: ['nginx.conf:6: this location sends them there'],
    },
    'least_conn and random are no help': {
      bad: site('«upstream nodes» { least_conn; server a:3000; server b:3000; server c:3000; }', '/sockjs/'),
      says: [says('SockJS', 3, 'its path has the SockJS endpoint /sockjs')],
    },
    'servers from another file': {
      bad: {
        'nginx.conf': conf`http { «upstream nodes» { include nodes; random; } server { location /signalr { proxy_pass http://nodes; } } }`,
        nodes: 'server a; server b;',
      },
      says: [says('ASP.NET Core SignalR', 2, 'its path has the ASP.NET Core SignalR endpoint /signalr')],
    },
  },
})
