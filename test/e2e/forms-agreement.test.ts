/** What nginx refuses of the arguments of directives that have a form of their own is an error here, and nothing else is. */
import { expectAgreement } from './agreement.ts'
import { describeWithNginx } from './describe-with-nginx.ts'

/** What stands behind the name, in a location. */
const IN_LOCATION: Readonly<
  Record<string, { readonly taken: readonly string[]; readonly refused: readonly string[] }>
> = {
  allow: {
    taken: ['all', 'unix:', '10.0.0.0/8', '127.0.0.1', '::1', '2001:db8::/32', '::ffff:1.2.3.4'],
    refused: ['al', 'ALL', 'localhost', '300.0.0.1', '10.0.0', '10.0.0.0/33', '10.0.0.0/', 'example.com', '$host'],
  },
  deny: { taken: ['all'], refused: ['none'] },
  error_log: {
    taken: ['stderr', 'stderr warn', 'stderr debug_http', 'stderr emerg'],
    refused: ['stderr warning', 'stderr WARN', 'stderr off', 'stderr all'],
  },
  expires: {
    taken: [
      '1h',
      '-1',
      '+1h',
      '0',
      '@15h30m',
      '1h30m',
      'epoch',
      'max',
      'off',
      'modified +1h',
      'modified -1',
      '$expires',
    ],
    refused: ['1x', 'never', '1 h', 'modifed 1h', '1h modified', '""'],
  },
  proxy_bind: {
    taken: ['127.0.0.1', 'off', '127.0.0.1 transparent', '$remote_addr transparent'],
    refused: ['127.0.0.1 transparen', '127.0.0.1 on'],
  },
  proxy_redirect: {
    taken: ['off', 'http://a/ /', 'default', '~^http://a /', 'http:// https://'],
    refused: ['http://a/', 'on', 'OFF', 'none'],
  },
  return: {
    taken: ['404', '999', '200 text', '301 /x', 'http://a', 'https://a/b', '$scheme://a', '0', '444', '301 https://a'],
    refused: ['/x', 'abc', '1000', '99999', 'ftp://a', '$uri', 'text 200', '/x 301', '301x'],
  },
  rewrite: {
    taken: ['^ /x', '^ /x last', '^ /x break', '^ /x redirect', '^ /x permanent'],
    refused: ['^ /x permanant', '^ /x Last', '^ /x 301', '^ /x R'],
  },
  set: {
    taken: [
      '$x 1',
      '$x $uri',
      '$x ""',
      '$args 1',
      '$limit_rate 1k',
      '$http_upgrade x',
      '$sent_http_x y',
      '$ssl_cipher x',
    ],
    refused: ['x 1', '$ 1', '$connection upgrade', '$host x', '$Uri x', '$http_host x', '$status 1', '$scheme https'],
  },
}

const CONDITIONS = {
  taken: [
    ...[
      '($uri)',
      '($uri = /a)',
      '($uri != /a)',
      '($uri ~ a)',
      '($uri ~* a)',
      '($uri !~ a)',
      '($uri !~* "a b")',
      '( $uri )',
    ],
    ...['(-f $uri)', '(!-f $uri)', '( -d /x )', '(-e $uri)', '(!-x $uri )', '($uri = "")', '( $uri = /a )'],
  ],
  refused: [
    ...['($uri == /a)', '($uri eq /a)', '($uri = /a && $host = b)', '(uri = /a)', '(!$uri)', '$uri = /a', '($uri = /a'],
    ...['(-g $uri)', '(-f $uri $uri)', '($uri =)', '($uri /a)', '("" = $uri)', '(-f)'],
  ],
}

const LOCATIONS = {
  taken: ['/a', '= /a', '~ a', '~* a', '^~ /a', '@a', '=/a', '~a'],
  refused: ['!~ a', '/a /b', '== /a', '^ /a', '*~ a'],
}

const OTHERS = {
  taken: [
    'upstream u { hash $uri; server 127.0.0.1; }',
    'upstream u { hash $uri consistent; server 127.0.0.1; }',
    'map $uri $x { default a; }',
    'map constant $x { default a; }',
  ],
  refused: [
    'upstream u { hash $uri consistant; server 127.0.0.1; }',
    'map $uri x { default a; }',
    'map $http_upgrade connection_upgrade { default upgrade; }',
    'log_format combined x;',
  ],
}

/** Zones are there for those that use one, so that a name alone is no reason to refuse. */
const LIMITS = {
  taken: [
    ...['burst=5 nodelay', 'delay=3 burst=5', ''].map((more) => `limit_req zone=r ${more};`),
    ...['1', '65535'].map((count) => `limit_conn c ${count};`),
    ...['zone=z:32k rate=1r/s', 'rate=30r/m zone=z:1m', 'zone=z:1m rate=10'].map(
      (all) => `limit_req_zone $uri ${all};`,
    ),
    ...['32k', '1m', '65536'].map((size) => `limit_conn_zone $uri zone=z:${size};`),
    ...['', 'levels=1:2', 'levels=2', 'levels=', 'inactive=60m max_size=1g min_free=0', 'use_temp_path=off'].map(
      cachePath,
    ),
    ...['loader_files=3 loader_sleep=3 loader_threshold=30ms', 'manager_sleep=4s'].map(cachePath),
    ...['', 'combined buffer=32k flush=5m', 'combined gzip=9 if=$uri', 'combined gzip flush=1s'].map(
      (all) => `access_log l ${all};`,
    ),
    ...['random', 'random two', 'random two least_conn', 'keepalive 1', 'zone z 32k', 'zone z 64K; zone y 1m'].map(
      inUpstream,
    ),
    'proxy_cache_path p keys_zone=z:12k;',
  ],
  refused: [
    ...['burst=0', 'burst=', 'burst=5r/s', 'delay=0', 'Nodelay', 'no_delay', 'one'].map(
      (more) => `limit_req zone=r ${more};`,
    ),
    ...['0', '65536', 'x', '-1'].map((count) => `limit_conn c ${count};`),
    ...['zone=z:1m rate=1r/h', 'zone=z:1m rate=0.5r/s', 'zone=z:1m rate=1/s', 'zone=z:1m rate=0r/s'].map(limitReqZone),
    ...['zone=z rate=1r/s', 'zone=z:1g rate=1r/s', 'zone=z:31k rate=1r/s', 'z:1m rate=1r/s'].map(limitReqZone),
    ...['zone=z', 'zone=:1m', 'zone=z:16k', 'zone=z:1x', 'z:1m'].map((zone) => `limit_conn_zone $uri ${zone};`),
    ...['levels=3', 'levels=1:2:2:1', 'levels=1-2', 'inactive=500ms', 'inactive=x', 'max_size=1gb'].map(cachePath),
    ...['use_temp_path=no', 'loader_files=x', 'manager_sleep=1M', 'keep=1', 'off'].map(cachePath),
    ...['keys_zone=z', 'keys_zone=z:7k', 'keys_zone=z:11k', 'zone=z:1m', 'levels=1:2'].map(
      (zone) => `proxy_cache_path p ${zone};`,
    ),
    ...['gzip=0', 'gzip=10', 'buffer=0', 'buffer=1g', 'flush=0', 'main'].map((one) => `access_log l combined ${one};`),
    'access_log off combined;',
    ...['random least_conn', 'random two x', 'random two two', 'keepalive x', 'keepalive -1'].map(inUpstream),
    ...['31k', '1g', 'x', '0', '""'].map((size) => inUpstream(`zone z ${size}`)),
    inUpstream('zone "" 64k'),
    ...['limit_req burst=5;', 'limit_req_zone $uri rate=1r/s rate=1r/s;'],
  ],
}

const CORE = {
  taken: [
    ...['*.a', '.*', '*.*', 'a*', 'a.*.b', '""', '_', '$hostname'].map((name) => `server { server_name ${name}; }`),
    ...['off', 'none', 'builtin', 'builtin:1000 shared:a:32k'].map((cache) => `ssl_session_cache ${cache};`),
    ...['65', '65 60s', '0', '500ms', '65 1M'].map((times) => `keepalive_timeout ${times};`),
    ...['10m', '200 302 10m', '200 any 1m', '100 599 0', '200 1M'].map((all) => `proxy_cache_valid ${all};`),
    ...['b', 'b if_not_empty'].map((value) => `fastcgi_param A ${value};`),
    ...['GET', 'get', 'Head POST PATCH'].map(
      (methods) => `server { location / { limit_except ${methods} { deny all; } } }`,
    ),
    ...['escape=json', 'escape=none', 'a'].map((option) => `log_format a ${option} escape=x;`),
    ...['8.8.8.8', '8.8.4.4:53 valid=30s ipv6=off', '[::1]:53'].map((all) => `resolver ${all};`),
    ...['geo $x { }', 'geo $uri $x { }', 'split_clients uri $x { * a; }', 'open_file_cache max=10 inactive=20s;'],
    ...['open_file_cache off;', 'proxy_cookie_path off;', 'proxy_cookie_domain a b;'],
  ],
  refused: [
    ...['*a.com', '*', '*.', '.', '~'].map((name) => `server { server_name ${name}; }`),
    ...['on', 'OFF', 'shared:a', 'shared:a:31k', 'shared::1m', 'shared:a:1g', 'builtin:x'].map(
      (cache) => `ssl_session_cache ${cache};`,
    ),
    ...['-1', '65 x', '1M', '1d 500ms'].map((times) => `keepalive_timeout ${times};`),
    ...['99 1m', '600 1m', 'x 1m', '200 x', '200 500ms'].map((all) => `proxy_cache_valid ${all};`),
    'fastcgi_param A b c;',
    ...['FOO', 'GET TRACE'].map((methods) => `server { location / { limit_except ${methods} { deny all; } } }`),
    ...['escape=x', 'escape='].map((option) => `log_format a ${option} $uri;`),
    ...['valid=x', 'valid=500ms', 'ipv6=no', '8.8.4.4:0', '8.8.4.4:99999'].map((more) => `resolver 8.8.8.8 ${more};`),
    ...['geo x { }', 'geo uri $x { }', 'geo $uri x { }', 'split_clients $uri x { * a; }', 'open_file_cache max=0;'],
    ...[
      'open_file_cache max=3 inactive=500ms;',
      'open_file_cache 10;',
      'proxy_cookie_path /;',
      'proxy_cookie_domain a;',
    ],
  ],
}

const server = (text: string) => `server { listen 127.0.0.1:8080; set $expires 1h; ${text} }`

describeWithNginx('arguments of a form of their own', (add) => {
  for (const [name, { taken, refused }] of Object.entries(IN_LOCATION)) {
    // `proxy_redirect default` asks for the proxy_pass to stand before it.
    const written = (values: string) => server(`location /here { proxy_pass http://127.0.0.1; ${name} ${values}; }`)
    add(`${name}: taken by nginx and here`, () => expectAgreement(taken, true, written))
    add(`${name}: refused by nginx and here`, () => expectAgreement(refused, false, written))
  }
  const condition = (text: string) => server(`if ${text} { return 204; }`)
  add('if: taken by nginx and here', () => expectAgreement(CONDITIONS.taken, true, condition))
  add('if: refused by nginx and here', () => expectAgreement(CONDITIONS.refused, false, condition))
  const location = (text: string) => server(`location ${text} { return 204; }`)
  add('location: taken by nginx and here', () => expectAgreement(LOCATIONS.taken, true, location))
  add('location: refused by nginx and here', () => expectAgreement(LOCATIONS.refused, false, location))
  const limits = (text: string) =>
    `limit_req_zone $uri zone=r:1m rate=1r/s; limit_conn_zone $uri zone=c:1m; server { access_log off; } ${text}`
  add('limits, caches and logs: taken by nginx and here', () => expectAgreement(LIMITS.taken, true, limits))
  add('limits, caches and logs: refused by nginx and here', () => expectAgreement(LIMITS.refused, false, limits))
  add('the core: taken by nginx and here', () => expectAgreement(CORE.taken, true))
  add('the core: refused by nginx and here', () => expectAgreement(CORE.refused, false))
  add('others: taken by nginx and here', () => expectAgreement(OTHERS.taken, true))
  add('others: refused by nginx and here', () => expectAgreement(OTHERS.refused, false))
})

function cachePath(parameters: string): string {
  return `proxy_cache_path p keys_zone=z:1m ${parameters};`
}

function limitReqZone(parameters: string): string {
  return `limit_req_zone $uri ${parameters};`
}

function inUpstream(text: string): string {
  return `upstream u { server 127.0.0.1; ${text}; }`
}
