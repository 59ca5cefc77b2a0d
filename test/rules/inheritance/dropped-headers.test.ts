import { conf, testRule } from '../rule-tester.ts'

const says = (block: string, names: string, where: string, directive = 'add_header', them = 'it') =>
  `${block} loses ${names} of ${where}: a level with "${directive}" rows of its own inherits none, so repeat ${them} here`

testRule('inheritance/dropped-headers', {
  clean: {
    'nothing outside': conf`http { server { location / { add_header A b; } location /a { add_header C d; } } }`,
    'nothing inside': conf`http { add_header A b; server { location / { root /x; } } }`,
    'all repeated, in another case': conf`
      http { add_header X-A b; server { add_header x-a c; add_header X-D e; location / { add_header X-D f; add_header X-A ""; } } }
    `,
    'rows without effect': conf`
      http {
          proxy_set_header Host $host;
          fastcgi_param A b;
          server { location / { proxy_set_header X y; fastcgi_param C d; } location /p { proxy_pass http://b; } }
      }
    `,
    'an answer to a preflight': conf`
      http { server { add_header A b; location / { if ($request_method = OPTIONS) { add_header C d; return 204; } } } }
    `,
    'told to merge, or not to': conf`
      http {
          add_header A b;
          server { add_header_inherit merge; add_header C d; }
          server { add_header_inherit off; add_header C d; }
      }
    `,
    'an include that may repeat them': conf`http { add_header A b; server { add_header C d; include gone.conf; } }`,
    'rows of a handshake': conf`
      http {
          server {
              proxy_set_header Upgrade $http_upgrade;
              proxy_set_header Connection upgrade;
              proxy_set_header Sec-WebSocket-Extensions "";
              proxy_set_header Conection upgrade;
              location / { proxy_pass http://b; proxy_set_header Host $host; }
          }
      }
    `,
    'a row that is repeated as it is, which nobody does who takes rows to be inherited': conf`
      http {
          proxy_set_header Host $host; proxy_set_header X-Real-IP $remote_addr; proxy_set_header X-Forwarded-For $http_x;
          server { location / { proxy_pass http://b; proxy_set_header Host $host; proxy_set_header X-A b; } }
      }
    `,
    'lists that people set to be rid of the outer one': conf`
      http {
          access_log a; index b; error_page 404 /a; allow all;
          server { access_log off; index c; error_page 500 /b; deny all; location / { access_log d; } }
      }
    `,
    'parameters are compared with their case, and repeated': conf`
      http { fastcgi_param A b; server { location / { fastcgi_pass x; fastcgi_param A c; fastcgi_param B d; } } }
    `,
  },
  caught: {
    'a location that adds one': {
      bad: conf`
        http {
            server {
                add_header X-Frame-Options DENY;
                add_header Strict-Transport-Security "max-age=63072000" always;

                location /static/ {
                    expires 1y;
                    # For the CDN.
                    «add_header Cache-Control public»;
                    add_header Vary Accept;
                }
            }
        }
      `,
      says: [
        says(
          '"location /static/"',
          '"X-Frame-Options" and "Strict-Transport-Security"',
          'line 3',
          'add_header',
          'them',
        ),
      ],
      related: ['nginx.conf:3: set here, and lost', 'nginx.conf:4: set here, and lost'],
      fixed: conf`
        http {
            server {
                add_header X-Frame-Options DENY;
                add_header Strict-Transport-Security "max-age=63072000" always;

                location /static/ {
                    expires 1y;
                    add_header X-Frame-Options DENY;
                    add_header Strict-Transport-Security "max-age=63072000" always;
                    # For the CDN.
                    add_header Cache-Control public;
                    add_header Vary Accept;
                }
            }
        }
      `,
    },
    'since 1.29.3': {
      bad: conf`http { add_header A b; server { «add_header C d»; location / { } } }`,
      says: [says('"server"', '"A"', 'line 1')],
      fixed: conf`http { add_header A b; server { add_header_inherit merge; add_header C d; location / { } } }`,
      nginxVersion: '1.29.3',
    },
    'one is set to something else, and the others are lost': {
      bad: conf`http { add_header A 1; add_header B 2; server { «add_header A 3»; } }`,
      says: [says('"server"', '"B"', 'line 1')],
      fixed: conf`http { add_header A 1; add_header B 2; server { add_header B 2; add_header A 3; } }`,
    },
    'since 1.29.3, where merging would double a row': {
      bad: conf`http { add_header A b; add_header C c; server { «add_header C d»; location / { } } }`,
      says: [says('"server"', '"A"', 'line 1')],
      fixed: conf`http { add_header A b; add_header C c; server { add_header A b; add_header C d; location / { } } }`,
      nginxVersion: '1.29.3',
    },
    'through three levels': {
      bad: conf`http { add_header A b; server { «add_header C d»; location / { «add_header E f»; } } }`,
      says: [says('"server"', '"A"', 'line 1'), says('"location /"', '"A" and "C"', 'line 1', 'add_header', 'them')],
      fixed: conf`http { add_header A b; server { add_header A b; add_header C d; location / { add_header A b; add_header C d; add_header E f; } } }`,
    },
    'an if': {
      bad: conf`http { server { location / { add_header A b; if ($x) { «add_header C d»; } } } }`,
      says: [says('"if ($x)"', '"A"', 'line 1')],
      fixed: conf`http { server { location / { add_header A b; if ($x) { add_header A b; add_header C d; } } } }`,
    },
    'parameters of FastCGI, from a snippet': {
      bad: {
        'nginx.conf': conf`
          http {
              fastcgi_param HTTP_PROXY "";
              server {
                  location ~ \.php$ {
                      «include fastcgi_params»;
                      fastcgi_pass unix:/run/php.sock;
                  }
              }
          }
        `,
        fastcgi_params: conf`fastcgi_param QUERY_STRING $query_string;`,
      },
      says: [says('"location ~ \\.php$"', '"HTTP_PROXY"', 'line 2', 'fastcgi_param')],
      fixed: {
        'nginx.conf': conf`
          http {
              fastcgi_param HTTP_PROXY "";
              server {
                  location ~ \.php$ {
                      fastcgi_param HTTP_PROXY "";
                      include fastcgi_params;
                      fastcgi_pass unix:/run/php.sock;
                  }
              }
          }
        `,
        fastcgi_params: conf`fastcgi_param QUERY_STRING $query_string;`,
      },
    },
    'most are repeated: the others were left out knowingly': {
      bad: conf`
        http {
            add_header A 1; add_header B 2; add_header C 3;
            server { «add_header A 1»; add_header B 2; add_header D 4; }
        }
      `,
      says: [says('"server"', '"C"', 'line 2')],
      severity: 'info',
      unfixable: 'it may be meant',
    },
    'many names': {
      bad: conf`
        http {
            add_header A 1; add_header B 2; add_header C 3; add_header D 4; add_header E 5;
            server { listen 80; «add_header F 6»; }
        }
      `,
      says: [says('"server"', '"A", "B", "C", "D" and 1 more', 'line 2', 'add_header', 'them')],
      fixed: conf`
        http {
            add_header A 1; add_header B 2; add_header C 3; add_header D 4; add_header E 5;
            server { listen 80; add_header A 1; add_header B 2; add_header C 3; add_header D 4; add_header E 5; add_header F 6; }
        }
      `,
    },
    'rows of two kinds, dropped by those of one file': {
      bad: {
        'nginx.conf': conf`
          http {
              add_header A 1;
              proxy_set_header B 2;
              server {
                  location / {
                      «include own.conf;»
                      proxy_pass http://b;
                  }
              }
          }
        `.replace(';»', '»;'),
        'own.conf': 'add_header C 3; proxy_set_header D 4;',
      },
      says: [
        '"location /" loses "A" of line 2: a level with "add_header" rows of its own inherits none, so repeat it here',
        '"location /" loses "B" of line 3: a level with "proxy_set_header" rows of its own inherits none, so repeat it here',
      ],
      fixed: {
        'nginx.conf': conf`
          http {
              add_header A 1;
              proxy_set_header B 2;
              server {
                  location / {
                      add_header A 1;
                      proxy_set_header B 2;
                      include own.conf;
                      proxy_pass http://b;
                  }
              }
          }
        `,
      },
    },
    'in a snippet that two servers include': {
      bad: {
        'nginx.conf': conf`http { server { add_header A 1; include l.conf; } server { add_header B 1; include l.conf; } }`,
        'l.conf': conf`location /a { «add_header C 3»; }`,
      },
      says: [says('"location /a"', '"A"', 'nginx.conf:1')],
      unfixable: 'each place loses others',
    },
    'what a backend gets, below the level that drops': {
      bad: conf`
        http {
            server {
                proxy_set_header Host $host;
                proxy_set_header X-Real-IP $remote_addr;
                location / { «proxy_set_header Accept-Encoding ""»; location /a { proxy_pass http://b; } }
            }
        }
      `,
      says: [says('"location /"', '"Host" and "X-Real-IP"', 'line 3', 'proxy_set_header', 'them')],
      fixed: conf`
        http {
            server {
                proxy_set_header Host $host;
                proxy_set_header X-Real-IP $remote_addr;
                location / { proxy_set_header Host $host; proxy_set_header X-Real-IP $remote_addr; proxy_set_header Accept-Encoding ""; location /a { proxy_pass http://b; } }
            }
        }
      `,
    },
    'what a backend gets beside the rows of a handshake': {
      bad: conf`
        http {
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            server {
                location /ws {
                    proxy_pass http://b;
                    «proxy_set_header Upgrade $http_upgrade»;
                    proxy_set_header Connection "upgrade";
                    proxy_set_header host $http_host;
                }
            }
        }
      `,
      says: [says('"location /ws"', '"X-Forwarded-For"', 'line 3', 'proxy_set_header')],
      fixed: conf`
        http {
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            server {
                location /ws {
                    proxy_pass http://b;
                    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection "upgrade";
                    proxy_set_header host $http_host;
                }
            }
        }
      `,
    },
    'Host, which a backend that is a site of its own may not want': {
      bad: conf`
        http {
            proxy_set_header Host $host;
            server { location /api { proxy_pass https://api.example.com/v1; «proxy_set_header X-Key k»; } }
        }
      `,
      says: [
        `${says('"location /api"', '"Host"', 'line 2', 'proxy_set_header')}; but "Host" only if api.example.com is to be asked by it`,
      ],
      fixed: conf`
        http {
            proxy_set_header Host $host;
            server { location /api { proxy_pass https://api.example.com/v1; proxy_set_header Host $host; proxy_set_header X-Key k; } }
        }
      `,
      unsafe: true,
    },
    'Host, for backends that have no name in the world': {
      bad: conf`
        http {
            upstream app.example.com { server 10.0.0.1; }
            proxy_set_header Host $host;
            server { location /a { proxy_pass http://app.example.com; «proxy_set_header X-A b»; } }
            server { location /b { proxy_pass http://10.0.0.2:3000; «proxy_set_header X-A b»; } }
            server { location /c { proxy_pass http://app.internal; «proxy_set_header X-A b»; } }
        }
      `,
      says: ['/a', '/b', '/c'].map((path) => says(`"location ${path}"`, '"Host"', 'line 3', 'proxy_set_header')),
      fixed: conf`
        http {
            upstream app.example.com { server 10.0.0.1; }
            proxy_set_header Host $host;
            server { location /a { proxy_pass http://app.example.com; proxy_set_header Host $host; proxy_set_header X-A b; } }
            server { location /b { proxy_pass http://10.0.0.2:3000; proxy_set_header Host $host; proxy_set_header X-A b; } }
            server { location /c { proxy_pass http://app.internal; proxy_set_header Host $host; proxy_set_header X-A b; } }
        }
      `,
    },
    'two Host rows, which no backend takes: they are not spread': {
      bad: conf`
        http {
            proxy_set_header Host $host; proxy_set_header Host $http_host; proxy_set_header X-A a;
            server { location / { proxy_pass http://b; «proxy_set_header X-B b»; } }
        }
      `,
      says: [says('"location /"', '"Host" and "X-A"', 'line 2', 'proxy_set_header', 'them')],
      unfixable: 'somebody has to say which Host is meant',
    },
    'headers of gRPC, and what is hidden': {
      bad: conf`
        http {
            grpc_set_header X-Real-IP $remote_addr;
            proxy_hide_header X-Powered-By;
            server {
                location /g { grpc_pass grpc://b; «grpc_set_header X-A b»; }
                location /p { proxy_pass http://b; «proxy_hide_header Server»; }
            }
        }
      `,
      says: [
        says('"location /g"', '"X-Real-IP"', 'line 2', 'grpc_set_header'),
        says('"location /p"', '"X-Powered-By"', 'line 3', 'proxy_hide_header'),
      ],
      fixed: conf`
        http {
            grpc_set_header X-Real-IP $remote_addr;
            proxy_hide_header X-Powered-By;
            server {
                location /g { grpc_pass grpc://b; grpc_set_header X-Real-IP $remote_addr; grpc_set_header X-A b; }
                location /p { proxy_pass http://b; proxy_hide_header X-Powered-By; proxy_hide_header Server; }
            }
        }
      `,
    },
    'a fragment': {
      bad: conf`server { add_header A b; location / { «add_header C d»; } }`,
      says: [says('"location /"', '"A"', 'line 1')],
      fixed: conf`server { add_header A b; location / { add_header A b; add_header C d; } }`,
    },
  },
})
