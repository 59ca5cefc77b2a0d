import { conf, testRule } from '../rule-tester.ts'

const none = (name: string) =>
  `unknown variable "${name}": no module has it, and no map, set, geo or capture of this configuration defines it`
const meant = (name: string, known: string) => `unknown variable "${name}"; did you mean "${known}"?`

testRule('variables/unknown', {
  clean: {
    'of nginx, of prefixes, and of modules': conf`
      http {
          log_format a '$remote_addr $HOST $http_x_any $arg_y $cookie_z $upstream_http_q $1 $brotli_ratio $sent_http_a';
          server { location / { add_header A "$uri $\{args\} $"; return 301 https://$host$request_uri; } }
      }
    `.replaceAll('\\', ''),
    'of the configuration': conf`
      http {
          map $uri $a { default $b; }
          map $http_x $b { ~^(?<named>x) $named; default $other; }
          geo $c { default 0; }
          split_clients $uri $d { * x; }
          geoip2 /x.mmdb { $country default=US country iso_code; }
          js_set $e main.f;
          server {
              server_name ~^(?<sub>.+)\.example\.com$;
              set $other x;
              location ~ ^/(?P<path>.*)$ { set_by_lua_block $f { return 1 } set_md5 $g x; array_split , x to=$h; return 200 $a$b$c$d$e$f$g$h$sub$path$country; }
              rewrite ^/(?'q'.*) /$q;
              if ($host ~ (?<www>www)) { return 301 $www; }
          }
      }
    `,
    'a $ that ends a regex': conf`
      http { server { rewrite \.php$abc /x; if ($uri ~ "x$end") { } location ~ \.php$x { proxy_redirect ~^http://a$b /; } } }
    `,
    'words that are no variables': conf`http { server { root /x$; location /a$b { client_max_body_size $size; } } }`,
    'a module that few have, whose variables nobody has listed': conf`http { server { location / { vod hls; return 200 $vod_x; } } }`,
    'such a module is loaded': conf`load_module modules/ngx_http_vod_module.so; http { server { return 200 $vod_x; } }`,
    'an include that may define it': conf`http { include maps.conf; server { return 200 $x; } }`,
    'a fragment': conf`server { return 200 $x; }`,
    'a fragment whose maps are read, or named otherwise': conf`
      map $http_upgrade $connection_upgrade { default upgrade; }
      map $uri $pool_1 { default a; }
      map $uri $other { default a; }
      server { location / { proxy_pass http://$pool_2$connection_upgrade; return 200 $connection_upgrades$wobble; } }
    `,
    'a module that nobody knows': conf`load_module frob.so; http { server { return 200 $x; } }`,
    'a word of a template': conf`http { server { root $DOCUMENT_ROOT_DIR; } }`,
    'what the configuration has to set': conf`http { server { set $memcached_key x; location / { memcached_pass x; return 200 $memcached_key; } } }`,
    'what websocket/connection-map tells': conf`
      http { server { location /ws { proxy_pass http://b; proxy_set_header Upgrade $upgrade; proxy_set_header Connection $connection_upgrade; } } }
    `,
    'older than the version, though the line of nginx that declares it is newer': {
      good: conf`
        http {
            log_format a '$status $request_time';
            server { location / { add_header A $http_upgrade$arg_y$cookie_z$upstream_http_q$sent_http_link$sent_http_a$msie$invalid_referer; } }
        }
      `,
      nginxVersion: '1.2.0',
    },
    'of a directive that stream has not got': conf`stream { server { listen 1; proxy_set_header A $request_uri; } }`,
    'of stream': conf`stream { map $ssl_preread_server_name $b { default x; ~(.+) $1; } server { proxy_pass $b; } }`,
  },
  caught: {
    'misspelt in a file of conf.d, beside a map that nothing reads then': {
      bad: conf`
        map $http_upgrade $connection_upgrade { default upgrade; '' close; }
        server {
            location / {
                proxy_pass http://b;
                proxy_set_header Connection «$connection_upgrades»;
            }
        }
      `,
      says: [
        'nothing here defines "$connection_upgrades"; did you mean "$connection_upgrade", which a map sets and nothing reads?',
      ],
      severity: 'warn',
      fixed: conf`
        map $http_upgrade $connection_upgrade { default upgrade; '' close; }
        server {
            location / {
                proxy_pass http://b;
                proxy_set_header Connection $connection_upgrade;
            }
        }
      `,
      unsafe: true,
    },
    misspelt: {
      bad: conf`http { server { return 301 «https://$hots$request_uri»; } }`,
      says: [meant('$hots', '$host')],
      fixed: conf`http { server { return 301 https://$host$request_uri; } }`,
      unsafe: true,
    },
    'two in one word': {
      bad: conf`http { server { return 301 «$schem://$hots$request_uri»; } }`,
      says: [meant('$schem', '$scheme'), meant('$hots', '$host')],
      fixed: conf`http { server { return 301 $scheme://$host$request_uri; } }`,
      unsafe: true,
    },
    'in braces and quotes, twice': {
      bad: conf`http { log_format a '$uri' «"$[remote_adr]:$remote_adr"»; }`.replace('[', '{').replace(']', '}'),
      says: [meant('$remote_adr', '$remote_addr'), meant('$remote_adr', '$remote_addr')].slice(0, 1),
      fixed: conf`http { log_format a '$uri' "$[remote_addr]:$remote_addr"; }`.replace('[', '{').replace(']', '}'),
      unsafe: true,
    },
    'one of the configuration': {
      bad: conf`http { map $uri $backend_pool { default a; } server { location / { proxy_pass «http://$backend_pol»; } } }`,
      says: [meant('$backend_pol', '$backend_pool')],
      fixed: conf`http { map $uri $backend_pool { default a; } server { location / { proxy_pass http://$backend_pool; } } }`,
      unsafe: true,
    },
    'nothing near, in many places': {
      bad: conf`
        http {
            map «$qanaa» $a { default «$wobbbb»; }
            limit_req_zone «$ezzzz» zone=one:1m rate=1r/s;
            server {
                if («$rffff»x = y) { set $x «$tjjjj»; }
                rewrite ^ «/$ykkkk»;
                access_log /x.log combined «if=$ullll»;
                location / { try_files «$ommmm» =404; }
            }
        }
      `.replace('(«$rffff»x', '«($rffff»'),
      says: ['qanaa', 'wobbbb', 'ezzzz', 'rffff', 'tjjjj', 'ykkkk', 'ullll', 'ommmm'].map((name) => none(`$${name}`)),
      unfixable: 'nobody knows what was meant',
    },
    'one that the configuration has to set': {
      bad: conf`http { server { return 200 «$memcached_key»; } }`,
      says: [none('$memcached_key')],
      unfixable: 'nobody knows its value',
    },
    'a letter, which is no slip for a capture': {
      bad: conf`http { server { location ~ (.) { return 200 «$a»; } } }`,
      says: [none('$a')],
      unfixable: 'nobody knows what was meant',
    },
    'of http, in stream': {
      bad: conf`stream { server { listen 1; return «$request_uri»; } }`,
      says: ['unknown variable "$request_uri": it is of "http", and "stream" has none of that name'],
      unfixable: 'nobody knows what was meant',
    },
    'newer than the version': {
      bad: conf`http { server { return 200 «$is_request_port$uri»; } }`,
      says: ['unknown variable "$is_request_port": it came with nginx 1.29.3, and this is for 1.22.1'],
      unfixable: 'it needs a newer nginx',
      nginxVersion: '1.22.1',
    },
  },
})
