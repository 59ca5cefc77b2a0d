import { conf, testRule } from '../rule-tester.ts'

const none = (name: string) => `unknown directive "${name}": no module that ngxlint knows has it`
const meant = (name: string, known: string) => `unknown directive "${name}"; did you mean "${known}"?`

testRule('directives/unknown', {
  clean: {
    'names of modules from elsewhere': conf`
      http { brotli on; more_set_headers "A: b"; vhost_traffic_status_zone; server { location / { echo hi; modsecurity on; } } }
    `,
    'names of modules that few have': conf`
      http { pagespeed on; opentracing on; server { passenger_enabled on; location / { vod hls; set_form_input $name; } } }
    `,
    'names that were given up': conf`http { server { spdy_headers_comp 1; ssl on; } }`,
    'rows, and what a block holds that nobody knows': conf`
      http {
          map $uri $x { defualt 1; frobnicate 2; }
          types { text/plain txt; }
          geo $g { 10.0.0.0/8 1; proxy 10.1.1.1; }
          split_clients $uri $s { 50% a; * b; }
          charset_map koi8-r utf-8 { 80 E282AC; }
      }
    `,
    Lua: conf`
      http { server { location / { content_by_lua_block { local x = {} frobnicate(x); } new_phase_by_lua_block { x = 1; } } } }
    `,
    'a module that nobody knows is loaded': conf`load_module modules/ngx_http_frob_module.so; http { frobnicate on; }`,
    'what the main level loads is not known': conf`include modules-enabled.conf; http { frobnicate on; }`,
    'placeholders of a template': conf`http { <%x%>; @extra@; __EXTRA__; $EXTRA; }`,
    'names with invisible characters, of which directives/pasted tells': conf`${'\u{feff}'}user x; http { }`,
    'a file whose tokens are wrong': conf`http { server { } } }; frobnicate x;`,
  },
  caught: {
    'letters in the wrong order': {
      bad: conf`http { server { location / { «proxy_pass_request_haeders» on; } } }`,
      says: [meant('proxy_pass_request_haeders', 'proxy_pass_request_headers')],
      fixed: conf`http { server { location / { proxy_pass_request_headers on; } } }`,
      unsafe: true,
    },
    'a name of a module that few have': {
      bad: conf`http { server { «passenger_enable» on; «postgre_pass» x; } }`,
      says: [meant('passenger_enable', 'passenger_enabled'), meant('postgre_pass', 'postgres_pass')],
      unfixable: 'it is a guess: seldom is one of these meant',
    },
    'a letter too many, one too few, and case': {
      bad: conf`http { server { «lsten» 80; «serverr_name» x; «Root» /x; } }`,
      says: [meant('lsten', 'listen'), meant('serverr_name', 'server_name'), meant('Root', 'root')],
      fixed: conf`http { server { listen 80; server_name x; root /x; } }`,
      unsafe: true,
    },
    'headers without a directive: those of a handshake by a safe fix': {
      bad: conf`server { location / { proxy_pass http://b; «Upgrade» $http_upgrade; «Connection» "upgrade"; } }`,
      says: [
        'unknown directive "Upgrade": a header for the backend is set by "proxy_set_header Upgrade $http_upgrade"',
        'unknown directive "Connection": a header for the backend is set by "proxy_set_header Connection upgrade"',
      ],
      fixed: conf`server { location / { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; } }`,
    },
    'another header without a directive': {
      bad: conf`server { «X-Real-IP» $remote_addr; }`,
      says: [
        'unknown directive "X-Real-IP": a header for the backend is set by "proxy_set_header X-Real-IP $remote_addr"',
      ],
      fixed: conf`server { proxy_set_header X-Real-IP $remote_addr; }`,
      unsafe: true,
    },
    'a block': {
      bad: conf`http { «sever» { lisen 80; } }`,
      says: [meant('sever', 'server')],
      fixed: conf`http { server { listen 80; } }`,
      unsafe: true,
    },
    'dashes for underscores': {
      bad: conf`http { «proxy–read–timeout» 1h; «keepalive-timeout» 65; }`,
      says: [meant('proxy–read–timeout', 'proxy_read_timeout'), meant('keepalive-timeout', 'keepalive_timeout')],
      fixed: conf`http { proxy_read_timeout 1h; keepalive_timeout 65; }`,
      unsafe: true,
    },
    'nothing near': {
      bad: conf`http { «frobnicate» on; }`,
      says: [none('frobnicate')],
      unfixable: 'nobody knows what was meant',
    },
    'far from the nearest name': {
      bad: conf`http { server { location / { «proxy_cache_kex_path» a; } } }`,
      says: [meant('proxy_cache_kex_path', 'proxy_cache_path')],
      unfixable: 'a guess',
    },
    'a name of another place': {
      bad: conf`http { «sever_name» a; }`,
      says: [meant('sever_name', 'server_name')],
      unfixable: 'it would not be allowed there',
    },
    'a heading that was copied along': {
      bad: conf`
        «Configuration» of nginx
        events { }
        http { }
      `,
      says: [
        'unknown directive "Configuration": it is no line of nginx, and takes "events" below it along; remove it, or begin it with "#"',
      ],
      unfixable: 'a person knows what it is',
    },
    'dots for what was left out': {
      bad: conf`
        http {
            «...»
            gzip on;
        }
      `,
      says: [
        'unknown directive "...": it is no line of nginx, and takes "gzip" below it along; remove it, or begin it with "#"',
      ],
      unfixable: 'a person knows what it is',
    },
    'comments of other languages': {
      bad: conf`
        http {
            «//» the chat
            sendfile on;
            gzip on; «--»old
            tcp_nopush on;
            «/*» no more */
            keepalive_timeout 65;
        }
      `,
      says: ['//', '--', '/*'].map(
        (mark) => `"${mark}" begins no comment in nginx, which takes it for a directive up to the next ";": write "#"`,
      ),
      unfixable: 'it would bring the directive to life that was swallowed',
    },
    'a fragment': {
      bad: conf`server { listen 80; «frobnicate» on; }`,
      says: [none('frobnicate')],
      severity: 'warn',
      unfixable: 'nobody knows what was meant',
    },
    'a misspelt one, though a module is loaded that nobody knows': {
      bad: conf`load_module modules/ngx_http_frob_module.so; http { server { «server_nam» x; frob on; } }`,
      says: [meant('server_nam', 'server_name')],
      fixed: conf`load_module modules/ngx_http_frob_module.so; http { server { server_name x; frob on; } }`,
      unsafe: true,
    },
    'a module that is known is loaded': {
      bad: conf`load_module modules/ngx_http_js_module.so; http { «frobnicate» on; }`,
      says: [none('frobnicate')],
      unfixable: 'nobody knows what was meant',
    },
  },
})
