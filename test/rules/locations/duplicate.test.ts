import { conf, testRule } from '../rule-tester.ts'

const says = (name: string, where: string, what = 'put both into one') =>
  `nginx does not start: "${name}" is a duplicate of ${where}; ${what}`

testRule('locations/duplicate', {
  clean: {
    others: conf`
      http {
          server {
              location / { } location = / { } location /a { location /a/b { } } location /a/b { }
              location /A { } location ~ /a { } location ~ /a { } location ~* /a { } location @a { } location @a { }
          }
          server { location / { } }
      }
    `,
  },
  caught: {
    paths: {
      bad: conf`
        http {
            server {
                location /a { }
                «location ^~ /a» { }
                «location "/a"» { }
                location = /a { }
                «location =/a» { }
                location /b { location /b/c { } «location /b/c» { } }
            }
        }
      `,
      says: [
        says('location ^~ /a', 'line 3'),
        says('location "/a"', 'line 3'),
        says('location =/a', 'line 6'),
        says('location /b/c', 'line 8'),
      ],
      related: [
        'nginx.conf:3: the first one',
        'nginx.conf:3: the first one',
        'nginx.conf:6: the first one',
        'nginx.conf:8: the first one',
      ],
    },
    'from a snippet': {
      bad: {
        'nginx.conf': conf`http { server { include a.conf; «location /a» { } } }`,
        'a.conf': conf`location /a { }`,
      },
      says: [says('location /a', 'a.conf:1')],
    },
    'a snippet twice': {
      bad: {
        'nginx.conf': conf`http { server { include a.conf; «include a.conf»; } }`,
        'a.conf': conf`location /a { }`,
      },
      says: [says('location /a', 'a.conf:1', 'include the file once')],
    },
    'a fragment': { bad: conf`location /a { } «location /a» { }`, says: [says('location /a', 'line 1')] },
  },
})
