import { conf, testRule } from '../rule-tester.ts'

const http = (text: string) => conf`
  events {}
  http {
      ${text}
  }
`

testRule('variables/misspelt-header', {
  clean: {
    'headers of one’s own': http('log_format x "$http_x_tenant $http_x_request_ip $http_x_upgrade";'),
    'names without case': http('log_format x "$http_Referer $HTTP_USER_AGENT";'),
    'other prefixes take any name, too': http('log_format x "$cookie_referrer $arg_referrer $sent_http_upgade";'),
    'a variable of the configuration': http('map $host $http_referrer { default x; } log_format x $http_referrer;'),
    'text that only looks like it': http('server { return 200 \\$http_x; error_log /var/log/$http_referrer; }'),
    'the rules for WebSockets tell of their rows and maps': http(
      `map $http_upgade $c { default upgrade; '' close; } server { location /ws { proxy_pass http://b; proxy_set_header Upgrade $http_upgade; proxy_set_header Connection $c; proxy_set_header Host $http_hots; } }`,
    ),
  },
  caught: {
    'a log format, with two of them': {
      bad: http(`log_format x "$remote_addr" «"\${http_referrer} $http_useragent $http_referrer"»;`),
      says: [
        '"$http_referrer" is always empty, as no client sends a header "Referrer"; did you mean "$http_referer"?',
        '"$http_useragent" is always empty, as no client sends a header "Useragent"; did you mean "$http_user_agent"?',
      ],
      severity: 'warn',
      unsafe: true,
      fixed: http(`log_format x "$remote_addr" "\${http_referer} $http_user_agent $http_referer";`),
    },
    'a row of proxy_set_header': {
      bad: http('server { location / { proxy_pass http://b; proxy_set_header Authorization «$http_authorisation»; } }'),
      says: [
        '"$http_authorisation" is always empty, as no client sends a header "Authorisation"; did you mean "$http_authorization"?',
      ],
      severity: 'warn',
      unsafe: true,
      fixed: http('server { location / { proxy_pass http://b; proxy_set_header Authorization $http_authorization; } }'),
    },
    'a condition that never holds, so that no handshake reaches its backend': {
      bad: http(
        'server { location /chat { if «($http_upgade» = "websocket") { proxy_pass http://ws; } proxy_pass http://b; } }',
      ),
      says: ['"$http_upgade" is always empty, as no client sends a header "Upgade"; did you mean "$http_upgrade"?'],
      unsafe: true,
      fixed: http(
        'server { location /chat { if ($http_upgrade = "websocket") { proxy_pass http://ws; } proxy_pass http://b; } }',
      ),
    },
    'the variable of a map, taken for a header': {
      bad: http('server { if «($http_connection_upgrade» = upgrade) { return 204; } }'),
      says: [
        '"$http_connection_upgrade" is always empty, as no client sends a header "Connection-Upgrade"; did you mean "$connection_upgrade"?',
      ],
      unfixable: 'nothing may define that one',
    },
    'the value of a row of a map': {
      bad: http('map $host $c { default «$http_conection»; }'),
      says: [
        '"$http_conection" is always empty, as no client sends a header "Conection"; did you mean "$http_connection"?',
      ],
      unsafe: true,
      fixed: http('map $host $c { default $http_connection; }'),
    },
  },
})
