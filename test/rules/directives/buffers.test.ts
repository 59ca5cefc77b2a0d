import { conf, testRule } from '../rule-tester.ts'

const FEW_PAGES = 'nginx does not start, where pages have 4 KB, as they mostly have: '
const ALWAYS = 'nginx does not start: '
const busy = (kind: string, size: string, rest: string, write: string, implied = true) =>
  `"${kind}_busy_buffers_size" is ${size}${implied ? ' by itself, twice the largest buffer,' : ','} and all "${kind}_buffers" but one are ${rest}; write "${kind}_buffers ${write};" here`
const least = (name: string, size: string, kind: string, largest: string) =>
  `"${name}" is ${size}, less than the larger of "${kind}_buffer_size" and one of the "${kind}_buffers", ${largest}`

testRule('directives/buffers', {
  clean: {
    'sizes that fit': conf`
      http {
          proxy_buffer_size 128k;
          server {
              proxy_buffers 4 128k;
              location /a { proxy_busy_buffers_size 128k; proxy_temp_file_write_size 128k; proxy_max_temp_file_size 0; }
              location /b { fastcgi_buffers 16 16k; fastcgi_buffer_size 32k; }
              location /c { uwsgi_buffer_size 8k; }
              location /d { grpc_buffer_size 1m; }
          }
      }
    `,
    'of http, which no server goes by': conf`
      http { proxy_buffer_size 128k; server { proxy_buffers 4 128k; location / { } } }
    `,
    'what is set in a file that nobody can read': conf`
      http { include /opt/buffers.conf; server { location / { proxy_buffer_size 128k; } } }
    `,
    'a file by itself': conf`server { location / { proxy_buffer_size 128k; } }`,
  },
  caught: {
    'where pages have 4 KB': {
      bad: conf`
        http {
            «proxy_buffer_size 128k»;
            server { location / { «fastcgi_buffer_size 16k»; } }
        }
      `,
      severity: 'warn',
      says: [FEW_PAGES + busy('proxy', '256k', '28k', '4 128k'), FEW_PAGES + busy('fastcgi', '32k', '28k', '4 16k')],
    },
    'with pages of every size': {
      bad: conf`
        http {
            server {
                location /a { «proxy_buffers 1 8k»; }
                location /b { «fastcgi_buffer_size 32k»; fastcgi_buffers 2 16k; }
                location /c { proxy_buffers 4 256k; «proxy_busy_buffers_size 64k»; }
                location /d { «uwsgi_temp_file_write_size 3k»; }
                location /e { «scgi_max_temp_file_size 3000»; }
                location /f { proxy_buffers 4 128k; «proxy_busy_buffers_size 1m»; }
            }
        }
      `,
      says: [
        `${ALWAYS}"proxy_buffers" has to have 2 buffers at least`,
        ALWAYS + busy('fastcgi', '64k', '16k', '4 32k'),
        ALWAYS + least('proxy_busy_buffers_size', '64k', 'proxy', '256k'),
        ALWAYS + least('uwsgi_temp_file_write_size', '3k', 'uwsgi', '4k'),
        `${ALWAYS}${least('scgi_max_temp_file_size', '3000', 'scgi', '4k')}; 0 turns files off`,
        ALWAYS + busy('proxy', '1m', '384k', '10 128k', false),
      ],
    },
    'from two levels': {
      bad: conf`
        http {
            proxy_buffers 2 64k;
            server { location / { «proxy_buffer_size 128k»; } proxy_busy_buffers_size 64k; }
        }
      `,
      says: [ALWAYS + least('proxy_busy_buffers_size', '64k', 'proxy', '128k')],
      related: ['nginx.conf:3: has a part in it', 'nginx.conf:2: has a part in it'],
    },
  },
})
