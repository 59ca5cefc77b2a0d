import { conf, testRule } from '../rule-tester.ts'

testRule('locations/unreachable', {
  clean: {
    'all can be reached': conf`
      http {
          server {
              location / { } location = / { } location /a { } location ^~ /a/b { } location ~ \.php$ { }
              location ~ ^/a/c { } location ~* \.(jpg|png)$ { } location @x { }
          }
      }
    `,
    'a return in an if, in a location, or for some': conf`
      http {
          server { if ($host = a) { return 301 /; } location / { return 404; } }
          server { rewrite ^/a /b last; return 404; location / { } }
          server { if ($x) { break; } return 404; location / { } }
      }
    `,
    'a named location behind a return': conf`
      http { server { error_page 503 @down; return 503; location @down { root /x; } } }
    `,
    'regexes of other levels, and of other case': conf`
      http {
          server { location /a { location ~ x { } } location /b { location ~ x { } } location ~ x { } location ~* x { } }
      }
    `,
    'a prefix that is looked into first': conf`
      http { server { location / { location ~ \.php$ { } } location ~ / { } } }
    `,
    'a prefix that regexes are not tried behind': conf`http { server { location ^~ /a { } location = /b { } location ~ / { } } }`,
    'a regex that is tried behind a longer prefix': conf`
      http { server { location ^~ /a/ { } location /a/b/ { } location ~ ^/a/.*\.png$ { } } }
    `,
    'regexes that may match something else': conf`
      http { server { location ^~ /a/ { } location ~ /a/x { } location ~ ^/(a|b)/ { } location ~ ^/a?/ { } location ~ ^/ab*/ { } location ~* ^/a/ { } } }
    `,
    'a rewrite to what has no slash': conf`http { server { rewrite ^/x y last; location y { } } }`,
    'an include that may rewrite': conf`http { server { include x.conf; location y { } return 404; } }`,
  },
  caught: {
    'a wildcard, or a regex without its "~"': {
      bad: conf`
        server {
            location /ws/* { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; }
            «location /pages/*» { proxy_pass http://b; }
            «location ^~ /files*» { root /x; }
            «location /api/(.*)» { proxy_pass http://b/; }
            «location = /a\.html$» { root /x; }
            location /wiki/A_(b) { root /x; }
            location /a*b { root /x; }
            location ~ ^/c/.*$ { root /x; }
        }
      `,
      says: [
        'no request reaches "location /pages/*": without "~" nginx takes a wildcard for plain text; write "location /pages/"',
        'no request reaches "location ^~ /files*": without "~" nginx takes a wildcard for plain text; write "location /files"',
        'no request reaches "location /api/(.*)": without "~" nginx takes a regex for plain text; write "location ~ ^/api/(.*)"',
        'no request reaches "location = /a\\.html$": without "~" nginx takes a regex for plain text; write "location ~ ^/a\\.html$"',
      ],
    },
    'behind a return': {
      bad: conf`
        http {
            server {
                listen 80;
                «location /.well-known/» { }
                return 301 https://$host$request_uri;
                «location ~ x» { }
                location @y { }
            }
        }
      `,
      says: [
        'no request reaches "location /.well-known/": "return 301 https://$host$request_uri" of line 5 answers before a location is chosen, so move it into a location',
        'no request reaches "location ~ x": "return 301 https://$host$request_uri" of line 5 answers before a location is chosen, so move it into a location',
      ],
      related: ['nginx.conf:5: answers all requests', 'nginx.conf:5: answers all requests'],
    },
    'behind a regex': {
      bad: conf`
        http {
            server {
                location ~ \.php$ { }
                «location ~ \.php$» { }
                location ~* \.css$ { }
                «location ~ \.css$» { }
                «location /a» { }
                location ~ ^/(.*)$ { }
                «location ~ x» { }
            }
        }
      `,
      says: [
        'no request reaches "location ~ \\.php$": "location ~ \\.php$" of line 3 takes all that it matches, and regexes are tried in order',
        'no request reaches "location ~ \\.css$": "location ~* \\.css$" of line 5 takes all that it matches, and regexes are tried in order',
        'no request reaches "location /a": "location ~ ^/(.*)$" of line 8 takes all that it matches, and regexes are tried in order',
        'no request reaches "location ~ x": "location ~ ^/(.*)$" of line 8 takes all that it matches, and regexes are tried in order',
      ],
    },
    'behind a prefix with ^~': {
      bad: conf`http { server { location ^~ /static/ { } «location ~ ^/static/.*\.png$» { } location / { } } }`,
      says: [
        'no request reaches "location ~ ^/static/.*\\.png$": "location ^~ /static/" of line 1 has "^~", behind which no regex is tried',
      ],
    },
    'without a slash': {
      bad: conf`http { server { «location static/» { } «location = favicon.ico» { } «location ~ ^static/» { } } }`,
      says: [
        'no request reaches "location static/": every path begins with a slash, so write "/static/"',
        'no request reaches "location = favicon.ico": every path begins with a slash, so write "/favicon.ico"',
        'no request reaches "location ~ ^static/": every path begins with a slash',
      ],
    },
    'a name twice': {
      bad: conf`http { server { location @a { } «location @a» { } } }`,
      says: ['no request reaches "location @a": "location @a" of line 1 has the same name, and the first one is taken'],
    },
    'in a fragment': {
      bad: conf`server { return 404; «location /» { } }`,
      says: [
        'no request reaches "location /": "return 404" of line 1 answers before a location is chosen, so move it into a location',
      ],
    },
  },
})
