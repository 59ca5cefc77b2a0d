import { conf, testRule } from '../rule-tester.ts'

const none =
  'nginx does not start: this block has no "proxy_pass" to make it of; take it away, for it is what holds anyhow'

testRule('locations/redirect-default', {
  clean: {
    'below its proxy_pass': conf`
      http {
          proxy_redirect off;
          server {
              location /a { proxy_pass http://b; proxy_redirect default; }
              location ~ b { proxy_redirect http://c/ /; proxy_pass http://b; proxy_redirect default; }
              location /c { include /opt/proxy.conf; proxy_redirect default; }
          }
      }
    `,
    'in a snippet that is included behind it': {
      'nginx.conf': conf`http { server { location /a { proxy_pass http://b; include proxy.conf; } } }`,
      'proxy.conf': conf`proxy_redirect default;`,
    },
    'a snippet by itself': conf`proxy_redirect default; proxy_set_header Host $host;`,
  },
  caught: {
    'no proxy_pass in its block': {
      bad: conf`
        http {
            «proxy_redirect default»;
            server {
                «proxy_redirect default»;
                location /a { proxy_pass http://b; location /a/b { «proxy_redirect default»; } }
                location /c { if ($uri) { proxy_pass http://b; } «proxy_redirect default»; }
            }
        }
      `,
      says: [none, none, none, none],
    },
    'above it, or beside variables': {
      bad: conf`
        http {
            server {
                location /a { «proxy_redirect default»; proxy_pass http://b; }
                location /b { proxy_pass http://$host; «proxy_redirect default»; }
            }
        }
      `,
      says: [
        'nginx does not start: move it below the "proxy_pass" of line 3',
        'nginx does not start: the "proxy_pass" of line 4 has variables, of which it can\'t be made; write "off", or what to replace',
      ],
      related: ['nginx.conf:3: the proxy_pass', 'nginx.conf:4: the proxy_pass'],
    },
  },
})
