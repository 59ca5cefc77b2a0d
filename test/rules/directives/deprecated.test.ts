import { conf, testRule } from '../rule-tester.ts'

const http2 = '"http2" of "listen" is deprecated: since 1.25.1; use the http2 directive'
const ssl = '"ssl" is deprecated: since 1.15.0; use the ssl parameter of listen (gone since 1.25.1)'
const field =
  '"http2_max_field_size" is deprecated: since 1.19.7, ignored with a warning; use large_client_header_buffers'

testRule('directives/deprecated', {
  clean: {
    'nothing old': { good: conf`http { server { listen 443 ssl; http2 on; } }`, nginxVersion: '1.26.0' },
    'not yet deprecated': {
      good: conf`http { server { listen 443 ssl http2; http2_push /x; } }`,
      nginxVersion: '1.22.1',
    },
    'no version is named, and the new form is too new for some': conf`http { server { listen 443 ssl http2; } }`,
    'gone, as directives/version says': {
      good: conf`http { server { spdy_headers_comp 1; } }`,
      nginxVersion: '1.26.0',
    },
    rows: conf`http { map $uri $x { ssl on; } }`,
  },
  caught: {
    'http2 of listen': {
      bad: conf`
        http {
            server {
                listen 443 ssl «http2» default_server;
                listen [::]:443 «http2» ssl;
                server_name a;
            }
        }
      `,
      says: [http2, http2],
      fixed: conf`
        http {
            server {
                listen 443 ssl default_server;
                listen [::]:443 ssl;
                http2 on;
                server_name a;
            }
        }
      `,
      nginxVersion: '1.25.1',
    },
    'http2 of listen, in all servers of the address': {
      bad: conf`http { server { listen 443 ssl «http2»; } server { listen 443 ssl «http2»; http2 on; } }`,
      says: [http2, http2],
      fixed: conf`http { server { listen 443 ssl; http2 on; } server { listen 443 ssl; http2 on; } }`,
      nginxVersion: '1.26.0',
    },
    'another server of the address had it from there': {
      bad: conf`http { server { listen 443 ssl «http2»; } server { listen 443 ssl; } }`,
      says: [http2],
      fixed: conf`http { server { listen 443 ssl; http2 on; } server { listen 443 ssl; } }`,
      unsafe: true,
      nginxVersion: '1.26.0',
    },
    'a port without TLS gets it too': {
      bad: conf`http { server { listen 80; listen 443 ssl «http2»; } }`,
      says: [http2],
      fixed: conf`http { server { listen 80; listen 443 ssl; http2 on; } }`,
      unsafe: true,
      nginxVersion: '1.26.0',
    },
    'it is switched off elsewhere': {
      bad: conf`http { server { listen 443 ssl «http2»; http2 off; } }`,
      says: [http2],
      unfixable: 'the two contradict each other',
      nginxVersion: '1.26.0',
    },
    'ssl on': {
      bad: conf`
        http {
            server {
                listen 443;
                listen [::]:443 ssl;
                «ssl on»;
                ssl_certificate x;
            }
        }
      `,
      says: [ssl],
      fixed: conf`
        http {
            server {
                listen 443 ssl;
                listen [::]:443 ssl;
                ssl_certificate x;
            }
        }
      `,
    },
    'ssl on, where the new nginx refuses it': {
      bad: conf`http { server { listen 443; «ssl on»; } }`,
      says: [ssl],
      fixed: conf`http { server { listen 443 ssl; } }`,
      nginxVersion: '1.26.0',
    },
    'ssl on, with another server at the address': {
      bad: conf`http { server { listen 443; «ssl on»; } server { listen 443; } }`,
      says: [ssl],
      fixed: conf`http { server { listen 443 ssl; } server { listen 443; } }`,
      unsafe: true,
    },
    'ssl off': {
      bad: conf`http { server { listen 80; «ssl off»; root /x; } }`,
      says: [ssl],
      fixed: conf`http { server { listen 80; root /x; } }`,
    },
    'ssl on for all servers': {
      bad: conf`http { «ssl on»; server { listen 443; } }`,
      says: [ssl],
      unfixable: 'each server has listens of its own',
    },
    'what the version ignores': {
      bad: conf`http { «http2_max_field_size 8k»; server { listen 80; } }`,
      says: [field],
      fixed: conf`http { server { listen 80; } }`,
      nginxVersion: '1.22.1',
    },
    'what some version ignores': {
      bad: conf`http { «http2_max_field_size 8k»; server { listen 80; } }`,
      says: [field],
      unfixable: 'an older version does not ignore it',
    },
    'another name': {
      bad: conf`stream { «proxy_downstream_buffer 8k»; server { listen 1; proxy_pass b; } }`,
      says: ['"proxy_downstream_buffer" is deprecated: since 1.9.4; use proxy_buffer_size'],
      fixed: conf`stream { proxy_buffer_size 8k; server { listen 1; proxy_pass b; } }`,
    },
    'another name, that both would get': {
      bad: conf`stream { «proxy_downstream_buffer 8k»; «proxy_upstream_buffer 8k»; }`,
      says: [
        '"proxy_downstream_buffer" is deprecated: since 1.9.4; use proxy_buffer_size',
        '"proxy_upstream_buffer" is deprecated: since 1.9.4; use proxy_buffer_size',
      ],
      unfixable: 'there can be one only',
    },
  },
})
