import { conf, testRule } from '../rule-tester.ts'

const path = '(a WebSocket location: its path has the segment "ws")'
const row = '(a WebSocket location: "proxy_set_header Upgrade …" shows it)'

/** Why such lines stay: somebody wrote them, and what they were to do is nothing that this rule knows. */
const reason = 'a person decides'

testRule('websocket/handshake-blocked', {
  clean: {
    'nothing in the way': conf`
      location /ws {
          proxy_pass http://b;
          proxy_pass_request_headers on;
          proxy_method GET;
          limit_except GET { deny all; }
      }
    `,
    "the client's own headers": conf`
      location /ws {
          proxy_pass http://b;
          proxy_set_header Sec-WebSocket-Key $http_sec_websocket_key;
          proxy_set_header Sec-WebSocket-Version 13;
          proxy_set_header Sec-WebSocket-Protocol $http_sec_websocket_protocol;
      }
    `,
    'without compression a handshake succeeds': conf`
      location /ws { proxy_pass http://b; proxy_set_header Sec-WebSocket-Extensions ""; }
    `,
    'no WebSocket location': conf`location /api { proxy_pass http://b; proxy_pass_request_headers off; }`,
    'a limit_except that lets some in': conf`
      location /ws { proxy_pass http://b; limit_except POST { allow 10.0.0.0/8; deny all; } }
    `,
    'a return under a condition': conf`location /ws { if ($bad) { return 403; } proxy_pass http://b; }`,
    'a try_files beside an if, in which it does not hold': conf`
      server { location / { if ($http_upgrade) { proxy_pass http://b; } try_files $uri /index.html; } }
    `,
    'a status whose error_page leads on to a backend': conf`
      server {
          error_page 418 = @ws;
          error_page 419 = /own;
          location /ws { if ($http_upgrade = websocket) { return 418; } proxy_pass http://b; proxy_set_header Connection upgrade; }
          location /wss { if ($http_upgrade = websocket) { return 419; } proxy_pass http://b; proxy_set_header Connection upgrade; }
          location @ws { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
          location /own { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
      }
    `,
    'the refusal of a backend that an error_page leads on': conf`
      server {
          error_page 426 = @ws;
          proxy_intercept_errors on;
          location /ws { proxy_pass http://b; proxy_method POST; }
          location @ws { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
      }
    `,
    'a status that is kept for those who get no 101': conf`
      server {
          error_page 404 503 @page;
          error_page 418 =101 @ws;
          location / { if ($http_upgrade = websocket) { return 418; } proxy_pass http://b; }
          location /a { return 404; }
          location @ws { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
          location @page { proxy_pass http://b; }
      }
    `,
    'something may lead to what is internal': conf`
      http {
          server { location /ws { internal; proxy_pass http://b; } location / { proxy_pass http://b; } }
          server { location /ws { internal; proxy_pass http://b; } location / { try_files /x /ws; } }
          server { location /ws { internal; proxy_pass http://b; } error_page 404 = /ws; }
          server { location /ws { internal; proxy_pass http://b; } if ($http_upgrade) { rewrite ^ /ws; } }
          server { location /ws { internal; proxy_pass http://b; } location / { content_by_lua_block { ngx.exec("/ws") } } }
          server { location /ws { internal; proxy_pass http://b; } location / { of_nobody_knows_what; } }
          server { location /ws { internal; proxy_pass http://b; } include missing.conf; }
          server { location /ws { internal; proxy_pass http://b; } location /a { auth_request /ws; } }
      }
    `,
    'what is internal in a file of its own': conf`server { location /ws { internal; proxy_pass http://b; } }`,
    'what headers-more leaves of a handshake': conf`
      server {
          proxy_set_header Upgrade $http_upgrade;
          proxy_set_header Connection upgrade;
          location /a { more_clear_input_headers Connection Host; proxy_pass http://b; }
          location /b { more_set_input_headers 'Upgrade: websocket'; proxy_pass http://b; }
          location /c { more_clear_headers -s 404 Upgrade; more_clear_headers Connection Server; proxy_pass http://b; }
          location /d { more_set_input_headers "Upgrade: $http_x"; proxy_pass http://b; }
      }
    `,
    'somebody is let in': conf`
      server {
          location /ws { allow 10.0.0.0/8; deny all; proxy_pass http://b; }
          location /a/ws { satisfy any; deny all; auth_basic x; proxy_pass http://b; }
          location /b/ws { include allowed.conf; deny all; proxy_pass http://b; }
          location /c/ws { allow all; deny all; proxy_pass http://b; }
          location /d { deny all; location /d/ws { allow all; proxy_pass http://b; } }
      }
    `,
    'a return of another location': conf`
      server { location /ws { proxy_pass http://b; } location / { return 404; } }
    `,
    'what an unreadable include may set right': conf`
      http {
          proxy_pass_request_headers off;
          server { location /ws { include missing.conf; proxy_pass http://b; } }
      }
    `,
  },
  caught: {
    'proxy_pass_request_headers off': {
      bad: conf`
        server {
            location /ws {
                proxy_pass http://b;
                «proxy_pass_request_headers off»;
            }
        }
      `,
      says: [
        `"proxy_pass_request_headers off" keeps Sec-WebSocket-Key from the backend, which answers the handshake with 400: remove it, or set it where no WebSocket passes ${path}`,
      ],
      related: ['nginx.conf:2: handshakes to this location fail'],
      unfixable: reason,
    },
    'inherited, for two locations once': {
      bad: conf`
        server {
            «proxy_pass_request_headers off»;
            location /ws { proxy_pass http://b; }
            location /b/ws { proxy_pass http://b; }
        }
      `,
      says: [
        `"proxy_pass_request_headers off" keeps Sec-WebSocket-Key from the backend, which answers the handshake with 400: remove it, or set it where no WebSocket passes ${path}`,
      ],
      related: ['nginx.conf:3: handshakes to this location fail'],
      unfixable: reason,
    },
    'a key that is blanked and a version that is changed': {
      bad: conf`
        location /ws {
            proxy_pass http://b;
            «proxy_set_header sec-websocket-key ""»;
            «proxy_set_header Sec-WebSocket-Version 8»;
        }
      `,
      says: [
        `this row takes sec-websocket-key, without which the backend refuses the handshake (400 or 426): remove the row, nginx passes the client's own header on ${path}`,
        `this row changes Sec-WebSocket-Version, without which the backend refuses the handshake (400 or 426): remove the row, nginx passes the client's own header on ${path}`,
      ],
      unfixable: reason,
    },
    'a subprotocol that is set for all': {
      bad: conf`location /ws { proxy_pass http://b; «proxy_set_header Sec-WebSocket-Protocol mqtt»; }`,
      says: [
        `this row changes Sec-WebSocket-Protocol, so that a client that asks for another subprotocol, or for none, closes the connection: remove the row, nginx passes the client's own header on ${path}`,
      ],
      severity: 'warn',
      unfixable: reason,
    },
    'a subprotocol that is blanked is missed only by those who ask for one': {
      bad: conf`location /ws { proxy_pass http://b; «proxy_set_header Sec-WebSocket-Protocol ""»; }`,
      says: [
        `this row takes Sec-WebSocket-Protocol, so that a client that asks for a subprotocol closes the connection: remove the row, nginx passes the client's own header on ${path}`,
      ],
      severity: 'warn',
      unfixable: reason,
    },
    'a Host with a colon, beside which nginx sends its own': {
      bad: conf`location /ws { proxy_pass http://b; «proxy_set_header Host: $host»; }`,
      says: [
        `the colon makes this row a second "Host" header beside that of nginx, which the backend must answer with 400: write "Host" without it ${path}`,
      ],
      fixed: conf`location /ws { proxy_pass http://b; proxy_set_header Host $host; }`,
    },
    'a Host with a colon, beside one without': {
      bad: conf`location /ws { proxy_pass http://b; proxy_set_header Host $host; «proxy_set_header Host: a»; }`,
      says: [
        `the colon makes this row a second "Host" header beside the other row, which the backend must answer with 400: keep one of them, without a colon ${path}`,
      ],
      unfixable: 'a person knows which is meant',
    },
    'slips of the hand: headers that no client sends': {
      bad: conf`
        location /ws {
            proxy_pass http://b;
            «proxy_set_header Host $http_hots»;
            «proxy_set_header Sec-WebSocket-Key $http_sec_websoket_key»;
        }
      `,
      says: [
        `"$http_hots" is always empty, as no client sends a header "Hots": this row takes the "Host" header from the backend, which must answer a request without it with 400: write "proxy_set_header Host $host;" ${path}`,
        `"$http_sec_websoket_key" is always empty, as no client sends a header "Sec-Websoket-Key": this row takes Sec-WebSocket-Key, without which the backend refuses the handshake (400 or 426): remove the row, nginx passes the client's own header on ${path}`,
      ],
      unfixable: reason,
    },
    'another method': {
      bad: conf`location /ws { proxy_pass http://b; «proxy_method POST»; }`,
      says: [
        `"proxy_method POST" turns the handshake, a GET request, into POST, and the backend refuses it (405 or 400): remove it, or set it where no WebSocket passes ${path}`,
      ],
      unfixable: reason,
    },
    'limit_except without GET': {
      bad: conf`location /ws { proxy_pass http://b; «limit_except POST» { deny all; } }`,
      says: [`"limit_except POST" answers the handshake, a GET request, with 403: add GET to it ${path}`],
      unfixable: reason,
    },
    'the redirect of a server that was to lead to https': {
      bad: conf`
        server {
            listen 80;
            «return 301 https://$host$request_uri»;
            location /chat {
                proxy_pass http://b;
                proxy_set_header Upgrade $http_upgrade;
            }
        }
      `,
      says: [
        '"return 301 https://$host$request_uri" answers the handshake before proxy_pass is reached: move it into a location of its own, or make it conditional (a WebSocket location: "proxy_set_header Upgrade …" shows it)',
      ],
      related: ['nginx.conf:4: handshakes to this location fail'],
      unfixable: reason,
    },
    'try_files beside proxy_pass': {
      bad: conf`
        server {
            location / { «try_files $uri $uri/ /index.html»; proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
            location /ws { «try_files $uri =404»; proxy_pass http://b; }
        }
      `,
      says: [
        '"try_files $uri $uri/ /index.html" looks for a file before proxy_pass is reached, finds none for a handshake, and goes on to "/index.html": take it out, or give WebSockets a location of their own (a WebSocket location: "proxy_set_header Upgrade …" shows it)',
        `"try_files $uri =404" looks for a file before proxy_pass is reached, finds none for a handshake, and answers it with 404: take it out, or give WebSockets a location of their own ${path}`,
      ],
      unfixable: reason,
    },
    'a rewrite that redirects all of the location': {
      bad: conf`
        location /ws/ {
            «rewrite ^/ws/(.*)$ /$1 permanent»;
            proxy_pass http://b;
        }
      `,
      says: [
        `"rewrite ^/ws/(.*)$ /$1 permanent" answers the handshake before proxy_pass is reached: move it into a location of its own, or make it conditional ${path}`,
      ],
      unfixable: reason,
    },
    'a return for handshakes alone, or for all but POST': {
      bad: conf`
        server {
            location /ws { if ($http_upgrade ~* websocket) { «return 400»; } proxy_pass http://b; }
            location /b/ws { if ($request_method != POST) { «return 405»; } proxy_pass http://b; }
        }
      `,
      says: [
        `"return 400" answers the handshake before proxy_pass is reached: move it into a location of its own, or make its "if" one that no handshake meets ${path}`,
        `"return 405" answers the handshake before proxy_pass is reached: move it into a location of its own, or make its "if" one that no handshake meets ${path}`,
      ],
      unfixable: reason,
    },
    'a status whose error_page leads to a page': {
      bad: conf`
        server {
            error_page 418 = @page;
            location /ws { «return 418»; proxy_pass http://b; }
            location @page { root /srv; }
        }
      `,
      says: [
        '"return 418" answers the handshake before proxy_pass is reached: move it into a location of its own, or make it conditional (a WebSocket location: its path has the segment "ws")',
      ],
      unfixable: 'what it is for, a person knows',
    },
    'an error_page for handshakes alone that keeps its status': {
      bad: conf`
        server {
            location / { «error_page 418 @ws»; if ($http_upgrade = websocket) { return 418; } proxy_pass http://b; }
            location @ws { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
        }
      `,
      says: [
        `"error_page 418 @ws" leads the handshake on, and makes a 418 of the backend's 101, which clients take for a refusal: write "= @ws", which keeps the status ${row}`,
      ],
      fixed: conf`
        server {
            location / { error_page 418 = @ws; if ($http_upgrade = websocket) { return 418; } proxy_pass http://b; }
            location @ws { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
        }
      `,
    },
    'an error_page, for others too, that gives the status of an ordinary answer': {
      bad: conf`
        server {
            proxy_intercept_errors on;
            location /ws { «error_page 426 =200 @ws»; proxy_pass http://b; }
            location @ws { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
        }
      `,
      says: [
        `"error_page 426 =200 @ws" leads the handshake on, and makes a 200 of the backend's 101, which clients take for a refusal: write "=" in the place of "=200", which keeps the status ${row}`,
      ],
      fixed: conf`
        server {
            proxy_intercept_errors on;
            location /ws { error_page 426 = @ws; proxy_pass http://b; }
            location @ws { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
        }
      `,
      unsafe: true,
    },
    'what is internal, and nothing leads there': {
      bad: conf`
        http {
            server {
                location / { root /srv; }
                location /ws { «internal»; proxy_pass http://b; }
                location /wss { «internal»; location /wss/a { proxy_pass http://b; } }
            }
        }
      `,
      says: ['ws', 'wss'].map(
        (segment) =>
          `"internal" answers the handshake with 404, for nothing in this server leads here from inside: remove it, or lead handshakes here by "try_files", "rewrite" or "error_page" (a WebSocket location: its path has the segment "${segment}")`,
      ),
      unfixable: 'it may be there to keep strangers out',
    },
    'nobody is let in': {
      bad: conf`
        server {
            location /ws { «deny all»; proxy_pass http://b; }
            location /a { deny 10.0.0.1; «deny all»; allow all; location /a/ws { proxy_pass http://b; } }
        }
      `,
      says: [1, 2].map(
        () =>
          '"deny all" answers every handshake with 403, for no "allow" before it lets anybody in: add one, as "allow 10.0.0.0/8;", or remove it (a WebSocket location: its path has the segment "ws")',
      ),
      unfixable: 'who is to come in, a person knows',
    },
    'headers-more': {
      bad: conf`
        server {
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $http_connection;
            location /a { «more_clear_input_headers Upgrade»; proxy_pass http://b; }
            location /b { «more_set_input_headers 'Connection: close'»; proxy_pass http://b; }
            location /c { «more_clear_input_headers 'Sec-WebSocket-*'»; proxy_pass http://b; }
            location /d { «more_clear_headers Server Upgrade»; proxy_pass http://b; }
            location /e { «more_set_headers 'Upgrade: h2'»; proxy_pass http://b; }
        }
      `,
      says: [
        ...[
          ['more_clear_input_headers Upgrade', 'Upgrade'],
          ["more_set_input_headers 'Connection: close'", 'Connection'],
          ["more_clear_input_headers 'Sec-WebSocket-*'", 'Sec-WebSocket-Key'],
        ].map(
          ([line, name]) =>
            `"${line}" changes ${name} before nginx reads the request any further, and the backend gets no handshake (400 or 426): remove it, or set it where no WebSocket passes (a WebSocket location: "proxy_set_header Upgrade …" shows it)`,
        ),
        ...['more_clear_headers Server Upgrade', "more_set_headers 'Upgrade: h2'"].map(
          (line) =>
            `"${line}" changes Upgrade in the answer to the handshake, and clients close the connection: remove it, or set it where no WebSocket passes (a WebSocket location: "proxy_set_header Upgrade …" shows it)`,
        ),
      ],
      unfixable: 'it is there for some reason',
    },
    'a rewrite that leads to another location': {
      bad: conf`
        server {
            location /ws/ { «rewrite ^/ws/(.*)$ /$1»; proxy_pass http://b; }
            location /b/ws { «rewrite /b/(.*) /z/$1 last»; proxy_pass http://b; }
            location / { root /srv; }
        }
      `,
      says: [
        `"rewrite ^/ws/(.*)$ /$1" has nginx look for a location anew, and "location /" answers the handshake: add "break", which keeps it here ${path}`,
        `"rewrite /b/(.*) /z/$1 last" has nginx look for a location anew, and "location /" answers the handshake: add "break", which keeps it here ${path}`,
      ],
      fixed: conf`
        server {
            location /ws/ { rewrite ^/ws/(.*)$ /$1 break; proxy_pass http://b; }
            location /b/ws { rewrite /b/(.*) /z/$1 break; proxy_pass http://b; }
            location / { root /srv; }
        }
      `,
      unsafe: true,
    },
    "headers of the backend's 101 that are hidden from clients": {
      bad: conf`
        server {
            «proxy_hide_header Upgrade»;
            location /ws { proxy_pass http://b; }
        }
      `,
      says: [
        `"proxy_hide_header Upgrade" takes Upgrade out of the answer to the handshake, and clients close the connection: remove it, or add "proxy_pass_header Upgrade;" to the location ${path}`,
      ],
      unfixable: reason,
    },
    'a subprotocol that is hidden is missed only by those who ask for one': {
      bad: conf`location /ws { proxy_pass http://b; «proxy_hide_header Sec-WebSocket-Protocol»; }`,
      says: [
        `"proxy_hide_header Sec-WebSocket-Protocol" takes Sec-WebSocket-Protocol out of the answer to the handshake, and clients that ask for a subprotocol close the connection: remove it, or add "proxy_pass_header Sec-WebSocket-Protocol;" to the location ${path}`,
      ],
      severity: 'warn',
      unfixable: reason,
    },
    'HTTP/2 without TLS, which is all that such a port speaks': {
      bad: conf`server { «listen 80 http2»; location /ws { proxy_pass http://b; } }`,
      says: [
        `"listen 80 http2" without TLS takes nothing but HTTP/2 before nginx 1.25.1, and a handshake comes in HTTP/1.1: leave "http2" out, or give WebSockets a port of their own ${path}`,
      ],
      unfixable: reason,
    },
    'doubtful evidence makes it a warning': {
      bad: conf`
        server {
            proxy_set_header Upgrade $http_upgrade;
            location /a { proxy_pass http://b; }
            location /b { proxy_pass http://b; proxy_set_header Host $host; «proxy_method POST»; }
        }
      `,
      says: [
        '"proxy_method POST" turns the handshake, a GET request, into POST, and the backend refuses it (405 or 400): remove it, or set it where no WebSocket passes (a WebSocket location: "proxy_set_header Upgrade …" shows it)',
      ],
      severity: 'warn',
      unfixable: reason,
    },
  },
})
