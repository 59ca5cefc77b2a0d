import { conf, testRule } from '../rule-tester.ts'

const says = (uri: string, name: string) =>
  `"auth_request ${uri}" asks with the headers of the handshake, and where the backend of "${name}" answers 101, as a Node server with WebSockets does at any path, nginx closes the connection: write "proxy_set_header Upgrade "";" and "proxy_set_header Connection "";" in "${name}", beside the rows that it needs`

const rows = 'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;'

testRule('websocket/auth-subrequest', {
  clean: {
    'rows of its own': conf`
      server {
          ${rows}
          location /ws { auth_request /auth; proxy_pass http://b; }
          location = /auth { internal; proxy_pass http://b; proxy_set_header Host $host; }
      }
    `,
    'rows in the location of the WebSockets': conf`
      server { location /ws { auth_request /auth; ${rows} proxy_pass http://b; } location = /auth { proxy_pass http://b; } }
    `,
    'HTTP/1.0, in which nobody upgrades': conf`
      server {
          ${rows}
          location /ws { auth_request /auth; proxy_pass http://b; }
          location = /auth { proxy_http_version 1.0; proxy_pass http://b; }
      }
    `,
    'what no backend is asked, or nobody': conf`
      server {
          ${rows}
          auth_request /auth;
          location /a { auth_request off; proxy_pass http://b; }
          location /b { proxy_pass http://b; }
          location = /auth { return 204; }
      }
    `,
    'a path that an include may answer': conf`
      server { ${rows} include x.conf; location /ws { auth_request /auth; proxy_pass http://b; } location = /auth { include y.conf; proxy_pass http://b; } }
    `,
  },
  caught: {
    'rows of the server': {
      bad: conf`
        server {
            ${rows}
            location /ws { «auth_request /auth»; proxy_pass http://b; }
            location = /auth { internal; proxy_pass http://b; }
        }
      `,
      says: [says('/auth', 'location = /auth')],
      related: ['nginx.conf:4: the subrequest comes here'],
    },
    'one line for all locations, and a query': {
      bad: conf`
        server {
            «auth_request /auth?x=1»;
            ${rows}
            location /a { proxy_pass http://b; }
            location /b { proxy_pass http://b; }
            location /auth { auth_request off; proxy_pass http://c; }
        }
      `,
      says: [says('/auth?x=1', 'location /auth')],
      related: ['nginx.conf:6: the subrequest comes here'],
    },
  },
})
