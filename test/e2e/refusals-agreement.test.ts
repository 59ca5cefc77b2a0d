/** What nginx refuses for what stands elsewhere in the configuration is an error here, and nothing else is. */
import { expectAgreement } from './agreement.ts'
import { describeWithNginx } from './describe-with-nginx.ts'

interface Table {
  readonly taken: readonly string[]
  readonly refused: readonly string[]
}

const inServer = (text: string) => `server { ${text} }`
const upstream = (text: string) => `upstream u { ${text} }`
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

describeWithNginx('what stands elsewhere', (add) => {
  for (const [name, { taken, refused }] of Object.entries(TABLES)) {
    add(`${name}: taken by nginx and here`, () => expectAgreement(taken, true))
    add(`${name}: refused by nginx and here`, () => expectAgreement(refused, false))
  }
})
