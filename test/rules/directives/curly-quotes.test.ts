import { conf, testRule } from '../rule-tester.ts'

const says = (text: string, instead: string) =>
  `the quotes of ${text} are no quotes to nginx, but a part of the value: write ${instead}`

testRule('directives/curly-quotes', {
  clean: {
    'straight ones': conf`http { add_header A "x"; add_header B 'x'; }`,
    'within straight ones': conf`http { add_header A "“x”"; }`,
    'in a comment': conf`
      # the “chat”
      http { }
    `,
    'around what spoils a handshake, which the rules for WebSockets tell': conf`
      http {
          server {
              location /ws {
                  proxy_pass http://b;
                  proxy_http_version “1.1”;
                  proxy_set_header Upgrade “$http_upgrade”;
                  proxy_set_header “Connection” “upgrade”;
              }
          }
      }
    `,
    'an apostrophe': conf`http { server { return 200 it’s; } }`,
    'one that is never closed': conf`http { add_header A “x; }`,
    'other letters of three bytes': conf`http { add_header A …x…; }`,
  },
  caught: {
    'around what would leave too few arguments': {
      bad: conf`http { proxy_set_header «“ ”»; }`,
      says: [says('“ ”', '" "')],
      unfixable: 'nginx would refuse a row without a value',
    },
    'around a word': {
      bad: conf`http { add_header X-Frame-Options «“SAMEORIGIN”» always; }`,
      says: [says('“SAMEORIGIN”', '"SAMEORIGIN"')],
      fixed: conf`http { add_header X-Frame-Options "SAMEORIGIN" always; }`,
      unsafe: true,
    },
    'around other values of a WebSocket location, but for its address': {
      bad: conf`
        http {
            server {
                location /ws {
                    proxy_pass “http://b”;
                    proxy_http_version 1.1;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection upgrade;
                    proxy_set_header «“Host”» «‘$host’»;
                }
            }
        }
      `,
      says: [says('“Host”', '"Host"'), says('‘$host’', '"$host"')],
      fixed: conf`
        http {
            server {
                location /ws {
                    proxy_pass “http://b”;
                    proxy_http_version 1.1;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection upgrade;
                    proxy_set_header "Host" "$host";
                }
            }
        }
      `,
      unsafe: true,
    },
    'single ones, low ones, and two of a kind': {
      bad: conf`http { add_header A «‘x’»; add_header B «„x“»; add_header C «”x”»; }`,
      says: [says('‘x’', '"x"'), says('„x“', '"x"'), says('”x”', '"x"')],
      fixed: conf`http { add_header A "x"; add_header B "x"; add_header C "x"; }`,
      unsafe: true,
    },
    'around several words, and around nothing': {
      bad: conf`http { log_format main «“$host  $status”» «“”»; }`,
      says: [says('“$host  $status”', '"$host  $status"'), says('“”', '""')],
      fixed: conf`http { log_format main "$host  $status" ""; }`,
      unsafe: true,
    },
    'around what would have to be escaped': {
      bad: conf`http { add_header A «“a\d”»; }`,
      says: [says('“a\\d”', '"a\\d"')],
      unfixable: 'nobody knows whether the backslash was meant to be escaped',
    },
  },
})
