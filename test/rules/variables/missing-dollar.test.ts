import { conf, testRule } from '../rule-tester.ts'

const says = (name: string, effect: string) =>
  `"${name}" is a text, and no variable: ${effect}; did you mean "$${name}"?`
const SAME = 'the value is the same for all requests'
const SENT = 'the backend gets these letters'

testRule('variables/missing-dollar', {
  clean: {
    'with its dollar, in braces, among others': conf`
      http {
          map $http_upgrade $a { default $a; }
          limit_req_zone "$binary_remote_addr-x" zone=a:1m rate=1r/s;
          server { proxy_cache_key x$uri; proxy_set_header X-Real-IP $remote_addr; }
      }
    `,
    'a constant that is no name of a variable': conf`
      http {
          map "" $a { default 1; }
          map 1 $b { default $a; }
          map anything $c { default $b; }
          limit_req_zone global zone=a:1m rate=1r/s;
      }
    `,
    'a name that may be meant': conf`http { server { proxy_set_header Host host; fastcgi_param HTTPS https; fastcgi_param X-Y some_thing; } }`,
    'what the rules for WebSockets tell of': conf`
      http {
          server {
              location /ws { proxy_pass http://b; proxy_set_header Upgrade http_upgrade; proxy_set_header Connection connection_upgrade; }
          }
      }
    `,
    'a variable of http in stream': conf`stream { map http_upgrade $a { default 1; } server { proxy_pass $a; } }`,
  },
  caught: {
    'a map': {
      bad: conf`http { map «http_upgrade» $connection_upgrade { default upgrade; '' close; } }`,
      says: [says('http_upgrade', SAME)],
      unsafe: true,
      fixed: conf`http { map $http_upgrade $connection_upgrade { default upgrade; '' close; } }`,
    },
    'of stream': {
      bad: conf`stream { map «ssl_preread_server_name» $a { default 1; } }`,
      says: [says('ssl_preread_server_name', SAME)],
      unsafe: true,
      fixed: conf`stream { map $ssl_preread_server_name $a { default 1; } }`,
    },
    'a variable of the configuration, and quotes': {
      bad: conf`http { map $uri $kind { default 1; } split_clients «"kind"» $a { * 1; } }`,
      says: [says('kind', SAME)],
      unsafe: true,
      fixed: conf`http { map $uri $kind { default 1; } split_clients "$kind" $a { * 1; } }`,
    },
    limits: {
      bad: conf`
        http {
            limit_req_zone «binary_remote_addr» zone=a:1m rate=1r/s;
            limit_conn_zone «server_name» zone=b:1m;
        }
      `,
      says: [
        says('binary_remote_addr', 'all clients share one limit'),
        says('server_name', 'all clients share one limit'),
      ],
      unsafe: true,
      fixed: conf`
        http {
            limit_req_zone $binary_remote_addr zone=a:1m rate=1r/s;
            limit_conn_zone $server_name zone=b:1m;
        }
      `,
    },
    'a hash, and the key of a cache': {
      bad: conf`http { upstream u { hash «request_uri» consistent; server a; } server { proxy_cache_key «host»; } }`,
      says: [
        says('request_uri', 'all requests go to one server'),
        says('host', 'all requests get the same answer of the cache'),
      ],
      unsafe: true,
      fixed: conf`http { upstream u { hash $request_uri consistent; server a; } server { proxy_cache_key $host; } }`,
    },
    'what a backend gets': {
      bad: conf`
        http {
            server {
                proxy_set_header X-Real-IP «remote_addr»;
                proxy_set_header X-Forwarded-For «'proxy_add_x_forwarded_for'»;
                fastcgi_param REMOTE_ADDR «remote_addr»;
            }
        }
      `,
      says: [says('remote_addr', SENT), says('proxy_add_x_forwarded_for', SENT), says('remote_addr', SENT)],
      unsafe: true,
      fixed: conf`
        http {
            server {
                proxy_set_header X-Real-IP $remote_addr;
                proxy_set_header X-Forwarded-For '$proxy_add_x_forwarded_for';
                fastcgi_param REMOTE_ADDR $remote_addr;
            }
        }
      `,
    },
  },
})
