/** What nginx refuses for what stands elsewhere in the configuration is an error here, and nothing else is. */
import { expect } from '@jest/globals'
import { changedIn } from '../../src/nginx/defaults.ts'
import { expectAgreement } from './agreement.ts'
import { plainRequest } from './client.ts'
import { describeWithNginx } from './describe-with-nginx.ts'
import { mainConf } from './nginx.ts'
import { findNginx, nginxIsAtLeast } from './nginx-binary.ts'
import { type NginxJob, withNginx } from './nginx-pool.ts'

interface Table {
  readonly taken: readonly string[]
  readonly refused: readonly string[]
}

const inServer = (text: string) => `server { ${text} }`
const upstream = (text: string) => `upstream u { ${text} }`
/** Since then it turns off what is on by default. */
const BEFORE_KEEPALIVE =
  findNginx() && !nginxIsAtLeast(changedIn.upstreamKeepalive) ? [upstream('server 127.0.0.1; keepalive 0;')] : []
const zoned = (zone: string, name = 'u') => `upstream ${name} { zone ${zone}; server 127.0.0.1; }`
const map = (rows: string) => `map $uri $x { ${rows} }`
const geo = (rows: string) => `geo $x { ${rows} }`
const split = (rows: string) => `split_clients $uri $x { ${rows} }`
const LONGEST = 'a'.repeat(46)
const TOO_LONG = 'a'.repeat(111)
const servers = (name: string) =>
  ['a', name].map((one) => `server { listen 127.0.0.1:8080; server_name ${one}; }`).join(' ')
const LIMITS = 'limit_req_zone $uri zone=r:1m rate=1r/s; limit_conn_zone $uri zone=c:1m;'
const CACHES = 'proxy_cache_path p keys_zone=p:1m; fastcgi_cache_path f keys_zone=f:1m;'

const REGEXES = {
  taken: [
    ...[
      'a*+',
      'a*?',
      'a++',
      'a{2}+',
      'a{2,}?',
      'a]',
      '[]a]',
      '[^]a]',
      '[(]',
      '[\\]]',
      '[[:alpha:](]',
      '[[:a]',
      '[a[:]b]',
    ],
    ...[
      '(?=a)*',
      '(?i)a*',
      '(?#(a)b',
      'a(?#c)*',
      '\\Qa(b\\E',
      '\\Qa(b',
      '(?x)a#(',
      '(*UTF8)a',
      '(*ACCEPT)a',
      '(?|(a)|(b))',
    ],
    ...[
      '(?>a)*',
      "(?'n'a)",
      '(?P<n>a)(?P>n)+',
      '{',
      'a{x}*',
      '\\(',
      '\\)',
      '\\\\',
      'a(?=b)+?',
      '\\c(',
      '\\R*',
      '(a)\\1*',
    ],
  ],
  refused: [
    ...['(a', 'a)', '((a)', '(?:a', '(?<n>a', '*a', '+a', '?a', 'a**', 'a+*', 'a*??', 'a{2}{3}', 'a{2}*'],
    ...[
      '{2}a',
      'a|{2}',
      'a|*b',
      '^*',
      '$*',
      '\\b+',
      '\\A*',
      '(?:+a)',
      '(?=*)',
      '(|*)',
      '(*)',
      '[a',
      '[]',
      '[^]',
      '[a\\]',
    ],
    ...['[[:alpha:]', '[a-', 'a\\', '[\\', '\\.(jpg|png))$', '(?#a(b)c)'],
  ],
}
/** In one of its places, and in quotes. */
const regex = (pattern: string, index: number) => {
  const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\')}"`
  if (index % 3 === 1 && !pattern.startsWith('*')) return `map $uri $x { ${quoted(`~${pattern}`)} 1; }`
  return index % 3 === 2
    ? `server { if ($uri ~ ${quoted(pattern)}) { return 404; } }`
    : `server { location ~ ${quoted(pattern)} { } }`
}

const TABLES: Readonly<Record<string, Table>> = {
  'names that are declared elsewhere': {
    taken: [
      'log_format f x; server { access_log l f; access_log l combined; access_log l f gzip; }',
      'access_log l; access_log off;',
      `${LIMITS} limit_req zone=r; limit_conn c 5;`,
      `limit_req zone=r; limit_conn c 5; server { location / { limit_req zone=r nodelay; } } ${LIMITS}`,
      `${CACHES} proxy_cache p; fastcgi_cache f; server { set $x p; location / { proxy_cache $x; fastcgi_cache off; } }`,
    ],
    refused: [
      'access_log l f;',
      'server { access_log l f; } log_format f x;',
      'access_log l buffer=8k;',
      'access_log l "";',
      'limit_req zone=r;',
      `${LIMITS} limit_req zone=r:1m;`,
      `${LIMITS} limit_req zone=c;`,
      `${LIMITS} limit_conn r 5;`,
      'limit_conn c 5;',
      'limit_conn off 5;',
      'proxy_cache p;',
      'proxy_cache OFF;',
      `${CACHES} proxy_cache f;`,
      `${CACHES} fastcgi_cache p;`,
      `${CACHES} uwsgi_cache u;`,
    ],
  },
  'zones and folders of all of nginx': {
    taken: [
      `${zoned('z 64k')} ${zoned('z', 'v')} ${zoned('z 65536', 'w')}`,
      `${zoned('z')} ${zoned('z 64k', 'v')}`,
      'server { ssl_session_cache shared:S:1m; } server { ssl_session_cache shared:S:1024k; }',
      'server { proxy_temp_path t 1 2; fastcgi_temp_path t 1 2; location / { proxy_temp_path u 1; } }',
      'proxy_cache_path p keys_zone=p:1m; proxy_cache_path q keys_zone=q:1m;',
    ],
    refused: [
      zoned('z'),
      ...BEFORE_KEEPALIVE,
      `${zoned('z 64k')} ${zoned('z 128k', 'v')}`,
      `limit_req_zone $uri zone=z:64k rate=1r/s; ${zoned('z 64k')}`,
      'limit_req_zone $uri zone=z:1m rate=1r/s; limit_conn_zone $uri zone=z:1m;',
      'proxy_cache_path p keys_zone=z:1m; fastcgi_cache_path q keys_zone=z:1m;',
      'limit_conn_zone $uri zone=z:1m; server { ssl_session_cache shared:z:1m; }',
      'server { ssl_session_cache shared:S:1m; } server { ssl_session_cache shared:S:2m; }',
      'proxy_cache_path p keys_zone=y:1m; proxy_cache_path p keys_zone=z:1m;',
      'proxy_cache_path p keys_zone=y:1m; scgi_cache_path p keys_zone=z:1m;',
      'proxy_cache_path t keys_zone=z:1m; server { proxy_temp_path t; }',
      'server { proxy_temp_path t 1 2; fastcgi_temp_path t 1; }',
    ],
  },
  'locations in locations': {
    taken: [
      'location /a { location /a { } location /a/b { } } location /b { location = /bc { } location ~ x { } }',
      'location ~ /a { location ~ b { } location /a/b { } }',
      'location "" { location /a { } }',
      'location =/a { if ($uri) { return 404; } }',
    ].map(inServer),
    refused: [
      ...['/b', '= /b', '^~ /b', '/A', '@a', 'a', '""'].map((own) => `location /a { location ${own} { } }`),
      ...['/a', '= /a', '~ a', '@b'].flatMap((own) => [
        `location = /a { location ${own} { } }`,
        `location @a { location ${own} { } }`,
      ]),
      ...['/a', '= /a', '^/b', '@b'].map((own) => `location ~ ^/a { location ${own} { } }`),
      'location /a { location /a/b { location /a/c { } } }',
    ].map(inServer),
  },
  'regular expressions': {
    taken: [
      ...REGEXES.taken.map(regex),
      'server { location = /( { } location /) { } if ($uri = "(") { return 404; } } map $uri $x { \\~( 1; ( 2; }',
    ],
    refused: [
      ...REGEXES.refused.map(regex),
      ...[
        'proxy_redirect ~( /',
        'proxy_cookie_domain ~*a /',
        'proxy_cookie_path ~*( /',
        'proxy_cookie_flags ~( secure',
      ].map((one) => `server { location / { proxy_pass http://127.0.0.1; ${one}; } }`),
      'server { valid_referers none ~*a; }',
      'server { location / { fastcgi_split_path_info (; } }',
      'gzip_disable msie6 (;',
      'server { if ( $uri ~ "(" ) { return 404; } }',
    ],
  },
  'rows of map, geo and split_clients': {
    taken: [
      ...[
        '~a 1; ~a 2; ~*a 3;',
        'default 1; DEFAULT 3;',
        'default 1; \\\\default 2;',
        '*.a 1; .a 2; a 3;',
        'É 1; é 2;',
      ].map(map),
      ...['a 1; *.a 2; b.a 3; *.b.a 4;', 'a.* 1; *.a 2;', '.c.* 1; .* 2;', '. 1; "" 2;'].map((rows) =>
        map(`hostnames; volatile; ${rows}`),
      ),
      ...['default 0; 10.0.0.0/8 1; 10.0.0.0/8 2; ::1 3;', 'proxy 10.0.0.1; proxy_recursive; delete 10.0.0.0/8;'].map(
        geo,
      ),
      ...['ranges; 10.0.0.0-10.0.0.5 1; proxy 10.0.0.0/8;', 'ranges; ranges; delete 10.0.0.0-10.0.0.5;'].map(geo),
      ...['33.33% a; 33.33% b; 33.34% c; * d;', '.5% a; 5.% b;', '100% a; * b; * c;'].map(split),
    ],
    refused: [
      ...['a 1; a 1;', 'a 1; A 2;', 'a 1; \\\\a 2;', '"" 1; "" 2;', 'default 1; default 1;', 'a;', 'a 1 2;'].map(map),
      ...[
        'a 1; .a 2;',
        '.a 1; a 2;',
        '*.a 1; .a 2;',
        '.a 1; .A 2;',
        'a.* 1; A.* 2;',
        '*a 1;',
        'a*b 1;',
        '*.a.* 1;',
        'a..b 1;',
      ]
        .concat('*. 1;')
        .map((rows) => map(`hostnames; ${rows}`)),
      ...['all 1;', 'localhost 1;', '10.0.0.0/33 1;', '10.0.0/8 1;', '10.0.0.1/x 1;', 'default;', '10.0.0.1 1 2;'].map(
        geo,
      ),
      ...['proxy 10.0.0.300;', 'delete x;', 'ranges; 10.0.0.0/8 1;', 'ranges; proxy 10.0.0.0-10.0.0.5;', 'proxy;'].map(
        geo,
      ),
      ...['50 a;', '0% a;', '0.001% a;', 'default a;', '60% a; 50% b;', '* a; 100.01% b;'].map(split),
    ],
  },
  'alias and root': {
    taken: [
      'root /x; location /a { alias /y; }',
      'location /a { root /x; location /a/b { alias /y; } }',
      'location @a { root /x; } location ~ b { alias /y; }',
    ].map(inServer),
    refused: [
      'location /a { root /x; alias /y; }',
      'location ~ a { alias /y; root /x; }',
      'location @a { alias /x; }',
      'root $document_root/x;',
      'location /a { alias $realpath_root; }',
    ].map(inServer),
  },
  'names and keys that are too long on any machine, and settings of maps': {
    taken: [
      ...[servers(LONGEST), servers(`.${LONGEST}`), `server { listen 127.0.0.1:8080; server_name ${TOO_LONG} b; }`],
      ...[
        `server_names_hash_bucket_size 256; ${servers(TOO_LONG)}`,
        `${servers(TOO_LONG)} server_names_hash_bucket_size 256;`,
      ],
      ...[
        map(`${LONGEST} 1; ~${TOO_LONG} 1;`),
        `map_hash_bucket_size 256; map_hash_max_size 4096; ${map(`${TOO_LONG} 1;`)}`,
      ],
      map(`hostnames; .${LONGEST} 1;`),
    ],
    refused: [
      ...[servers(TOO_LONG), servers(`.${TOO_LONG}`), `server_names_hash_bucket_size 64; ${servers(TOO_LONG)}`],
      ...[
        map(`${TOO_LONG} 1;`),
        map(`hostnames; .${TOO_LONG} 1;`),
        `map_hash_bucket_size 100; ${map(`${TOO_LONG}${TOO_LONG} 1;`)}`,
      ],
      ...[`${map('a 1;')} map_hash_bucket_size 128;`, `${map('a 1;')} map_hash_max_size 4096;`],
    ],
  },
  'proxy_redirect default': {
    taken: [
      'location /a { proxy_pass http://127.0.0.1; proxy_redirect default; }',
      'location ~ a { proxy_pass http://127.0.0.1; proxy_redirect default; } location /b { proxy_redirect http://a/ /; }',
    ].map(inServer),
    refused: [
      'proxy_redirect default;',
      'location /a { proxy_redirect default; proxy_pass http://127.0.0.1; }',
      'location /a { proxy_pass http://$host; proxy_redirect default; }',
      'location /a { if ($uri) { proxy_pass http://127.0.0.1; } proxy_redirect default; }',
      'location /a { proxy_pass http://127.0.0.1; location /a/b { proxy_redirect default; } }',
    ].map(inServer),
  },
  'sizes of buffers, with pages of every size': {
    taken: [
      ...['proxy_buffer_size 8k; proxy_buffers 4 8k;', 'proxy_buffer_size 128k; server { proxy_buffers 4 128k; }'],
      ...[
        'fastcgi_buffers 16 16k; fastcgi_buffer_size 32k; server { }',
        'server { uwsgi_buffers 3 4k; uwsgi_buffer_size 4k; }',
      ],
      'server { scgi_buffers 2 16k; scgi_buffer_size 16k; scgi_busy_buffers_size 16k; scgi_max_temp_file_size 0; }',
      'proxy_buffers 2 8k;',
    ],
    refused: [
      ...[
        'proxy_buffers 1 8k; server { }',
        'proxy_buffers 2 128k; server { }',
        'server { fastcgi_busy_buffers_size 3k; }',
      ],
      ...[
        'server { location / { fastcgi_buffers 2 16k; fastcgi_buffer_size 32k; } }',
        'server { uwsgi_temp_file_write_size 3k; }',
      ],
      ...['server { scgi_max_temp_file_size 3k; }', 'server { proxy_buffers 4 256k; proxy_busy_buffers_size 64k; }'],
      'proxy_buffers 2 64k; server { proxy_buffer_size 64k; location / { proxy_buffers 4 64k; } }',
    ],
  },
  'servers of an upstream': {
    taken: [
      'server 127.0.0.1 down;',
      'server 127.0.0.1; server 127.0.0.2 backup;',
      'least_conn; server 127.0.0.1; server 127.0.0.2 backup;',
      'ip_hash; least_conn; server 127.0.0.1; server 127.0.0.2 backup;',
      'server 127.0.0.1; server 127.0.0.2 backup; hash $uri;',
    ].map(upstream),
    refused: [
      '',
      'least_conn; keepalive 4;',
      'zone z 64k;',
      'server 127.0.0.1 backup;',
      ...['ip_hash', 'hash $uri', 'random', 'least_conn; hash $uri', 'hash $uri; keepalive 4; zone z 64k'].map(
        (method) => `${method}; server 127.0.0.1; server 127.0.0.2 backup;`,
      ),
    ].map(upstream),
  },
}

const FILES = { 'beside.txt': 'beside', 'img/a.txt': 'inside', 'imga.txt': 'glued' }

describeWithNginx('the slash of an alias', (add) => {
  add('lets out of the folder where only the alias has it, and is missed where only the location has it', async () => {
    const job: NginxJob = {
      files: ([port], dir) => ({
        ...FILES,
        'nginx.conf': mainConf(
          `server { listen 127.0.0.1:${port}; location /img { alias ${dir}/img/; } location /o/ { alias ${dir}/img; } }`,
        ),
      }),
    }
    await withNginx(job, async ({ port }) => {
      const bodies = ['/img/a.txt', '/img../beside.txt', '/o/a.txt'].map(
        async (path) => (await plainRequest({ port, path })).body,
      )
      expect(await Promise.all(bodies)).toEqual(['inside', 'beside', 'glued'])
    })
  })
})

describeWithNginx('what stands elsewhere', (add) => {
  for (const [name, { taken, refused }] of Object.entries(TABLES)) {
    add(`${name}: taken by nginx and here`, () => expectAgreement(taken, true))
    add(`${name}: refused by nginx and here`, () => expectAgreement(refused, false))
  }
})
