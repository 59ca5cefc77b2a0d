import { conf, testRule } from '../rule-tester.ts'

const said = (what: string) => `nginx does not start: ${what}`

testRule('directives/undeclared', {
  clean: {
    'declared above or below': conf`
      http {
          log_format main x;
          access_log /l main buffer=8k;
          server {
              access_log /l combined gzip if=$x;
              access_log off;
              access_log /l;
              location / { limit_req zone=r burst=5; limit_conn c 5; proxy_cache p; fastcgi_cache f; proxy_cache off; }
              location /x { proxy_cache $zone; }
          }
          limit_req_zone $uri zone=r:1m rate=1r/s;
          limit_conn_zone $uri zone=c:1m;
          proxy_cache_path /p levels=1:2 keys_zone=p:1m max_size=1g;
          fastcgi_cache_path /f keys_zone=f:1m;
      }
    `,
    'in a file that is included': {
      'nginx.conf': conf`http { include formats.conf; server { access_log /l main; } }`,
      'formats.conf': conf`log_format main x;`,
    },
    'where it may be declared in a file that nobody can read': conf`
      http { include /opt/formats.conf; server { access_log /l main; limit_req zone=x; } }
    `,
    'by the configuration around a file': conf`server { listen 80; access_log /l main; limit_req zone=x; }`,
    'where it may be declared in what could not be read': {
      'nginx.conf': conf`http { include conf.d/*.conf; }`,
      'conf.d/a.conf': conf`log_format main "$uri; limit_req_zone $uri zone=r:1m rate=1r/s;`,
      'conf.d/b.conf': conf`server { access_log /l main; limit_req zone=r; }`,
    },
    'where a file that could not be read may include another': {
      'nginx.conf': conf`http { include conf.d/*.conf; }`,
      'conf.d/a.conf': conf`add_header A "b; include formats;`,
      'conf.d/b.conf': conf`server { access_log /l main; limit_req zone=r; }`,
    },
    'by lines that a template adds': conf`
      http { {% for zone in zones %} {{ zone }} {% endfor %} server { limit_req zone=x; access_log /l {{ format }}; } }
    `,
    'the next line, where a ";" is missing': conf`
      http {
          access_log /l
          error_log /e;
      }
    `,
    'the zone of an upstream, which another one gives its size': conf`
      http { upstream a { zone z; server 127.0.0.1; } upstream b { zone z 64k; server 127.0.0.1; } }
    `,
    'the zone of an upstream that may have its size in a file that nobody can read': conf`
      http { upstream a { zone z; server 127.0.0.1; } upstream b { include zone.conf; server 127.0.0.1; } }
    `,
    'in stream': conf`
      stream { log_format main x; limit_conn_zone $binary_remote_addr zone=c:1m; server { access_log /l main; limit_conn c 5; } }
    `,
  },
  caught: {
    'beside a file that could not be read, and has no such name': {
      bad: {
        'nginx.conf': conf`http { include conf.d/*.conf; }`,
        'conf.d/a.conf': conf`add_header A "b;`,
        'conf.d/b.conf': conf`server { access_log /l «main»; limit_req «zone=requests»; }`,
      },
      says: [
        said('no "log_format" is named "main"; declare it in "http"'),
        said('no "limit_req_zone" has "zone=requests"; declare it in "http"'),
      ],
    },
    'beside a ";" that is missing at a place that leaves no doubt': {
      bad: conf`http { server { limit_req «zone=r»; location / { return 204 } } }`,
      says: [said('no "limit_req_zone" has "zone=r"; declare it in "http"')],
    },
    'log formats': {
      bad: conf`
        http {
            log_format json x;
            server {
                access_log /l «main»;
                location /a { access_log /l «jsno» gzip; }
                location /b { access_log /l «buffer=8k»; }
            }
        }
      `,
      says: [
        said('no "log_format" is named "main"; declare it in "http"'),
        said('no "log_format" is named "jsno"; did you mean "json"?'),
        said('"buffer=8k" is taken for the name of a log format; write "combined" before it'),
      ],
    },
    'a format below its use': {
      bad: conf`
        http {
            access_log /l «main»;
            server { location / { access_log /l «main»; } }
            log_format main x;
            server { access_log /l main; }
        }
      `,
      says: [
        said('"log_format main" stands below this, in line 4; move it above'),
        said('"log_format main" stands below this, in line 4; move it above'),
      ],
      related: ['nginx.conf:4: the format', 'nginx.conf:4: the format'],
    },
    'a format below the includes of its users': {
      bad: {
        'nginx.conf': conf`http { include conf.d/*.conf; log_format main x; include sites/*; }`,
        'conf.d/a.conf': conf`server { access_log /l «main»; }`,
        'sites/a': conf`server { access_log /l main; }`,
      },
      says: [said('"log_format main" stands below this, in nginx.conf:1; move it above')],
    },
    zones: {
      bad: conf`
        http {
            include mime.types;
            limit_req_zone $uri zone=one:1m rate=1r/s;
            proxy_cache_path /p keys_zone=pages:1m;
            limit_conn «two» 5;
            server {
                limit_req «zone=one:10m»;
                location / { proxy_cache «page»; limit_req burst=5 «zone=x»; }
                location /x { scgi_cache «files»; limit_conn «one» 5; fastcgi_cache «pages»; }
            }
        }
      `,
      says: [
        said('no "limit_conn_zone" has "zone=two"; declare it in "http"'),
        said('no "limit_req_zone" has "zone=one:10m"; did you mean "one"?'),
        said('no "proxy_cache_path" has "keys_zone=page"; did you mean "pages"?'),
        said('no "limit_req_zone" has "zone=x"; declare it in "http"'),
        said('no "scgi_cache_path" has "keys_zone=files"; declare it in "http"'),
        said('"one" is a zone of "limit_req_zone" (line 3), and "limit_conn" needs one of "limit_conn_zone"'),
        said('"pages" is a zone of "proxy_cache_path" (line 4), and "fastcgi_cache" needs one of "fastcgi_cache_path"'),
      ],
    },
    'zones of upstreams': {
      bad: conf`
        http {
            upstream a { zone «backends»; server 127.0.0.1; }
            upstream b { zone «backend»; server 127.0.0.1; }
            upstream c { zone others 64k; server 127.0.0.1; }
        }
        stream { upstream d { zone «others»; server 127.0.0.1:1; } }
      `,
      says: [
        said('no "zone" gives "backends" a size; write "zone backends 64k"'),
        said('no "zone" gives "backend" a size; write "zone backend 64k"'),
        said('"others" is a zone of "zone" (line 4), and "zone" needs one of "zone" in "stream"'),
      ],
    },
    'of stream, which has its own': {
      bad: conf`
        http { log_format main x; limit_conn_zone $uri zone=c:1m; }
        stream { server { access_log /l «main»; access_log /l «combined»; limit_conn «c» 5; access_log /l «buffer=8k»; } }
      `,
      says: [
        said('no "log_format" is named "main"; declare it in "stream"'),
        said('no "log_format" is named "combined"; declare it in "stream"'),
        said(
          '"c" is a zone of "limit_conn_zone" (line 1), and "limit_conn" needs one of "limit_conn_zone" in "stream"',
        ),
        said('"buffer=8k" is taken for the name of a log format; write that of one before it'),
      ],
    },
  },
})
