import { conf, testRule } from '../rule-tester.ts'

const says = (host: string) =>
  `requests get 502: a URL with variables has "${host}" looked up for each of them, and there is no "resolver"; set one (127.0.0.11 in Docker), or put the name of an "upstream" there`

testRule('upstreams/no-resolver', {
  clean: {
    'no variables': conf`http { server { location / { proxy_pass http://app:3000; } } }`,
    'a resolver': conf`http { resolver 127.0.0.11; server { location / { proxy_pass http://app:3000$uri; } } }`,
    'an upstream': conf`http { upstream App { server 10.0.0.1; } server { set $b app; location / { proxy_pass http://$b; } } }`,
    addresses: conf`
      http {
          server {
              set $b 127.0.0.1:3000;
              location / { proxy_pass http://$b; }
              location /6 { proxy_pass http://[::1]:3000$uri; }
              location /u { proxy_pass http://unix:/run/app.sock:$uri; }
          }
      }
    `,
    'what another URL has looked up': conf`
      http { server { location / { proxy_pass http://app; } location /x { proxy_pass http://app:80$request_uri; } } }
    `,
    'what nobody knows': conf`
      http {
          map $uri $m { /a app; default $host; }
          map $uri $n { /a app; default 10.0.0.1; }
          server {
              set $b $host;
              set $c app;
              set $c 10.0.0.1;
              location /a { proxy_pass http://$b; }
              location /b { proxy_pass http://$host:3000; }
              location /c { proxy_pass http://$m; }
              location /d { proxy_pass http://$n; }
              location /e { proxy_pass http://$c; }
              location ~ ^/(.*) { proxy_pass http://$1; }
          }
      }
    `,
    'Lua may set it': conf`
      http { server { location / { set $b app; rewrite_by_lua_block { ngx.var.b = "10.0.0.1" } proxy_pass http://$b; } } }
    `,
    'a file of conf.d: its resolver may stand in nginx.conf': conf`server { location / { proxy_pass http://app$uri; } }`,
    'an include that nobody could read': conf`http { include x.conf; server { location / { proxy_pass http://app$uri; } } }`,
    'a template': conf`http { server { location / { proxy_pass http://__HOST__$request_uri; } } }`,
  },
  caught: {
    'a set': {
      bad: conf`
        http {
            server {
                set $backend http://app:3000;
                location / { «proxy_pass $backend»; }
            }
        }
      `,
      says: [says('app')],
    },
    'a host and a port': {
      bad: conf`http { server { location / { set $h Api.internal; set $p 80; «proxy_pass http://$h:$p/x/»; } } }`,
      says: [says('api.internal')],
    },
    'variables in the path alone': {
      bad: conf`
        http {
            server {
                location / { «proxy_pass http://localhost:3000$request_uri»; }
                location ~ ^/x/(.*) { «proxy_pass http://app/$1$is_args$args»; }
            }
        }
      `,
      says: [says('localhost'), says('app')],
    },
    'a map': {
      bad: conf`http { map $uri $b { default a; /x b; } server { location / { «proxy_pass http://$b»; } } }`,
      says: [says('a')],
    },
    'an upstream takes no port, and another port is another address': {
      bad: conf`
        http {
            upstream app { server 10.0.0.1; }
            server {
                location / { proxy_pass http://api:1; }
                location /a { «proxy_pass http://app:3000$uri»; }
                location /b { «proxy_pass http://api:2$uri»; }
            }
        }
      `,
      says: [says('app'), says('api')],
    },
  },
})
