import { conf, testRule } from '../rule-tester.ts'

const again = (what: string, where: string) =>
  `"${what}" is a duplicate: the same block has it in ${where}, and nginx takes no second one`
const same = (what: string, where: string) => `"${what}" is a duplicate: the same block has it in ${where} already`
const twice = (what: string) => `nginx does not start: ${what}`

testRule('directives/duplicate', {
  clean: {
    '"off" beside rows, which older ones take': {
      good: conf`http { proxy_redirect off; proxy_redirect off; proxy_redirect / /x; }`,
      nginxVersion: '1.19.2',
    },
    'what nginx ignores, as often as it is there': {
      good: conf`http { http2_push off; http2_push off; http2_push /x; }`,
      nginxVersion: '1.25.1',
    },
    'what may be there more than once': conf`
      http {
          server {
              listen 80; listen 81; listen [::]:80; listen 127.0.0.1:80; listen 443 ssl; listen 443 quic;
              server_name a; server_name b;
              add_header A b; add_header A b;
              rewrite a b; rewrite a b; set $x 1; set $x 2;
              return 404; return 405;
              location / { } location / { }
              if ($a) { } if ($a) { }
          }
          log_format a x; log_format b x;
          map $a $b { } map $a $c { }
          upstream a { server 127.0.0.1:1; server 127.0.0.1:1; } upstream b { }
          limit_req_zone $uri zone=one:1m rate=1r/s; limit_req_zone $uri zone=two:1m rate=1r/s;
          limit_req zone=one; limit_req zone=two;
      }
      stream { server { listen 53; listen 53 udp; } }
    `,
    'zones and folders that several share': conf`
      http {
          upstream a { zone z 64k; } upstream b { zone z 65536; } upstream c { zone z; } upstream d { zone {{ z }} 1m; }
          server { ssl_session_cache shared:S:1m; } server { ssl_session_cache builtin shared:S:1024k; }
          proxy_temp_path /t 1 2; fastcgi_temp_path /t 1 2;
          proxy_cache_path /p keys_zone=p:1m; proxy_cache_path /q keys_zone=q:1m;
      }
    `,
    'zones of sites of which only one may be enabled': {
      '/srv/repo/nginx.conf': conf`events {} http { include sites-enabled/*; }`,
      '/srv/repo/sites-available/a': conf`server { ssl_session_cache shared:S:1m; }`,
      '/srv/repo/sites-available/b': conf`server { listen 81; ssl_session_cache shared:S:2m; }`,
    },
    'rows beside each other, and "off" by itself': conf`
      http {
          proxy_redirect off; proxy_cookie_path off;
          server {
              proxy_redirect default; proxy_redirect http://a/ /; proxy_redirect default;
              location / { proxy_redirect off; mirror off; }
              location /a { mirror /b; mirror /b; proxy_cookie_path /a /b; proxy_cookie_path off /b; access_log off; access_log off; }
          }
      }
    `,
    'one at each level': conf`http { root /a; server { root /b; location / { root /c; } location /b { root /c; } } }`,
    'the same of another module': conf`http { server { hash x; } upstream u { ip_hash; hash x; } }`,
    rows: conf`http { map $uri $x { a 1; a 2; } types { a/b c; a/b d; } }`,
    'certificates of two kinds, while no version is named': conf`
      http { server { ssl_certificate a.crt; ssl_certificate_key a.key; ssl_certificate b.crt; ssl_certificate_key b.key; } }
    `,
    'a file whose braces are wrong': conf`http { root /a; server { } } root /b;`,
  },
  caught: {
    'a zone for two uses, or of two sizes': {
      bad: conf`
        http {
            limit_req_zone $uri zone=one:1m rate=1r/s;
            limit_conn_zone $uri «zone=one:1m»;
            upstream a { zone «one» 1m; }
            upstream b { zone b 64k; }
            upstream c { zone «b» 128k; }
            server { ssl_session_cache shared:S:1m; }
            server { ssl_session_cache builtin «shared:S:2m»; }
        }
        mail { ssl_session_cache «shared:S:1m»; }
      `,
      says: [
        twice('"one" is a zone of "limit_req_zone" in line 2 already; give this one another name'),
        twice('"one" is a zone of "limit_req_zone" in line 2 already; give this one another name'),
        twice('the zone "b" has 64k in line 5, and 128k here; give both one size'),
        twice('the zone "S" has 1m in line 7, and 2m here; give both one size'),
        twice('"S" is a zone of "ssl_session_cache" in line 7 already; give this one another name'),
      ],
      related: [2, 2, 5, 7, 7].map((line) => `nginx.conf:${line}: the first one`),
      unfixable: 'which of them was meant, nobody knows',
    },
    'a folder of two': {
      bad: conf`
        http {
            proxy_cache_path /p keys_zone=a:1m;
            proxy_cache_path «/p» keys_zone=b:1m;
            fastcgi_cache_path «/p» keys_zone=c:1m;
            proxy_temp_path «/p»;
            uwsgi_temp_path /t 1 2;
            server { scgi_temp_path «/t»; }
        }
      `,
      says: [
        ...Array(3).fill(
          twice('"/p" is the folder of "proxy_cache_path" in line 2 already; a cache needs one of its own'),
        ),
        twice('the folder "/t" has the levels 1 2 in line 6, and no levels here'),
      ],
      related: [2, 2, 2, 6].map((line) => `nginx.conf:${line}: the first one`),
      unfixable: 'which of them was meant, nobody knows',
    },
    'names of upstreams that differ in case': {
      bad: conf`http { upstream b { server a; } «upstream B» { server a; } }`,
      says: [again('upstream b', 'line 1')],
      unfixable: 'both are blocks, and a person knows which is meant',
    },
    'two in a server': {
      bad: conf`
        http {
            server {
                root /a;
                server_name x;
                «root /b»; # the new one
            }
        }
      `,
      says: [again('root', 'line 3')],
      related: ['nginx.conf:3: the first one'],
      fixed: conf`
        http {
            server {
                root /a;
                server_name x;
            }
        }
      `,
      unsafe: true,
    },
    '"off" beside itself': {
      bad: conf`http { server { proxy_redirect off; «proxy_redirect off»; location / { mirror off; } «proxy_redirect off»; } }`,
      says: [same('proxy_redirect', 'line 1'), same('proxy_redirect', 'line 1')],
      fixed: conf`http { server { proxy_redirect off; location / { mirror off; } } }`,
      unsafe: true,
    },
    '"off" beside other rows': {
      bad: conf`
        http {
            proxy_cookie_path off;
            «proxy_cookie_path /a /b»;
            server {
                mirror /a;
                mirror /b;
                «mirror off»;
            }
        }
      `,
      says: [
        '"proxy_cookie_path" is a duplicate: the same block has "proxy_cookie_path off" in line 2, which stands alone',
        '"mirror" is a duplicate: "off" stands alone, and the same block has a row in line 5',
      ],
      related: ['nginx.conf:2: the first one', 'nginx.conf:5: the first one'],
      unfixable: 'nobody knows which is meant',
    },
    'three that are the same': {
      bad: conf`http { sendfile on; «sendfile on»; «sendfile on»; }`,
      says: [same('sendfile', 'line 1'), same('sendfile', 'line 1')],
      fixed: conf`http { sendfile on; }`,
      unsafe: true,
    },
    'from a snippet': {
      bad: {
        'nginx.conf': conf`http { server { include ssl.conf; «ssl_session_timeout 1d»; } }`,
        'ssl.conf': conf`ssl_session_timeout 1h;`,
      },
      says: [again('ssl_session_timeout', 'ssl.conf:1')],
      unfixable: 'one of them belongs to others too',
    },
    'a snippet that is included twice': {
      bad: {
        'nginx.conf': conf`http { server { include s.conf; «include s.conf»; } }`,
        's.conf': conf`add_header A b; root /x;`,
      },
      says: ['this file is included a second time into the same block, and "root" in it may be there once only'],
      unfixable: 'nobody knows which of them was meant',
    },
    blocks: {
      bad: conf`events { } http { upstream b { server 127.0.0.1:1; } «upstream b» { server 127.0.0.1:2; } } «events» { }`,
      says: [
        again('upstream b', 'line 1').replace(', and nginx takes no second one', ' already'),
        same('events', 'line 1'),
      ],
      unfixable: 'a block holds more than one line',
    },
    'what must differ': {
      bad: conf`
        http {
            log_format a x;
            «log_format a y»;
            limit_req_zone $uri zone=one:1m rate=1r/s;
            «limit_req_zone $host zone=one:2m rate=2r/s»;
            server { listen 80; «listen *:80»; «listen 0.0.0.0:80 default_server»; }
        }
      `,
      says: [
        again('log_format a', 'line 2'),
        again('limit_req_zone one', 'line 4'),
        again('listen *:80', 'line 6'),
        again('listen *:80', 'line 6'),
      ],
      fixed: conf`
        http {
            log_format a x;
            limit_req_zone $uri zone=one:1m rate=1r/s;
            server { listen 80; }
        }
      `,
      unsafe: true,
    },
    'in a fragment': {
      bad: conf`client_max_body_size 1m; «client_max_body_size 2m»;`,
      says: [again('client_max_body_size', 'line 1')],
      fixed: conf`client_max_body_size 1m;`,
      unsafe: true,
    },
    'in an older version': {
      bad: conf`http { server { ssl_certificate a; «ssl_certificate b»; } }`,
      says: [again('ssl_certificate', 'line 1')],
      fixed: conf`http { server { ssl_certificate a; } }`,
      unsafe: true,
      nginxVersion: '1.10.0',
    },
  },
})
