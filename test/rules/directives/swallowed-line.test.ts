import { conf, testRule } from '../rule-tester.ts'

const takes = (own: string, lines: string, more: 'a directive' | 'directives' = 'a directive') =>
  `missing ";" after "${own}": nginx takes ${lines} for more arguments of "${own.split(' ')[0]}", not for ${more}`
const refuses = (own: string, line: string) =>
  `missing ";" after "${own}": nginx takes "${line}" for more arguments of "${own.split(' ')[0]}", and refuses them`

testRule('directives/swallowed-line', {
  clean: {
    'lists in several lines': conf`
      http {
          log_format main '$remote_addr - $remote_user [$time_local] '
                          '"$request" $status';
          gzip_types
              text/css
              application/json;
          server {
              server_name
                  example.com
                  www.example.com;
              index index.php
                    index.html;
              add_header Content-Security-Policy "default-src 'self';
                  root 'none'"
                  always;
              location / {
                  try_files $uri
                            $uri/
                            =404;
              }
          }
      }
    `,
    'names of directives that do not start a line': conf`http { server { server_name a root internal; index root /srv; } }`,
    'names that are alone on their lines': conf`
      http { server { server_name example
        root
        index
        mail; } }
    `,
    'in quotes': conf`
      http { log_format a 'x'
        "root" "/srv"; }
    `,
    'with another number of arguments than the directive takes': conf`
      http { server { server_name a
        root
        index; index a
        root /a /b; } }
    `,
    'with arguments that the directive does not take': conf`
      http { server { server_name a
        gzip yes; } }
    `,
    'directives that may not stand there': conf`
      http { server { server_name a
        internal; index x
        worker_processes 1; } }
    `,
    'before which too little stands': conf`
      http { server { server_name
        root /srv; } }
    `,
    'words that a directive has in common with the name of another one': conf`
      http {
          upstream u { server a; random two
              least_conn; }
          server { rewrite ^ /x
              break; }
      }
    `,
    'rows that are no directives': conf`
      http { types { text/html html
          index root; } }
    `,
    'words that a program puts in': conf`
      http { server { server_name {{ names }}
        root /srv; } }
    `,
    'a number of arguments that only "syntax" can tell of': conf`
      http { server { root /srv
        index x; } }
    `,
  },
  caught: {
    'a root that is a name of the server': {
      bad: conf`
        http {
            server {
                server_name example.com www.example.com
                «root /srv/www»;
            }
        }
      `,
      says: [takes('server_name example.com www.example.com', '"root /srv/www"')],
      severity: 'warn',
      fixed: conf`
        http {
            server {
                server_name example.com www.example.com;
                root /srv/www;
            }
        }
      `,
      unsafe: true,
    },
    'several lines, one of them a list of lines, comments between them': {
      bad: conf`
        http {
            server {
                server_name a # the name
                # the files

                «root /srv»
                index index.php
                      index.html   # of those
                error_page 404 /404.html;
            }
        }
      `,
      says: [
        takes(
          'server_name a',
          '"root /srv", "index index.php index.html" and "error_page 404 /404.html"',
          'directives',
        ),
      ],
      severity: 'warn',
      fixed: conf`
        http {
            server {
                server_name a; # the name
                # the files

                root /srv;
                index index.php
                      index.html;   # of those
                error_page 404 /404.html;
            }
        }
      `,
      unsafe: true,
    },
    'of a location, an upstream, and what takes one argument or two': {
      bad: conf`
        http {
            server {
                location / {
                    try_files $uri @app
                    «proxy_set_header Host $host»;
                }
                location /x {
                    return 403
                    «internal»;
                }
                location /y {
                    proxy_no_cache $arg_a
                    «proxy_cache_bypass $arg_b»;
                    stub_status
                    «internal»;
                }
            }
        }
      `,
      says: [
        takes('try_files $uri @app', '"proxy_set_header Host $host"'),
        takes('return 403', '"internal"'),
        takes('proxy_no_cache $arg_a', '"proxy_cache_bypass $arg_b"'),
        takes('stub_status', '"internal"'),
      ],
      severity: 'warn',
      fixed: conf`
        http {
            server {
                location / {
                    try_files $uri @app;
                    proxy_set_header Host $host;
                }
                location /x {
                    return 403;
                    internal;
                }
                location /y {
                    proxy_no_cache $arg_a;
                    proxy_cache_bypass $arg_b;
                    stub_status;
                    internal;
                }
            }
        }
      `,
      unsafe: true,
    },
    'where nginx refuses the words': {
      bad: conf`
        http {
            access_log /var/log/nginx/access.log
            «error_log /var/log/nginx/error.log»;
            server {
                ssl_protocols TLSv1.2 TLSv1.3
                «ssl_prefer_server_ciphers on»;
                error_page 500 502 /50x.html
                «gzip_types text/css»;
            }
        }
      `,
      says: [
        refuses('access_log /var/log/nginx/access.log', 'error_log /var/log/nginx/error.log'),
        refuses('ssl_protocols TLSv1.2 TLSv1.3', 'ssl_prefer_server_ciphers on'),
        refuses('error_page 500 502 /50x.html', 'gzip_types text/css'),
      ],
      fixed: conf`
        http {
            access_log /var/log/nginx/access.log;
            error_log /var/log/nginx/error.log;
            server {
                ssl_protocols TLSv1.2 TLSv1.3;
                ssl_prefer_server_ciphers on;
                error_page 500 502 /50x.html;
                gzip_types text/css;
            }
        }
      `,
    },
    'in a fragment, whose level is open': {
      bad: conf`
        index a
        «root /srv»;
      `,
      says: [takes('index a', '"root /srv"')],
      severity: 'warn',
      fixed: conf`
        index a;
        root /srv;
      `,
      unsafe: true,
    },
    'in a file of CRLF': {
      bad: 'http { server { server_name a\r\n  «root /srv»;\r\n} }\r\n',
      says: [takes('server_name a', '"root /srv"')],
      severity: 'warn',
      fixed: 'http { server { server_name a;\r\n  root /srv;\r\n} }\r\n',
      unsafe: true,
    },
  },
})
