import { conf, testRule } from '../rule-tester.ts'

testRule('directives/version', {
  clean: {
    'no version is named': conf`http { server { http2 on; ssl on; listen 443 quic; } }`,
    'the version has it': {
      good: conf`http { server { http2 on; listen 443 quic; location / { proxy_http_version 1.1; } } upstream b { resolver 1.1.1.1; } }`,
      nginxVersion: '1.29.4',
    },
    'modules from elsewhere count for themselves': {
      good: conf`http { js_fetch_keepalive 1; otel_exporter { endpoint x; } brotli on; }`,
      nginxVersion: '1.22.1',
    },
    'a name that is a word of a newer version': {
      good: conf`http { log_format json x; log_format none x; upstream b { server resolve; } access_log quic; }`,
      nginxVersion: '1.22.1',
    },
    'what stands at the wrong place, or nobody knows': {
      good: conf`http { frobnicate; proxy_pass x; }`,
      nginxVersion: '1.22.1',
    },
  },
  caught: {
    newer: {
      bad: conf`
        http {
            upstream b { server 127.0.0.1:1; «resolver 1.1.1.1»; keepalive «0»; }
            server {
                listen 443 «quic» reuseport;
                «http2 on»;
                «add_header_inherit merge»;
                location / { proxy_http_version «2»; }
            }
        }
      `,
      says: [
        'nginx 1.22.1 has no "resolver" yet: it came with 1.27.3',
        'the "keepalive" of nginx 1.22.1 takes no "0" yet: that came with 1.29.7',
        'the "listen" of nginx 1.22.1 takes no "quic" yet: that came with 1.25.0',
        'nginx 1.22.1 has no "http2" yet: it came with 1.25.1',
        'nginx 1.22.1 has no "add_header_inherit" yet: it came with 1.29.3',
        'the "proxy_http_version" of nginx 1.22.1 takes no "2" yet: that came with 1.29.4',
      ],
      nginxVersion: '1.22.1',
    },
    'a newer word, in any case': {
      bad: conf`stream { server { listen 1; proxy_protocol «V2»; } } http { server { location / { proxy_http_version «2»; } } }`,
      says: [
        'the "proxy_protocol" of nginx 1.29.3 takes no "V2" yet: that came with 1.31.4',
        'the "proxy_http_version" of nginx 1.29.3 takes no "2" yet: that came with 1.29.4',
      ],
      nginxVersion: '1.29.3',
    },
    gone: {
      bad: conf`http { server { «ssl on»; «spdy_headers_comp 1»; } }`,
      says: [
        'nginx 1.25.1 has no "ssl" any more: it is gone since 1.25.1 (since 1.15.0; use the ssl parameter of listen)',
        'nginx 1.25.1 has no "spdy_headers_comp" any more: it is gone since 1.19.7',
      ],
      nginxVersion: '1.25.1',
    },
  },
})
