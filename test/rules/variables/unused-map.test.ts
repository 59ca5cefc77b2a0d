import { conf, testRule } from '../rule-tester.ts'

const says = (name: string) => `nothing reads "${name}": this map has no effect`

testRule('variables/unused-map', {
  clean: {
    'read by a directive, a map, a log, in braces, in another case': conf`
      http {
          map $uri $a { default 1; }
          map $a $b { default $c; }
          map $uri $c { default 1; }
          map $uri $d { default 1; }
          map $uri $e { default 1; }
          log_format x '$[d]z $E';
          server { if ($b) { } }
      }
    `
      .replace('[', '{')
      .replace(']', '}'),
    'read by code, or it may be': conf`http { map $uri $a { } server { location / { content_by_lua_block { x = ngx.var.a } } } }`,
    'read by a page, or it may be': conf`http { map $uri $a { } ssi on; }`,
    'a fragment': conf`map $uri $a { } server { }`,
    'an include that may read it': conf`http { map $uri $a { } include gone.conf; }`,
    'the row that should read it is missing, as the rules for WebSockets tell': conf`
      http {
          map $http_upgrade $connection_upgrade { default upgrade; '' close; }
          server { location /ws { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; } }
      }
    `,
    'a folder of sites that is empty': conf`http { map $uri $a { } include sites/*.conf; }`,
    'a variable of nginx': conf`http { map $uri $limit_rate { } }`,
    'read in stream': conf`stream { map $ssl_preread_server_name $b { } server { proxy_pass $b; } }`,
  },
  caught: {
    unread: {
      bad: conf`http { map $uri $a { default $b; } map $uri $b { } «map $a $c» { } server { return 200 a; } }`,
      says: [says('$a'), says('$c')].slice(1),
    },
    'of stream': { bad: conf`stream { «map $remote_addr $x» { } }`, says: [says('$x')] },
    'while ssi is off': { bad: conf`http { «map $uri $x» { } ssi off; }`, says: [says('$x')] },
  },
})
