import { conf, testRule } from '../rule-tester.ts'

const outside = (path: string, folder: string) =>
  `a request for "${path}../x" gets "${folder}../x", beside the folder: write "location ${path}/"`
const glued = (path: string, folder: string) => `a request for "${path}x" gets "${folder}x": write "alias ${folder}/;"`
const both = (second: string, first: string, line: string) =>
  `nginx does not start: "${second}" and the "${first}" of ${line} exclude each other; keep one of them`

testRule('locations/alias', {
  clean: {
    'both with a slash, or neither': conf`
      http {
          server {
              root /srv;
              location /a/ { alias /srv/a/; }
              location /a { alias /srv/a; }
              location /robots.txt { alias /srv/robots.txt; }
              location = /b { alias /srv/b/; }
              location = /b/ { alias /srv/b; }
              location ~ ^/c/(.*)$ { alias /srv/c/$1; }
              location /d/ { alias /srv/$host; }
              location /e { alias /srv/e/; internal; }
              location /f { root /srv; location /f/g { alias /srv/g; } }
              location /h { alias {{ folder }}; }
          }
      }
    `,
    'by itself': conf`alias /srv/a/; root /srv;`,
  },
  caught: {
    'a slash of one alone': {
      bad: conf`
        http {
            server {
                location /a { «alias /srv/a/»; }
                location ^~ "/b" { «alias "/srv/$host/"»; }
                location /c/ { «alias /srv/c»; }
                location / { «alias /srv/$host/d»; }
            }
        }
      `,
      severity: 'warn',
      says: [
        outside('/a', '/srv/a/'),
        outside('/b', '/srv/$host/'),
        glued('/c/', '/srv/c'),
        glued('/', '/srv/$host/d'),
      ],
      related: [
        'nginx.conf:3: its location',
        'nginx.conf:4: its location',
        'nginx.conf:5: its location',
        'nginx.conf:6: its location',
      ],
    },
    'beside a root': {
      bad: conf`
        http {
            server {
                location /a/ { root /srv; «alias /srv/a/»; }
                location /b/ { alias /srv/b/; «root /srv»; }
                location ~ c { root /srv; «alias /srv/c»; }
            }
        }
      `,
      says: [both('alias', 'root', 'line 3'), both('root', 'alias', 'line 4'), both('alias', 'root', 'line 5')],
      related: ['nginx.conf:3: the other one', 'nginx.conf:4: the other one', 'nginx.conf:5: the other one'],
    },
    'where there is no path, or none but its own': {
      bad: conf`
        http {
            server {
                «root $document_root/x»;
                location @a { «alias /srv/a/»; }
                location /b/ { «alias $realpath_root/b/»; }
            }
        }
      `,
      says: [
        'nginx does not start: "$document_root" is what "root" says, and may not stand in it; write the path',
        'nginx does not start: "location @a" may have no "alias", for no path leads to it; write "root"',
        'nginx does not start: "$realpath_root" is what "alias" says, and may not stand in it; write the path',
      ],
    },
  },
})
