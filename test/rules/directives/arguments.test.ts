import { conf, testRule } from '../rule-tester.ts'

testRule('directives/arguments', {
  clean: {
    'a version that is wrong for WebSockets has a rule of its own': conf`
      server { location /ws { proxy_pass http://b; proxy_http_version 2.0; } }
    `,
    'what nginx ignores, whatever it says': {
      good: conf`http { http2_push_preload nonsense; }`,
      nginxVersion: '1.25.1',
    },
    'numbers of arguments': conf`
      http {
          log_format a '$uri' '$args';
          server {
              listen 80;
              listen 443 ssl default_server;
              server_name a b c d e f;
              add_header A b;
              add_header A b always;
              error_page 404 = /x; error_page 404 500 =200 @y; error_page 404 =700 $page; error_page 494 http://a/;
              location / { set $x 1; if ($x = 1) { return 404; } try_files a b c =404; expires modified +1h; }
              location = /x { return 204; }
              location @y { error_page 404 403 = /z; }
          }
      }
    `,
    values: conf`
      http {
          sendfile ON;
          tcp_nopush Off;
          client_max_body_size 1g;
          client_body_buffer_size 16K;
          proxy_buffers 8 4k;
          proxy_read_timeout 1h30m;
          send_timeout "1d 12h";
          client_body_timeout 500ms;
          keepalive_requests 1000;
          gzip_comp_level 9;
          satisfy ANY;
          proxy_next_upstream error timeout http_502;
          ssl_protocols TLSv1.2 TLSv1.3;
          limit_rate $rate;
          server_tokens build;
      }
    `,
    'the same name in several places': conf`
      http { upstream u { server 127.0.0.1:1 weight=2 backup; } server { } }
      stream { server { proxy_pass x; proxy_protocol v2; } }
    `,
    'a flag by its number of arguments only': conf`http { server { fancyindex_css_href /a.css; } }`,
    'an older form, while no version is named': conf`http { server { location /s { stub_status on; } } }`,
    rows: conf`http { map $uri $x { a 1; volatile; } types { a/b c d e f; } }`,
    'words of a template': conf`http { client_max_body_size ${'$'}{MAX_SIZE}; sendfile "{{ sendfile }}"; keepalive_requests $N; root <your folder>; }`,
    'a file whose blocks are wrong': conf`http { sendfile yes; `,
    'ports that a program puts in': conf`
      http { server { listen {{ port }} {{ flags }}; listen $PORT default_server; listen 127.0.0.1:__PORT__; listen *:$port; } }
    `,
    'the listen of another module': conf`rtmp { server { listen 1935 chunk; } }`,
    'what has taken the next line, and is flagged for that': conf`
      http { server { error_page 500 502 /50x.html
          gzip_types text/css; } }
    `,
    'what stands at the wrong place': conf`http { listen 80 81 82 83; }`,
    'a fragment that fits two levels': conf`server 127.0.0.1:1 weight=2;`,
  },
  caught: {
    'beside a ";" that is missing at a place that leaves no doubt': {
      bad: conf`http { sendfile «yes» }`,
      says: ['"sendfile" takes "on" or "off", not "yes"'],
    },
    'a word that only add_header takes': {
      bad: conf`server { «proxy_set_header Upgrade $http_upgrade always»; add_header A b always; }`,
      says: ['"proxy_set_header" takes 2 arguments, and gets 3: leave "always" away'],
    },
    'a header and its value in one word': {
      bad: conf`server { «proxy_set_header "Upgrade $http_upgrade"»; «proxy_set_header Host:$host»; add_header X-A='b c'; «proxy_set_header Host»; }`,
      says: [
        '"proxy_set_header" takes 2 arguments, and gets 1: write "proxy_set_header Upgrade $http_upgrade"',
        '"proxy_set_header" takes 2 arguments, and gets 1: write "proxy_set_header Host $host"',
        '"proxy_set_header" takes 2 arguments, and gets 1',
      ],
    },
    'an address and parameters of listen': {
      bad: conf`
        http {
            server { listen 80 «defaul_server»; listen 443 ssl «backlog=0»; listen «70000»; listen «[port]»; listen [::]:80 «ipv6only=yes»; }
        }
        stream { server { listen 127.0.0.1:53 udp «so_keepalive=1m:x»; } }
      `,
      says: [
        '"listen" takes an address, and then words such as "default_server", "ssl" and "reuseport", not "defaul_server"',
        '"listen" takes a number above 0 as "backlog=", not "backlog=0"',
        '"listen" takes a port from 1 to 65535, an address, or both as in "127.0.0.1:8080", not "70000"',
        '"listen" takes a port from 1 to 65535, an address, or both as in "127.0.0.1:8080", not "[port]"',
        '"listen" takes "on" or "off" as "ipv6only=", not "ipv6only=yes"',
        '"listen" takes "on", "off", or times and a number as in 30m::10 as "so_keepalive=", not "so_keepalive=1m:x"',
      ],
    },
    'a variable that nginx has itself': {
      bad: conf`
        http {
            map $http_upgrade «$Connection» { default upgrade; '' close; }
            geo «$remote_addr» { default 1; }
            split_clients $uri «$host» { * a; }
            server { set «$uri» /; set $args a; set $limit_rate 1k; set $http_x_y z; }
        }
        stream { map $remote_addr «$protocol» { default x; } map $remote_addr $uri { default x; } }
      `,
      says: [
        ['map', '$Connection'],
        ['geo', '$remote_addr'],
        ['split_clients', '$host'],
        ['set', '$uri'],
        ['map', '$protocol'],
      ].map(([name, variable]) => `"${name}" takes a name of your own for its variable, not "${variable}"`),
    },
    'too many and too few': {
      bad: conf`
        http {
            «client_max_body_size 10 M»;
            server {
                «listen»;
                «root /a /b»;
                location / { «set $x»; «proxy_set_header A b c»; «internal x»; «rewrite a»; }
                «location a b c» { }
                «if» { }
            }
        }
      `,
      says: [
        '"client_max_body_size" takes 1 argument, and gets 2: write "10M", without a blank',
        '"listen" takes at least 1 argument, and gets none',
        '"root" takes 1 argument, and gets 2',
        '"set" takes 2 arguments, and gets 1',
        '"proxy_set_header" takes 2 arguments, and gets 3',
        '"internal" takes no arguments, and gets 1',
        '"rewrite" takes 2 or 3 arguments, and gets 1',
        '"location" takes 1 or 2 arguments, and gets 3',
        '"if" takes at least 1 argument, and gets none',
      ],
    },
    'what only the directive itself knows of': {
      bad: conf`
        http {
            map $http_upgrade «connection_upgrade» { default upgrade; }
            upstream u { hash $uri «consistant»; server 127.0.0.1 «weigth=2»; }
            server {
                if ($http_upgrade «==» websocket) { return «/ws»; }
                if ($http_upgrade = websocket «&&» $uri = /ws) { return «1000»; }
                location «/ws» /chat { rewrite ^ /x «permanant»; }
                location / {
                    allow «localhost»;
                    proxy_redirect «http://a»;
                    expires «1x»;
                    set «ws» 1;
                    error_log /var/log/x «warning»;
                }
            }
        }
      `,
      says: [
        '"map" takes as its second argument a variable, with its "$", not "connection_upgrade"',
        '"hash" takes as its second argument only "consistent", not "consistant"',
        '"server" takes an address, and then words such as "weight=2", "max_fails=3" and "backup", not "weigth=2"',
        '"if" takes a condition such as ($name), ($name = value), ($name ~ regex) or (-f file), not "=="',
        '"return" takes a status, or a URL that starts with "http://", "https://" or "$scheme", not "/ws"',
        '"if" takes a condition such as ($name), ($name = value), ($name ~ regex) or (-f file), not "&&"',
        '"return" takes a status, or a URL that starts with "http://", "https://" or "$scheme", not "1000"',
        '"location" takes "=", "~", "~*" or "^~" before a path, not "/ws"',
        '"rewrite" takes "last", "break", "redirect" or "permanent", not "permanant"',
        '"allow" takes an address, a network as 10.0.0.0/8, "unix:" or "all", not "localhost"',
        '"proxy_redirect" takes "off", "default", or what to look for and what to write instead, not "http://a"',
        '"expires" takes a time, such as 1h or @15h30m, "epoch", "max" or "off", not "1x"',
        '"set" takes as its first argument a variable, with its "$", not "ws"',
        '"error_log" takes a level: "debug", "info", "notice", "warn", "error", "crit", "alert", "emerg", not "warning"',
      ],
    },
    'an "=" that is a word, and words of the next line': {
      bad: conf`
        http {
            server {
                location / {
                    «proxy_set_header Host = $host»;
                    «proxy_pass http://127.0.0.1:3000
                    proxy_http_version: 1.1»;
                    «proxy_set_header A
                    b c d»;
                }
            }
        }
      `,
      says: [
        '"proxy_set_header" takes 2 arguments, and gets 3: leave "=" away',
        '"proxy_pass" takes 1 argument, and gets 3: is a ";" missing after "http://127.0.0.1:3000"?',
        '"proxy_set_header" takes 2 arguments, and gets 4',
      ],
    },
    'units that a directive does not know, a number that is too long, a word that is not the one': {
      bad: conf`
        http {
            proxy_read_timeout «1M»;
            ssl_session_timeout «500ms»;
            proxy_buffer_size «1g»;
            keepalive_requests «99999999999999999999»;
            add_header A b «foo»;
        }
        stream {
            preread_timeout «1M»;
            proxy_upload_rate «1g»;
        }
      `,
      says: [
        '"proxy_read_timeout" takes a time without the units M and y, not "1M"',
        '"ssl_session_timeout" takes a time without the unit ms, not "500ms"',
        '"proxy_buffer_size" takes a size without the unit g, not "1g"',
        '"keepalive_requests" takes a number, not "99999999999999999999"',
        '"add_header" takes as its third argument only "always", not "foo"',
        '"preread_timeout" takes a time without the units M and y, not "1M"',
        '"proxy_upload_rate" takes a size without the unit g, not "1g"',
      ],
    },
    'a value that newer ones ignore with the directive': {
      bad: conf`http { http2_push_preload «nonsense»; }`,
      says: ['"http2_push_preload" takes "on" or "off", not "nonsense"'],
      nginxVersion: '1.25.0',
    },
    'pages for errors': {
      bad: conf`
        http {
            error_page 404 «499» /x;
            error_page «200» /x;
            error_page «=200» /x;
            server {
                error_page 500 502 «/50x.html» =200 @x;
            }
        }
      `,
      says: ['499', '200', '=200', '/50x.html'].map(
        (value) =>
          `"error_page" takes codes from 300 to 599 (but 499), and one page as its last argument, not "${value}"`,
      ),
    },
    'flags and words': {
      bad: conf`
        http {
            sendfile «yes»;
            gzip «"1"»;
            satisfy «both»;
            proxy_next_upstream error «http_501»;
            ssl_protocols TLSv1.2 «TLS1.3»;
        }
      `,
      says: [
        '"sendfile" takes "on" or "off", not "yes"',
        '"gzip" takes "on" or "off", not "1"',
        '"satisfy" takes "all" or "any", not "both"',
        '"proxy_next_upstream" takes "error", "timeout", "invalid_header", "non_idempotent", "http_500", "http_502", "http_503", "http_504", "http_403", "http_404", "http_429", "updating", "off" or "denied", not "http_501"',
        '"ssl_protocols" takes "SSLv2", "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2" or "TLSv1.3", not "TLS1.3"',
      ],
    },
    'sizes, times and numbers': {
      bad: conf`
        http {
            client_max_body_size «10MB»;
            client_body_buffer_size «1.5k»;
            proxy_buffers «x» 4k;
            proxy_buffers 4 «4kb»;
            proxy_read_timeout «60sec»;
            send_timeout «"5m 1h"»;
            client_body_timeout «$timeout»;
            keepalive_requests «many»;
            gzip_comp_level «10»;
        }
      `,
      says: [
        '"client_max_body_size" takes a size, such as 8k or 1m, not "10MB"',
        '"client_body_buffer_size" takes a size, such as 8k or 1m, not "1.5k"',
        '"proxy_buffers" takes a number of buffers, not "x"',
        '"proxy_buffers" takes a size, such as 8k, not "4kb"',
        '"proxy_read_timeout" takes a time, such as 60s or 1h, not "60sec"',
        '"send_timeout" takes a time, such as 60s or 1h, not "5m 1h"',
        '"client_body_timeout" takes a time, such as 60s or 1h, not "$timeout"',
        '"keepalive_requests" takes a number, not "many"',
        '"gzip_comp_level" takes a number from 1 to 9, not "10"',
      ],
    },
    'whom mail asks': {
      bad: conf`mail { auth_http 127.0.0.1:9/auth; server { auth_http «https://127.0.0.1/auth»; } server { auth_http $AUTH; } }`,
      says: [
        '"auth_http" takes an address, with a port from 1 to 65535 or without, and a path, as in "127.0.0.1:9000/auth", not "https://127.0.0.1/auth"',
      ],
    },
    'a protocol of mail': {
      bad: conf`mail { server { protocol «imaps»; } server { protocol «IMAP»; } server { protocol smtp; } }`,
      says: ['imaps', 'IMAP'].map((one) => `"protocol" takes "imap", "pop3" or "smtp", not "${one}"`),
    },
    'words that the listen of another family has': {
      bad: conf`
        http { server { listen 80 «udp»; } }
        stream { server { listen 80 «http2»; listen 81 udp «ssl»; listen 82 udp reuseport; listen 83 default_server ssl; } }
        mail { server { listen 110 «default_server»; listen 143 ssl proxy_protocol backlog=5; listen 25 «fastopen=3»; } }
      `,
      says: [
        '"listen" takes an address, and then words such as "default_server", "ssl" and "reuseport", not "udp"',
        '"listen" takes an address, and then words such as "default_server", "ssl" and "reuseport", not "http2"',
        '"listen" takes no TLS together with "udp", not "ssl"',
        '"listen" takes an address, and then words such as "ssl" and "proxy_protocol", not "default_server"',
        '"listen" takes an address, and then words such as "ssl" and "proxy_protocol", not "fastopen=3"',
      ],
    },
    'logs of stream, which has no format by itself': {
      bad: conf`
        http { access_log /l; log_format «combined» x; }
        stream { log_format combined x; «access_log /l»; access_log off; access_log /l combined; access_log off «x»; }
      `,
      says: [
        '"log_format" takes a name that nginx has not got itself, not "combined"',
        '"access_log" needs the name of a log format as its second argument, since "stream" has none by itself',
        '"access_log" takes "off" alone, not "x"',
      ],
    },
    'limits, caches and logs': {
      bad: conf`
        http {
            limit_req_zone $uri zone=a:10m «rate=10r/h»;
            limit_conn_zone $uri «zone=b»;
            proxy_cache_path /c keys_zone=c:10m «levels=1-2» inactive=60m;
            «proxy_cache_path /d levels=1:2»;
            proxy_cache_path /e «keys_zone=e:8k»;
            access_log /l combined buffer=32k «gzip=11»;
            server {
                limit_req zone=a burst=5 «no_delay»;
                limit_req zone=d «burst=5r/s»;
                «limit_req burst=5 nodelay»;
                limit_conn b «0»;
                access_log off «main»;
            }
            upstream u { server 127.0.0.1; random «least_conn»; keepalive «many»; zone u «1g»; }
            upstream v { server 127.0.0.1; zone «""» 1m; zone v «16k»; }
            ssl_ocsp_cache «on»;
        }
      `,
      says: [
        '"limit_req_zone" takes a rate, such as 10r/s or 30r/m, as "rate=", not "rate=10r/h"',
        '"limit_conn_zone" takes a name and a size of at least 32k, such as one:10m, as "zone=", not "zone=b"',
        '"proxy_cache_path" takes up to three numbers, each 1 or 2, such as 1:2, as "levels=", not "levels=1-2"',
        '"proxy_cache_path" needs "keys_zone=NAME:SIZE" among its arguments',
        '"proxy_cache_path" takes a name and a size of at least 12k, such as one:10m, as "keys_zone=", not "keys_zone=e:8k"',
        '"access_log" takes a level from 1 to 9 as "gzip=", not "gzip=11"',
        '"limit_req" takes "zone=NAME", and words such as "burst=5" and "nodelay", not "no_delay"',
        '"limit_req" takes a number above 0 as "burst=", not "burst=5r/s"',
        '"limit_req" needs "zone=NAME" among its arguments',
        '"limit_conn" takes as its second argument a number from 1 to 65535, not "0"',
        '"access_log" takes "off" alone, not "main"',
        '"random" takes no argument, or "two", not "least_conn"',
        '"keepalive" takes a number, not "many"',
        '"zone" takes a size of at least 32k, such as 64k, as its second argument, not "1g"',
        '"zone" takes a name, not ""',
        '"zone" takes a size of at least 32k, such as 64k, as its second argument, not "16k"',
        '"ssl_ocsp_cache" takes "off", or "shared:NAME:SIZE" of at least 32k, not "on"',
      ],
    },
    'names, caches, times and methods': {
      bad: conf`
        http {
            keepalive_timeout 65 60;
            ssl_session_cache «on»;
            proxy_cache_valid «ok» 10m;
            log_format json «escape=js» '$uri';
            resolver 8.8.8.8 «valid=30sec»;
            geo $remote_addr «internal» { default 0; }
            server {
                server_name a.com «*a.com»;
                location / { limit_except GET «LIST» { deny all; } fastcgi_param A b «c»; }
            }
        }
      `,
      says: [
        '"ssl_session_cache" takes "off", "none", "builtin", or "shared:NAME:SIZE" of at least 32k, not "on"',
        '"proxy_cache_valid" takes codes from 100 to 599, or "any", before the time, not "ok"',
        '"log_format" takes "escape=json", "escape=default" or "escape=none" behind its name, not "escape=js"',
        '"resolver" takes a time, such as 30s, as "valid=", not "valid=30sec"',
        '"geo" takes variables, with their "$", not "internal"',
        '"server_name" takes names, of which a "*" stands for the first or the last part, not "*a.com"',
        '"limit_except" takes methods: GET, HEAD, POST, PUT, DELETE, MKCOL, COPY, MOVE, OPTIONS, PROPFIND, PROPPATCH, LOCK, UNLOCK, PATCH, not "LIST"',
        '"fastcgi_param" takes as its third argument only "if_not_empty", not "c"',
      ],
    },
    'a newer form, for an older version': {
      bad: conf`http { server { location /s { «stub_status» ; } } }`,
      says: ['"stub_status" takes 1 argument, and gets none'],
      nginxVersion: '1.6.0',
    },
    'in a fragment, wherever it may belong': {
      bad: conf`sendfile «yes»;`,
      says: ['"sendfile" takes "on" or "off", not "yes"'],
    },
  },
})
