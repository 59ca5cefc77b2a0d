import { conf, testRule } from '../rule-tester.ts'

const cable = '(a WebSocket location: its path has the Action Cable endpoint /cable)'

const refused = (host: string, product: string, remedy: string) =>
  `the backend gets "Host: ${host}", and ${product} refuses handshakes of browsers, whose "Origin" names the host of the page: ${remedy}`

const ported = (who: string) =>
  `this row puts a port behind the host, and browsers leave the default one out of "Origin": ${who} the handshake; write "proxy_set_header Host $http_host;"`

testRule('websocket/origin-host', {
  clean: {
    'the host of the page': conf`
      http {
          server { location /cable { proxy_pass http://rails; proxy_set_header Host $host; } }
          server { proxy_set_header Host $http_host; location /cable { proxy_pass http://rails; } }
      }
    `,
    'a host that somebody chose': conf`
      http { server { location /cable { proxy_pass http://rails; proxy_set_header Host www.example.com; } } }
    `,
    'an origin that the backend gets, or another name for the host': conf`
      http {
          server { location /cable { proxy_pass http://rails; proxy_set_header Origin http://rails; } }
          server { location /rest/push { proxy_pass http://n8n; proxy_set_header X-Forwarded-Host $host; } }
      }
    `,
    'backends of which nobody knows what they compare': conf`http { server { location /ws { proxy_pass http://app; } } }`,
    'a backend with a domain of its own, or one that a variable tells': conf`
      http {
          server { location /cable { proxy_pass https://cable.example.com; } }
          server { location /cable { proxy_pass http://$backend; } }
      }
    `,
    'rows that an unreadable include may add': conf`http { server { location /cable { include x; proxy_pass http://rails; } } }`,
    'a row that is lost, of which another rule tells': conf`
      http { server { proxy_set_header Host $host; location /cable { proxy_pass http://rails; proxy_set_header A b; } } }
    `,
    'a port that is not the default one': conf`
      http {
          server { listen 8443 ssl; location /ws { proxy_pass http://b; proxy_set_header Host $host:$server_port; } }
          server { listen 80; listen 8080; location /ws { proxy_pass http://b; proxy_set_header Host $host:$server_port; } }
          server { location /ws { proxy_pass http://b; proxy_set_header Host $host:8080; } }
      }
    `,
  },
  caught: {
    'the name of the backend': {
      bad: conf`
        http {
            upstream rails.internal { server 127.0.0.1:3000; }
            server { «location /cable» { proxy_pass http://rails.internal; } }
            server { «location /cable» { proxy_pass http://127.0.0.1:3000; } }
            server { «location /cable» { proxy_pass http://unix:/run/rails.sock:; } }
            server { location /cable { proxy_pass http://rails:3000; «proxy_set_header Host $proxy_host»; } }
        }
      `,
      says: [
        `${refused('rails.internal', 'Action Cable', 'add "proxy_set_header Host $http_host;"')} ${cable}`,
        `${refused('127.0.0.1:3000', 'Action Cable', 'add "proxy_set_header Host $http_host;"')} ${cable}`,
        `${refused('localhost', 'Action Cable', 'add "proxy_set_header Host $http_host;"')} ${cable}`,
        `${refused('rails:3000', 'Action Cable', 'write "proxy_set_header Host $http_host;"')} ${cable}`,
      ],
    },
    'rows of the server that hold': {
      bad: conf`
        http {
            server {
                proxy_set_header X-Real-IP $remote_addr;
                «location ~ ^/api/kernels/[^/]+/channels» { proxy_pass http://jupyter; }
            }
        }
      `,
      says: [
        `${refused('jupyter', 'Jupyter Server', 'add "proxy_set_header Host $http_host;" beside the rows of line 3')} (a WebSocket location: its path has the Jupyter Server endpoint /api/kernels/*/channels)`,
      ],
    },
    'in a file of its own, whose surroundings may set it': {
      bad: conf`«location /cable» { proxy_pass http://rails; }`,
      says: [
        `the backend gets "Host: rails", and Action Cable refuses handshakes of browsers, whose "Origin" names the host of the page, unless the configuration around this file sets it: add "proxy_set_header Host $http_host;" ${cable}`,
      ],
    },
    'the port of the server, where it is the default one': {
      bad: conf`
        http {
            server { listen 443 ssl; location /cable { proxy_pass http://rails; «proxy_set_header Host $host:$server_port»; } }
            server { location /cable { proxy_pass http://rails; «proxy_set_header Host $host:80»; } }
        }
      `,
      says: [`${ported('Action Cable refuses')} ${cable}`, `${ported('Action Cable refuses')} ${cable}`],
    },
    'the same, where nobody knows what the backend compares': {
      bad: conf`
        http { server { listen 80; listen [::]:443 ssl; location /ws { proxy_pass http://b; «proxy_set_header Host "$host:$server_port"»; } } }
      `,
      says: [
        `${ported('backends that compare the two (gorilla/websocket, Tornado) refuse')} (a WebSocket location: its path has the segment "ws")`,
      ],
      severity: 'info',
    },
  },
})
