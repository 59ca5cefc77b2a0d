import { conf, testRule } from '../rule-tester.ts'

const ws = '(a WebSocket location: its path has the segment "ws")'
const row = '(a WebSocket location: "proxy_set_header Upgrade …" shows it)'
const missingFrom = (name: string) =>
  `the "Upgrade" header of a handshake does not reach the backend of "${name}", which answers 426 Upgrade Required: add "proxy_set_header Upgrade $http_upgrade;"`
const colon = (name: string, shows: string) =>
  `the backend of "${name}" gets "Upgrade:: websocket", not "Upgrade: websocket": the colon is a part of the name to nginx, so write "Upgrade" without it (a WebSocket location: "proxy_set_header ${shows}" shows it)`

testRule('websocket/upgrade-header', {
  clean: {
    'the three lines': conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; } }`,
    'a literal will do': conf`server { location /ws { proxy_pass http://b; proxy_set_header upgrade WebSocket; } }`,
    'names of variables without case': conf`server { location /ws { proxy_pass http://b; proxy_set_header Upgrade $HTTP_Upgrade; } }`,
    'a header that a proxy before may send': conf`server { location /ws { proxy_pass http://b; proxy_set_header Upgrade $http_x_upgrade; } }`,
    'a header without a directive, of which directives/unknown tells': conf`server { location /ws { proxy_pass http://b; Upgrade $http_upgrade; } }`,
    'inherited from the server': conf`server { proxy_set_header Upgrade $http_upgrade; location /ws { proxy_pass http://b; } }`,
    'a variable of an include that nobody could read': conf`
      events {}
      http { include maps/*.conf; include gone.conf; server { location /ws { proxy_pass http://b; proxy_set_header Upgrade $upgrade; } } }
    `,
    'an ordinary location': conf`server { location /news { proxy_pass http://b; proxy_set_header Host $host; } }`,
    'a location that blanks the header is no WebSocket location': conf`server { location / { proxy_pass http://b; proxy_set_header Upgrade ""; } }`,
    'rows of a location that has a backend of its own, or leads to one with rows of its own': conf`
      server {
          location / { proxy_pass http://b; error_page 502 @down; proxy_set_header Upgrade $http_upgrade; }
          location @down { proxy_pass http://sorry; }
          location /a { try_files $uri @a; proxy_set_header Upgrade $http_upgrade; }
          location @a { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
          location /c { try_files $uri @c; proxy_set_header Host $host; }
          location @c { proxy_pass http://b; }
      }
    `,
    'a location without a backend': conf`server { location /ws { return 404; } }`,
  },
  caught: {
    'quotes that are none to nginx, around the value': {
      bad: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; «proxy_set_header Upgrade “$http_upgrade”»; proxy_set_header Connection upgrade; } }`,
      says: [
        `curly quotes are no quotes to nginx, so the backend of "location /ws" gets "Upgrade: “websocket”", not "Upgrade: websocket": write "proxy_set_header Upgrade $http_upgrade;" ${row}`,
      ],
      fixed: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; } }`,
    },
    'quotes that are none to nginx, around the name': {
      bad: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; «proxy_set_header “Upgrade” “$http_upgrade”»; proxy_set_header Connection upgrade; } }`,
      says: [
        'the backend of "location /ws" gets a header "“Upgrade”" and no "Upgrade", and answers 426 Upgrade Required: write "proxy_set_header Upgrade" (a WebSocket location: "proxy_set_header “Upgrade” …" shows it)',
      ],
      fixed: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; } }`,
    },
    'the map behind Connection is wrong as well: it is mended, not left for another one': {
      bad: conf`
        events {}
        http {
            map $http_upgade $connection_upgrade { default upgrade; '' close; }
            server { location /ws { proxy_pass http://b; «proxy_set_header Upgrade $http_upgade»; proxy_set_header Connection $connection_upgrade; } }
        }
      `,
      says: [
        `"$http_upgade" is always empty, as no client sends a header "Upgade", so the backend of "location /ws" gets no "Upgrade" and answers 426 Upgrade Required: write "proxy_set_header Upgrade $http_upgrade;" ${row}`,
      ],
      fixed: conf`
        events {}
        http {
            map $http_upgrade $connection_upgrade { default upgrade; '' close; }
            server { location /ws { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade; proxy_http_version 1.1; } }
        }
      `,
    },
    'a map that the configuration has is used': {
      bad: conf`
        events {}
        http {
        	map $http_upgrade $connection_upgrade {
        		default upgrade;
        		''      close;
        	}
        	server {
        		«location /ws/» {
        			proxy_pass http://127.0.0.1:3000;
        		}
        	}
        }
      `,
      says: [`${missingFrom('location /ws/')} ${ws}`],
      fixed: conf`
        events {}
        http {
        	map $http_upgrade $connection_upgrade {
        		default upgrade;
        		''      close;
        	}
        	server {
        		location /ws/ {
        			proxy_pass http://127.0.0.1:3000;
        			proxy_http_version 1.1;
        			proxy_set_header Upgrade $http_upgrade;
        			proxy_set_header Connection $connection_upgrade;
        		}
        	}
        }
      `,
    },
    'rows of the server are dropped by a row of the location': {
      bad: conf`
        server {
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";

            «location /chat» {
                proxy_pass http://b;
                proxy_set_header Host $host;
            }
        }
      `,
      says: [
        `"location /chat" loses the "Upgrade" row of line 3, since the proxy_set_header of line 8 replaces all outer rows: repeat "proxy_set_header Upgrade $http_upgrade;" beside it ${row}`,
      ],
      related: ['nginx.conf:3: set here, and lost', 'nginx.conf:8: dropped by this row'],
      fixed: conf`
        map $http_upgrade $connection_upgrade {
            default upgrade;
            ''      close;
        }

        server {
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";

            location /chat {
                proxy_pass http://b;
                proxy_set_header Host $host;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection $connection_upgrade;
            }
        }
      `,
    },
    'dropped on purpose, perhaps: the rows serve another location': {
      bad: conf`
        server {
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
            location / { proxy_pass http://b; }
            «location /api» { proxy_pass http://b; proxy_set_header Host $host; }
        }
      `,
      severity: 'warn',
      unsafe: true,
      says: [
        `"location /api" loses the "Upgrade" row of line 3, since the proxy_set_header of line 6 replaces all outer rows: repeat "proxy_set_header Upgrade $http_upgrade;" beside it ${row}`,
      ],
      fixed: conf`
        map $http_upgrade $connection_upgrade {
            default upgrade;
            ''      close;
        }

        server {
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
            location / { proxy_pass http://b; }
            location /api { proxy_pass http://b; proxy_set_header Host $host; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade; }
        }
      `,
    },
    'inherited rows are copied, so that the backend still gets them': {
      bad: conf`
        server {
            proxy_set_header Host $host;
            proxy_set_header X-Real-IP $remote_addr;
            location / { proxy_pass http://b; }
            «location /ws» {
                proxy_pass http://b;
                proxy_http_version 1.1;
            }
        }
      `,
      says: [`${missingFrom('location /ws')} ${ws}`],
      fixed: conf`
        server {
            proxy_set_header Host $host;
            proxy_set_header X-Real-IP $remote_addr;
            location / { proxy_pass http://b; }
            location /ws {
                proxy_pass http://b;
                proxy_http_version 1.1;
                proxy_set_header Host $host;
                proxy_set_header X-Real-IP $remote_addr;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection "upgrade";
            }
        }
      `,
    },
    'inherited rows of a snippet come with the same include': {
      bad: {
        'nginx.conf': conf`
          events {}
          http {
              include proxy_params;
              server {
                  «location /ws» {
                      proxy_pass http://b;
                  }
              }
          }
        `,
        proxy_params: conf`
          proxy_set_header Host $host;
          proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        `,
      },
      says: [`${missingFrom('location /ws')} ${ws}`],
      fixed: {
        'nginx.conf': conf`
          events {}
          http {
              include proxy_params;
              server {
                  location /ws {
                      proxy_pass http://b;
                      proxy_http_version 1.1;
                      include proxy_params;
                      proxy_set_header Upgrade $http_upgrade;
                      proxy_set_header Connection "upgrade";
                  }
              }
          }
        `,
      },
    },
    "a snippet that ordinary locations use stays as it is: the lines go beside the location's include": {
      bad: {
        'nginx.conf': conf`
          events {}
          http {
              server {
                  location / {
                      include proxy_params;
                      proxy_pass http://b;
                  }
                  «location /ws» {
                      include proxy_params;
                      proxy_pass http://b;
                  }
              }
          }
        `,
        proxy_params: conf`
          proxy_set_header Host $host;
        `,
      },
      says: [`${missingFrom('location /ws')} ${ws}`],
      fixed: {
        'nginx.conf': conf`
          events {}
          http {
              server {
                  location / {
                      include proxy_params;
                      proxy_pass http://b;
                  }
                  location /ws {
                      include proxy_params;
                      proxy_http_version 1.1;
                      proxy_set_header Upgrade $http_upgrade;
                      proxy_set_header Connection "upgrade";
                      proxy_pass http://b;
                  }
              }
          }
        `,
      },
    },
    'a snippet that lacks one of the two is mended once': {
      bad: {
        'nginx.conf': conf`
          events {}
          http {
              server {
                  «location /ws» { include ws.conf; proxy_pass http://b; }
                  «location /live» { include ws.conf; proxy_pass http://b; }
              }
          }
        `,
        'ws.conf': conf`
          proxy_http_version 1.1;
          proxy_set_header Connection upgrade;
        `,
      },
      says: [
        `${missingFrom('location /ws')} (a WebSocket location: "proxy_set_header Connection …" shows it)`,
        `${missingFrom('location /live')} (a WebSocket location: "proxy_set_header Connection …" shows it)`,
      ],
      fixed: {
        'ws.conf': conf`
          proxy_http_version 1.1;
          proxy_set_header Connection upgrade;
          proxy_set_header Upgrade $http_upgrade;
        `,
      },
    },
    'a proxy_pass in an if: the lines go into the location, where nginx allows them': {
      bad: conf`
        server {
            «location /chat» {
                if ($http_upgrade = "websocket") {
                    proxy_pass http://sockets;
                }
            }
        }
      `,
      says: [`${missingFrom('location /chat')} (a WebSocket location: it asks for $http_upgrade)`],
      fixed: conf`
        server {
            location /chat {
                proxy_http_version 1.1;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection "upgrade";
                if ($http_upgrade = "websocket") {
                    proxy_pass http://sockets;
                }
            }
        }
      `,
    },
    'a proxy_pass in an if, beside one for all else': {
      bad: conf`server { «location /chat» { if ($http_upgrade = "websocket") { proxy_pass http://sockets; } proxy_pass http://app; } }`,
      says: [`${missingFrom('location /chat')} (a WebSocket location: it asks for $http_upgrade)`],
      unfixable: 'the lines would reach the other backend too',
    },
    'a location in it that is for something else': {
      bad: conf`server { «location /ws» { proxy_pass http://b; location ~ \.png$ { proxy_pass http://images; } } }`,
      says: [`${missingFrom('location /ws')} ${ws}`],
      unfixable: 'it would inherit the lines',
    },
    'empty, so that nginx sends none': {
      bad: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; «proxy_set_header Upgrade ""»; proxy_set_header Connection upgrade; } }`,
      says: [
        'an empty "Upgrade" row sends no such header to the backend of "location /ws", which answers 426 Upgrade Required: write "proxy_set_header Upgrade $http_upgrade;" (a WebSocket location: "proxy_set_header Connection …" shows it)',
      ],
      fixed: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; } }`,
    },
    'the wrong variable': {
      bad: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; «proxy_set_header Upgrade $http_connection»; proxy_set_header Connection upgrade; } }`,
      says: [
        `the backend of "location /ws" gets "Upgrade: Upgrade", not "Upgrade: websocket": write "proxy_set_header Upgrade $http_upgrade;" ${row}`,
      ],
      fixed: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; } }`,
    },
    'a slip of the hand: a header that no client sends': {
      bad: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; «proxy_set_header Upgrade $http_upgarde»; proxy_set_header Connection upgrade; } }`,
      says: [
        '"$http_upgarde" is always empty, as no client sends a header "Upgarde", so the backend of "location /ws" gets no "Upgrade" and answers 426 Upgrade Required: write "proxy_set_header Upgrade $http_upgrade;" (a WebSocket location: "proxy_set_header Upgrade …" shows it)',
      ],
      fixed: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; } }`,
    },
    'a slip of the hand in the name of the header, and of the other': {
      bad: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; «proxy_set_header Upgarde $http_upgrade»; proxy_set_header "Conection" upgrade; } }`,
      says: [
        'the backend of "location /ws" gets a header "Upgarde" and no "Upgrade", and answers 426 Upgrade Required: write "proxy_set_header Upgrade" (a WebSocket location: "proxy_set_header Upgarde …" shows it)',
      ],
      fixed: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header "Connection" upgrade; } }`,
    },
    'rows of the server that another location drops, which would seem to have lost the handshake': {
      bad: conf`
        server {
            proxy_set_header Connection "";
            proxy_set_header Host $host;
            «location /ws» { proxy_pass http://b; proxy_http_version 1.1; }
            location / { proxy_pass http://b; proxy_set_header Host b; }
        }
      `,
      says: [`${missingFrom('location /ws')} ${ws}`],
      fixed: conf`
        server {
            proxy_set_header Connection "";
            proxy_set_header Host $host;
            location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Host $host; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; }
            location / { proxy_pass http://b; proxy_set_header Host b; }
        }
      `,
    },
    'a slip of the hand, and a colon as in HTTP': {
      bad: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; «proxy_set_header Upgarde: $http_upgrade»; proxy_set_header Conection: upgrade; } }`,
      says: [
        'the backend of "location /ws" gets a header "Upgarde:" and no "Upgrade", and answers 426 Upgrade Required: write "proxy_set_header Upgrade" (a WebSocket location: "proxy_set_header Upgarde: …" shows it)',
      ],
      fixed: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; } }`,
    },
    'a slip of the hand in a row of the server, which a location for something else uses': {
      bad: conf`
        server {
            «proxy_set_header Upgarde $http_upgrade»;
            proxy_set_header Host $host;
            # ngxlint-not-websocket
            location /api { proxy_pass http://b; }
            location /ws { proxy_pass http://b; proxy_http_version 1.1; }
        }
      `,
      says: [
        'the backend of "location /ws" gets a header "Upgarde" and no "Upgrade", and answers 426 Upgrade Required: write "proxy_set_header Upgrade" (a WebSocket location: "proxy_set_header Upgarde …" shows it)',
      ],
      fixed: conf`
        map $http_upgrade $connection_upgrade {
            default upgrade;
            ''      close;
        }

        server {
            proxy_set_header Upgarde $http_upgrade;
            proxy_set_header Host $host;
            # ngxlint-not-websocket
            location /api { proxy_pass http://b; }
            location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Host $host; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade; }
        }
      `,
    },
    'rows that are about answers': {
      bad: conf`
        server {
            «location /ws» {
                proxy_pass http://b;
                proxy_http_version 1.1;
                proxy_set_header Connection upgrade;
                add_header Upgrade $http_upgrade;
                proxy_pass_header Upgrade;
            }
        }
      `,
      says: [`${missingFrom('location /ws')} (a WebSocket location: "proxy_set_header Connection …" shows it)`],
      related: [
        'nginx.conf:6: this is for the client, and not for the backend',
        'nginx.conf:7: this is about answers, and not about requests',
      ],
      fixed: conf`
        server {
            location /ws {
                proxy_pass http://b;
                proxy_http_version 1.1;
                proxy_set_header Connection upgrade;
                proxy_set_header Upgrade $http_upgrade;
                add_header Upgrade $http_upgrade;
                proxy_pass_header Upgrade;
            }
        }
      `,
    },
    'a variable that nothing defines': {
      bad: conf`
        events {}
        http { server { location /ws { proxy_pass http://b; proxy_http_version 1.1; «proxy_set_header Upgrade $upgrade»; proxy_set_header Connection upgrade; } } }
      `,
      says: [
        `nginx does not start: nothing defines "$upgrade"; write "proxy_set_header Upgrade $http_upgrade;" ${row}`,
      ],
      fixed: conf`
        events {}
        http { server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; } } }
      `,
    },
    'twice, by a snippet that is included twice': {
      bad: {
        'nginx.conf': conf`server { location /ws { include ws.conf; «include ws.conf»; proxy_pass http://b; proxy_http_version 1.1; } }`,
        'ws.conf': conf`proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;`,
      },
      says: [
        `the backend of "location /ws" gets the "Upgrade" header twice, which servers refuse: its file is included twice, keep one "include" ${row}`,
      ],
      related: ['ws.conf:1: set here'],
      unfixable: 'what else the file brings would go, too',
    },
    'rows of a location that leads to the one with the backend': {
      bad: conf`
        server {
            location / { try_files $uri @app; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; }
            «location @app» { proxy_pass http://b; proxy_set_header Host $host; }
        }
      `,
      says: [
        `${missingFrom('location @app')} (a WebSocket location: "proxy_set_header Upgrade …" of "location /", which leads here, shows it)`,
      ],
      fixed: conf`
        map $http_upgrade $connection_upgrade {
            default upgrade;
            ''      close;
        }

        server {
            location / { try_files $uri @app; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; }
            location @app { proxy_pass http://b; proxy_set_header Host $host; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade; }
        }
      `,
    },
    'the header of an answer': {
      bad: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; «proxy_set_header Upgrade $upstream_http_upgrade»; proxy_set_header Connection upgrade; } }`,
      says: [
        `"$upstream_http_upgrade" is a header of the answer of the backend, and empty in a request, so the backend of "location /ws" gets no "Upgrade" and answers 426 Upgrade Required: write "proxy_set_header Upgrade $http_upgrade;" ${row}`,
      ],
      fixed: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; } }`,
    },
    'twice, by a snippet and by the location': {
      bad: {
        'nginx.conf': conf`
          events {}
          http {
              server {
                  location /ws {
                      include ws.conf;
                      «proxy_set_header Upgrade $http_upgrade»; # again
                      proxy_pass http://b;
                  }
              }
          }
        `,
        'ws.conf': conf`
          proxy_http_version 1.1;
          proxy_set_header Upgrade $http_upgrade;
          proxy_set_header Connection upgrade;
        `,
      },
      says: [
        `the backend of "location /ws" gets the "Upgrade" header twice, which servers refuse: keep one row ${row}`,
      ],
      related: ['ws.conf:2: set here first'],
      fixed: {
        'nginx.conf': conf`
          events {}
          http {
              server {
                  location /ws {
                      include ws.conf;
                      proxy_pass http://b;
                  }
              }
          }
        `,
      },
    },
    'a colon in the names, as in HTTP': {
      bad: conf`server { location /chat { proxy_pass http://b; proxy_http_version 1.1; «proxy_set_header Upgrade: $http_upgrade»; proxy_set_header Connection: upgrade; } }`,
      says: [colon('location /chat', 'Upgrade: …')],
      fixed: conf`server { location /chat { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; } }`,
    },
    'a colon, and the other lines are missing': {
      bad: conf`
        server {
            location /ws {
                proxy_pass http://b;
                «proxy_set_header "Upgrade:" $http_upgrade»;
            }
        }
      `,
      says: [colon('location /ws', 'Upgrade: …')],
      fixed: conf`
        server {
            location /ws {
                proxy_pass http://b;
                proxy_set_header "Upgrade" $http_upgrade;
                proxy_http_version 1.1;
                proxy_set_header Connection "upgrade";
            }
        }
      `,
    },
    'a colon beside a row without': {
      bad: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade: $http_upgrade; «proxy_set_header Upgrade $http_upgrade»; proxy_set_header Connection upgrade; } }`,
      says: [
        `the backend of "location /ws" gets the "Upgrade" header twice, which servers refuse: keep one row (a WebSocket location: "proxy_set_header Upgrade: …" shows it)`,
      ],
      fixed: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; } }`,
    },
    'two rows with a colon': {
      bad: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; «proxy_set_header Upgrade: $http_upgrade»; proxy_set_header Upgrade: websocket; proxy_set_header Connection upgrade; } }`,
      says: [colon('location /ws', 'Upgrade: …')],
      fixed: conf`server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; } }`,
    },
    'a colon in rows of the server, of which a row of the location repeats none': {
      bad: conf`
        server {
            proxy_http_version 1.1;
            proxy_set_header Upgrade: $http_upgrade;
            proxy_set_header Connection upgrade;
            «location /ws» { proxy_pass http://b; proxy_set_header Host $host; }
        }
      `,
      says: [
        '"location /ws" loses the "Upgrade" row of line 3, since the proxy_set_header of line 5 replaces all outer rows: repeat "proxy_set_header Upgrade $http_upgrade;" beside it (a WebSocket location: its path has the segment "ws")',
      ],
      fixed: conf`
        server {
            proxy_http_version 1.1;
            proxy_set_header Upgrade: $http_upgrade;
            proxy_set_header Connection upgrade;
            location /ws { proxy_pass http://b; proxy_set_header Host $host; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; }
        }
      `,
    },
    'one line': {
      bad: conf`server { listen 80; «location /ws» { proxy_pass http://b; } }`,
      says: [`${missingFrom('location /ws')} ${ws}`],
      fixed: conf`server { listen 80; location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; } }`,
    },
    minified: {
      bad: conf`server{listen 80;«location /ws»{proxy_pass http://b;}}`,
      says: [`${missingFrom('location /ws')} ${ws}`],
      fixed: conf`server{listen 80;location /ws{proxy_pass http://b;proxy_http_version 1.1;proxy_set_header Upgrade $http_upgrade;proxy_set_header Connection "upgrade";}}`,
    },
    'with CRLF': {
      bad: 'server {\r\n  «location /ws» {\r\n    proxy_pass http://b;\r\n  }\r\n}\r\n',
      says: [`${missingFrom('location /ws')} ${ws}`],
      fixed:
        'server {\r\n  location /ws {\r\n    proxy_pass http://b;\r\n    proxy_http_version 1.1;\r\n    proxy_set_header Upgrade $http_upgrade;\r\n    proxy_set_header Connection "upgrade";\r\n  }\r\n}\r\n',
    },
    'a regex location': {
      bad: conf`server { «location ~ ^/ws/\d+$» { proxy_pass http://b; } }`,
      says: [`${missingFrom('location ~ ^/ws/\\d+$')} ${ws}`],
      fixed: conf`server { location ~ ^/ws/\d+$ { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; } }`,
    },
    'declared by a comment': {
      bad: conf`
        server {
            # ngxlint-websocket -- the dashboard
            «location /dashboard» {
                proxy_pass http://b;
            }
        }
      `,
      says: [`${missingFrom('location /dashboard')} (a WebSocket location: a comment says so)`],
      fixed: conf`
        map $http_upgrade $connection_upgrade {
            default upgrade;
            ''      close;
        }

        server {
            # ngxlint-websocket -- the dashboard
            location /dashboard {
                proxy_pass http://b;
                proxy_http_version 1.1;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection $connection_upgrade;
            }
        }
      `,
    },
  },
})
