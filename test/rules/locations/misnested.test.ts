import { conf, testRule } from '../rule-tester.ts'

const says = (own: string, around: string, what: string) =>
  `nginx does not start: "location ${own}" may not stand in "location ${around}"; ${what}`
const outside = (own: string, around: string, path: string) =>
  `nginx does not start: "location ${own}" is outside of "location ${around}"; put it beside, or begin its path with "${path}"`

testRule('locations/misnested', {
  clean: {
    nested: conf`
      http {
          server {
              location / { location /a { location /a { } location /a/b { } location = /abc { } location ^~ /a/x { } } }
              location /b { location ~ ^/c { location ~* d { } } }
              location ~ /e { location /e/f { } }
              location "" { location /g { } }
              location = /h { if ($uri) { return 404; } }
              location @i { }
              location {{ path }} { location /j { } }
          }
      }
    `,
    'a file by itself, which may be included anywhere': conf`location /a { } location @b { }`,
  },
  caught: {
    'outside of the path around it': {
      bad: conf`
        http {
            server {
                location /a/ {
                    «location /b» { }
                    «location = /a» { }
                    «location ^~ /A/» { }
                    «location users/» { location users/1 { } }
                }
                location ^~ /c { location /c/d { «location "/c/e f"» { } } }
            }
        }
      `,
      says: [
        outside('/b', '/a/', '/a/'),
        outside('= /a', '/a/', '/a/'),
        outside('^~ /A/', '/a/', '/a/'),
        outside('users/', '/a/', '/a/'),
        outside('"/c/e f"', '/c/d', '/c/d'),
      ],
    },
    'in a location that has none': {
      bad: conf`
        http {
            server {
                location = /a { «location /a/b» { } }
                location @b { «location ~ c» { } }
                location ~ ^/d { «location /d/e» { } }
                location /f { «location @g» { } }
            }
        }
      `,
      says: [
        says('/a/b', '= /a', 'no other path is in that one: put it beside'),
        says('~ c', '@b', 'that one is chosen by name alone: put it beside'),
        says('/d/e', '~ ^/d', 'nginx takes that regex for a path: write a regex here too, or put it beside'),
        says('@g', '/f', 'one with a name stands in the server itself'),
      ],
    },
    'from a snippet': {
      bad: {
        'nginx.conf': conf`http { server { include static.conf; location /app { include static.conf; } } }`,
        'static.conf': conf`«location /static» { }`,
      },
      says: [outside('/static', '/app', '/app')],
      related: ['nginx.conf:1: the location around it'],
    },
  },
})
