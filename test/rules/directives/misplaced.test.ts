import { expect, test } from '@jest/globals'
import misplaced from '../../../rules/directives/misplaced.ts'
import { fixWith } from '../lint-files.ts'
import { conf, testRule } from '../rule-tester.ts'

/** Why it stays: where it was to stand, and what else it needs there, a person knows. */
const elsewhere = 'a person knows where it belongs'

testRule('directives/misplaced', {
  clean: {
    'every level': conf`
      user www-data;
      events { worker_connections 64; }
      http {
          map $uri $x { default 0; proxy_pass 1; listen 2; }
          upstream b { server 127.0.0.1:1; keepalive 4; }
          server {
              listen 80;
              if ($host = x) { return 404; }
              location / {
                  proxy_pass http://b;
                  if ($args) { proxy_pass http://b; }
                  limit_except GET { proxy_pass http://b; }
                  location /a { root /b; }
              }
          }
      }
      stream { upstream s { server 127.0.0.1:2; } server { listen 1; proxy_pass s; } }
    `,
    'rows that look like directives': conf`http { types { listen server; } geo $g { default 0; server 1; } }`,
    'what stands in a block that nobody knows': conf`http { frobnicate { listen 80; proxy_pass x; } }`,
    'a name that nobody knows': conf`http { frobnicate on; }`,
    Lua: conf`http { server { location / { content_by_lua_block { listen = 80; events = {} } } } }`,
    'a fragment for a server or for a location': conf`if ($x) { proxy_pass http://b; } location /a { }`,
    'a fragment for a location': conf`proxy_set_header Host $host; if ($x) { proxy_pass http://b; }`,
    'a fragment of upstreams': conf`server 127.0.0.1:1; server 127.0.0.1:2;`,
    'a fragment for main': conf`load_module modules/ngx_http_js_module.so;`,
    'a file whose braces are wrong': conf`http { server { listen 80; server { listen 81; }`,
    'an older place, while no version is named': conf`http { server { log_format a b; } }`,
  },
  caught: {
    'a shortened name, which is one of mail': {
      bad: conf`
        http {
            server {
                location /a { «proxy_buffer off»; proxy_pass http://b; }
                location /b { «proxy_buffer 8k»; proxy_pass http://b; }
                location /c { «proxy_buffer 8 16k»; proxy_pass http://b; }
                location /d { «proxy_buffer»; proxy_pass http://b; }
            }
        }
      `,
      says: [
        '"proxy_buffer" is not allowed in "location": did you mean "proxy_buffering"?',
        '"proxy_buffer" is not allowed in "location": did you mean "proxy_buffer_size"?',
        '"proxy_buffer" is not allowed in "location": did you mean "proxy_buffers"?',
        '"proxy_buffer" is not allowed in "location": it may stand in "mail" or "server" of "mail"',
      ],
      fixed: conf`
        http {
            server {
                location /a { proxy_buffering off; proxy_pass http://b; }
                location /b { proxy_buffer_size 8k; proxy_pass http://b; }
                location /c { proxy_buffers 8 16k; proxy_pass http://b; }
                location /d { proxy_buffer; proxy_pass http://b; }
            }
        }
      `,
      unsafe: true,
      unfixable: 'a directive without arguments may be any',
    },
    'a map in a server: it goes before it': {
      bad: conf`
        http {
            include mime.types;

            # The site.
            server {
                listen 80;
                «map $http_upgrade $connection_upgrade» {
                    default upgrade;
                    ''      close; # for pages
                }
                location / { proxy_set_header Connection $connection_upgrade; }
            }
        }
      `,
      says: ['"map" is not allowed in "server": it may stand in "http"'],
      fixed: conf`
        http {
            include mime.types;

            map $http_upgrade $connection_upgrade {
                default upgrade;
                ''      close; # for pages
            }

            # The site.
            server {
                listen 80;
                location / { proxy_set_header Connection $connection_upgrade; }
            }
        }
      `,
    },
    'a map in a location, of a file that http includes': {
      bad: {
        'nginx.conf': conf`http { include conf.d/*.conf; }`,
        'conf.d/a.conf': conf`
          server {
            location / {
              «map $uri $x» { default 1; }
            }
          }
        `,
      },
      says: ['"map" is not allowed in "location": it may stand in "http"'],
      fixed: {
        'conf.d/a.conf': conf`
          map $uri $x { default 1; }

          server {
            location / {
            }
          }
        `,
      },
    },
    'a map in two servers: the other one has its variable then': {
      bad: conf`http { server { «map $uri $x» { default 1; } } server { «map $uri $x» { default 1; } } }`,
      says: [
        '"map" is not allowed in "server": it may stand in "http"',
        '"map" is not allowed in "server": it may stand in "http"',
      ],
      fixed: conf`http { map $uri $x { default 1; } server { } server { map $uri $x { default 1; } } }`,
      unfixable: 'what the second one is for, a person knows',
    },
    'a map in a snippet': {
      bad: {
        'nginx.conf': conf`http { server { include snippet; } }`,
        snippet: conf`«map $uri $x» { default 1; }`,
      },
      says: ['"map" is not allowed in "server": it may stand in "http"'],
      unfixable: 'other servers may include it',
    },
    'the rows of a handshake in an if': {
      bad: conf`
        server {
            location / {
                proxy_pass http://b;
                if ($http_upgrade) {
                    «proxy_set_header Upgrade $http_upgrade»;
                    «proxy_set_header Connection "upgrade"»;
                }
            }
        }
      `,
      says: [
        '"proxy_set_header" is not allowed in "if" of a location: it may stand in "http", "server" or "location"',
        '"proxy_set_header" is not allowed in "if" of a location: it may stand in "http", "server" or "location"',
      ],
      fixed: conf`
        server {
            location / {
                proxy_pass http://b;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection "upgrade";
            }
        }
      `,
    },
    'such rows in an if that asks for something else, or has something else in it': {
      bad: conf`server { location / { if ($http_upgrade != websocket) { «proxy_set_header Connection close»; } if ($http_upgrade) { «proxy_set_header Connection upgrade»; set $x 1; } } }`,
      says: [
        '"proxy_set_header" is not allowed in "if" of a location: it may stand in "http", "server" or "location"',
        '"proxy_set_header" is not allowed in "if" of a location: it may stand in "http", "server" or "location"',
      ],
      unfixable: elsewhere,
    },
    'proxy_pass in a server': {
      bad: conf`
        http {
            server {
                listen 80;
                «proxy_pass http://127.0.0.1:8080»;
            }
        }
      `,
      says: [
        '"proxy_pass" is not allowed in "server": it may stand in "location", "if" of a location or "limit_except"',
      ],
      related: ['nginx.conf:2: the block that it stands in'],
      unfixable: elsewhere,
    },
    'proxy_set_header in an if': {
      bad: conf`http { server { location / { if ($x) { «proxy_set_header A b»; } } } }`,
      says: ['"proxy_set_header" is not allowed in "if" of a location: it may stand in "http", "server" or "location"'],
      unfixable: elsewhere,
    },
    'a server in a server: what is in it is not looked at': {
      bad: conf`http { server { «server» { listen 80; user x; } } }`,
      says: ['"server" is not allowed in "server": it may stand in "http"'],
      unfixable: elsewhere,
    },
    'outside of any block': {
      bad: conf`«server_name example.com»; http { }`,
      says: [
        '"server_name" is not allowed outside of any block: it may stand in "server", "mail", "server" of "mail" or "server" of "stream"',
      ],
      unfixable: elsewhere,
    },
    'for the main level': {
      bad: conf`http { «worker_processes auto»; «events» { } }`,
      says: [
        '"worker_processes" is not allowed in "http": it may stand outside of any block',
        '"events" is not allowed in "http": it may stand outside of any block',
      ],
      unfixable: elsewhere,
    },
    'in a file that is included': {
      bad: { 'nginx.conf': conf`http { include conf.d/*.conf; }`, 'conf.d/a.conf': conf`«location /» { }` },
      says: ['"location" is not allowed in "http": it may stand in "server" or "location"'],
      related: ['nginx.conf:1: the block that it stands in'],
      unfixable: elsewhere,
    },
    'in a file that two blocks include: where it is wrong': {
      bad: {
        'nginx.conf': conf`http { server { include a.conf; } include a.conf; }`,
        'a.conf': conf`«listen 80»;`,
      },
      says: ['"listen" is not allowed in "http": it may stand in "server"'],
      unfixable: elsewhere,
    },
    'a fragment that fits nowhere': {
      bad: conf`upstream b { server 127.0.0.1:1; } server { listen 80; } «location /a» { }`,
      says: ['"location" is not allowed in "http": it may stand in "server" or "location"'],
      unfixable: elsewhere,
    },
    'in a block of a fragment': {
      bad: conf`server { listen 80; location / { «upstream b» { } } }`,
      says: ['"upstream" is not allowed in "location": it may stand in "http"'],
      unfixable: elsewhere,
    },
    'of HTTP, in stream': {
      bad: conf`stream { server { listen 1; «location /» { } «proxy_set_header A b»; proxy_pass 127.0.0.1:2; } }`,
      says: [
        '"location" is not allowed in "server" of "stream": it is for HTTP, in "server" or "location"',
        '"proxy_set_header" is not allowed in "server" of "stream": it is for HTTP, in "http", "server" or "location"',
      ],
      unfixable: elsewhere,
    },
    'since a version': {
      bad: conf`http { server { «log_format a b»; } }`,
      says: ['"log_format" is not allowed in "server": it may stand in "http"'],
      nginxVersion: '1.22.1',
      unfixable: elsewhere,
    },
  },
})

test('what mends thousands of rows in one if is made once for all of them', () => {
  const rows = 'proxy_set_header Upgrade $http_upgrade;\n'.repeat(3_000)
  const site = (text: string) => `events {}\nhttp { server { location /ws { proxy_pass http://b; ${text} } } }\n`
  const bad = site(`if ($http_upgrade) {\n${rows}}`)
  const fixed = fixWith([{ id: 'directives/misplaced', rule: misplaced }], { 'nginx.conf': bad })['nginx.conf']
  expect(fixed).not.toContain('if (')
  expect(fixed?.split('proxy_set_header')).toHaveLength(3_001)
})
