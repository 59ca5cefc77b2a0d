import { describe, expect, test } from '@jest/globals'
import { type Asked, outcomeOf, tell } from './outcome-of.ts'

type Row = readonly [server: string, target: string, expected: string, asked?: Asked]

function rows(title: string, table: readonly Row[]): void {
  describe(title, () => {
    test.each(table)('%s for %s: %s', (server, target, expected, asked = {}) => {
      expect(tell(outcomeOf(server, target, asked))).toBe(expected)
    })
  })
}

rows('the URI that a backend gets', [
  ['location / { PASS }', '/a//b%2Fc/../%20?x=%2F#y', 'GET /a//b%2Fc/../%20?x=%2F#y'],
  ['location / { proxy_pass http://b/; }', '/a//b%2Fc/../%20?x=%2F#y', 'GET /a/b/%20?x=%2F'],
  ['location /ws/ { proxy_pass http://b/; }', '/ws/x', 'GET /x'],
  ['location /ws/ { proxy_pass http://b/base; }', '/ws/x', 'GET /basex'],
  ['location /ws { proxy_pass http://b/; }', '/ws/x', 'GET //x'],
  ['location = /ws { proxy_pass http://b/y; }', '/ws?q', 'GET /y?q'],
  ['location / { proxy_pass http://b?q=; }', '/a', 'GET ?q=a'],
  ['location / { proxy_pass http://b$uri; }', '/a%2541?x', 'GET /a%41'],
  ['location / { proxy_pass http://b$request_uri; }', '/a//%41?x', 'GET /a//%41?x'],
  ['location / { proxy_pass http://b/v$is_args$args; }', '/a?x', 'GET /v?x'],
  ['location / { proxy_pass http://b?u=$uri; }', '/a', 'GET /?u=/a'],
  ['location / { set $b http://b; proxy_pass $b; }', '/a//b', 'GET /a//b'],
  ['location ~ ^/(a)/(.*) { proxy_pass http://b/$2/$1; }', '/a/x%20y', 'GET /x y/a'],
  ['location /a { proxy_pass http://b/z; if ($args) { } }', '/ab?1', 'GET /zb?1'],
  ['location /a { proxy_pass http://b/z; limit_except POST { } }', '/ab', 'GET /zb'],
  ['location / { PASS }', 'http://example.com?x', 'GET /?x'],
  ['location / { PASS }', 'http://example.com/a//b', 'GET /a//b'],
  ['location / { proxy_pass http://b$1; rewrite ^(/a).* /x break; }', '/ab', 'GET /a'],
  ['location / { PASS set $args y; }', '/a//b?x', 'GET /a/b?y'],
  ['location / { proxy_pass ftp://b$uri; }', '/', '500'],
])

rows('rewrite', [
  ['location / { rewrite ^/a(.*) /b$1 break; PASS }', '/a/x%20y?q', 'GET /b/x%20y?q'],
  ['location / { rewrite ^/a(.*) /b$1 break; proxy_pass http://b/z/; }', '/a/x', 'GET /b/x'],
  ['location / { rewrite ^ /b last; PASS } location /b { proxy_pass http://b/z; }', '/a', 'GET /z'],
  ['location / { rewrite ^/a /c; rewrite ^/c /d; PASS } location /d { PASS }', '/a', 'GET /d'],
  ['location / { rewrite ^/a /c; break; rewrite ^/c /d; PASS } location /c { return 404; }', '/a', 'GET /c'],
  ['rewrite ^/a /b; location /b { PASS }', '/a?x', 'GET /b?x'],
  ['rewrite ^/a /b break; location /b { proxy_pass http://b/z; }', '/a', 'GET /b'],
  ['location / { rewrite ^ /b?y=1 break; PASS }', '/a?x', 'GET /b?y=1&x'],
  ['location / { rewrite ^ /b?y=1? break; PASS }', '/a?x', 'GET /b?y=1'],
  ['location / { rewrite ^ /b? break; PASS }', '/a?x', 'GET /b'],
  ['location / { rewrite ^/(.*) /b?y=$1? break; PASS }', '/a%20%26', 'GET /b?y=a%20%26'],
  ['location / { rewrite ^/(.*) /b?y=$1? break; PASS }', '/a&', 'GET /b?y=a&'],
  ['location / { rewrite ^ "" break; PASS }', '/a', 'GET '],
  ['location / { rewrite ^/a(.*) $1 break; PASS }', '/a', '500'],
  ['location / { rewrite ^ /x redirect; PASS }', '/a?q', '302 → /x?q'],
  ['location / { rewrite ^ /x?y permanent; PASS }', '/a?q', '301 → /x?y&q'],
  ['location / { rewrite ^/(.*) https://$host/$1; PASS }', '/a%2Fb%20', '302 → https://example.com/a/b%20'],
  ['location / { rewrite ^/(?!a) /x break; PASS }', '/a', 'unknown: rewrite'],
  ['location / { rewrite ^(.*)$ /a$1 last; }', '/a', '500'],
])

rows('set, if, return', [
  ['location / { return 204; PASS }', '/', '204'],
  ['location / { return 301 https://$host$request_uri; PASS }', '/a//b', '301 → https://example.com/a//b'],
  ['location / { return https://x/; }', '/', '302 → https://x/'],
  ['location / { return 444; }', '/', '0'],
  ['location / { return 497; }', '/', '400'],
  ['return 403; location / { PASS }', '/', '403'],
  ['location / { if ($args) { return 403; } PASS }', '/?x', '403'],
  ['location / { if ($arg_x) { return 403; } PASS }', '/?x=0', 'GET /?x=0'],
  ['location / { if ($arg_x) { return 403; } PASS }', '/?x=00', '403'],
  ['location / { if ($arg_x = "") { return 403; } PASS }', '/', '403'],
  ['location / { if ($arg_x != 1 ) { return 403; } PASS }', '/?X=1', 'GET /?X=1'],
  ['location / { if ( $uri ~ ^/(a)$ ) { return 302 /$1; } PASS }', '/a', '302 → /a'],
  ['location / { if ($uri ~* ^/A$) { return 403; } PASS }', '/a', '403'],
  ['location / { if ($uri !~ ^/A$) { return 403; } PASS }', '/a', '403'],
  ['location / { if ($uri !~* ^/A$) { return 403; } PASS }', '/a', 'GET /a'],
  ['location / { if (-f /x) { return 403; } PASS }', '/', 'unknown: if'],
  ['location / { if (-f /x) { return 403; } PASS }', '/', 'GET /', { files: 'none' }],
  ['location / { if (!-e /x) { return 403; } PASS }', '/', '403', { files: 'none' }],
  ['location / { if ($remote_addr) { return 403; } PASS }', '/', 'unknown: if'],
  ['location / { set $s $uri; if ($s = /a) { return 403; } PASS }', '/a', '403'],
  ['location / { if ($never) { return 403; } PASS if ($args) { set $never 1; } }', '/', 'GET /'],
  [
    'location / { proxy_pass http://b$s; if ($args) { set $s /x; } if ($uri) { proxy_pass http://c/y$s; } }',
    '/?1',
    'GET /y/x',
  ],
  ['location / { if ($args) { proxy_pass http://c; } }', '/?x', 'GET /?x'],
  ['location / { if ($args) { proxy_pass http://c; } }', '/', 'static'],
  ['location / { if ($args) { proxy_pass http://c; } if ($uri) { } }', '/?x', '500'],
  ['location / { try_files "" @x; if ($args) { } PASS } location @x { return 404; }', '/?x', 'GET /?x'],
  ['location ~ (.) { set $s $1; return 302 /$s; }', '/%20', '302 → //'],
  ['location ~ /(.) { set $s $1; return 302 /$s; }', '/%20', '302 → /%20'],
  ['location ~ /(.) { if ($uri ~ x) { } return 302 /$1; }', '/a', '302 → /'],
])

rows('limit_except and access', [
  ['location / { limit_except GET { deny all; } PASS }', '/', 'GET /'],
  ['location / { limit_except GET { deny all; } PASS }', '/', 'HEAD /', { method: 'HEAD' }],
  ['location / { limit_except GET { deny all; } PASS }', '/', '403', { method: 'POST' }],
  ['location / { limit_except HEAD { deny all; } PASS }', '/', '403'],
  ['location / { limit_except POST { proxy_pass http://c$uri/c; } PASS }', '/a', 'GET /a/c'],
  ['location / { limit_except POST { } return 403; PASS }', '/a', 'GET /a'],
  ['location / { limit_except GET { deny all; } PASS }', '/', '403', { method: 'FOO' }],
  ['location / { deny all; PASS }', '/', '403'],
  ['deny all; location / { allow all; PASS }', '/', 'GET /'],
  ['location / { allow all; deny all; PASS }', '/', 'GET /'],
  ['location / { allow 10.0.0.1; deny all; PASS }', '/', 'GET /'],
  ['location / { deny 10.0.0.1; deny all; PASS }', '/', '403'],
  ['auth_basic_user_file f; location / { auth_basic realm; PASS }', '/', '401'],
  ['auth_basic realm; location / { PASS }', '/', 'GET /'],
  ['auth_basic realm; auth_basic_user_file f; location / { satisfy any; allow all; PASS }', '/', 'GET /'],
  ['auth_basic realm; auth_basic_user_file f; location / { satisfy any; deny all; PASS }', '/', '401'],
  ['location / { internal; location /a { PASS } }', '/a', '404'],
])

rows('redirects inside', [
  ['location / { try_files $uri @x; } location @x { PASS }', '/a//b', 'unknown: try_files'],
  ['location / { try_files $uri @x; } location @x { PASS }', '/a//b', 'GET /a//b', { files: 'none' }],
  ['location / { try_files "" @x; } location @x { PASS }', '/a//b', 'GET /a//b'],
  ['location / { try_files "" /x?$args; } location /x { internal; PASS }', '/a?1', 'GET /x?1'],
  ['location / { try_files "" =404; PASS }', '/', '404'],
  ['location / { try_files "" @none; }', '/', '500'],
  [
    'error_page 403 /x; location / { deny all; } location /x { allow all; PASS }',
    '/',
    'GET /x, shown as 403',
    { method: 'POST' },
  ],
  ['error_page 403 = @x; location / { deny all; } location @x { PASS }', '/a//', 'POST /a//', { method: 'POST' }],
  ['error_page 404 =200 /x; location / { return 404; } location /x { PASS }', '/', 'GET /x, shown as 200'],
  ['error_page 404 /x; location / { return 404 text; } location /x { PASS }', '/', '404'],
  ['error_page 404 /x; location / { return 404; } location /x { return 404; }', '/', '404'],
  ['error_page 404 https://x/; location / { return 404; }', '/', '302 → https://x/'],
  ['error_page 403 https://x/; location / { error_page 404 /y; deny all; }', '/', '403'],
  ['error_page 301 @x; location /ws/ { PASS } location @x { PASS }', '/ws', 'GET /ws, shown as 301'],
])

rows('what nginx answers before it looks for a location', [
  ['location / { PASS }', '/..', '400'],
  ['location / { PASS }', '/', '400', { method: 'get' }],
  ['location / { PASS }', '/', '405', { method: 'TRACE' }],
  ['location / { PASS }', '/', '400', { host: 'a..b' }],
  ['location / { PASS }', '/', '400', { headers: [['Host', 'b']] }],
  [
    'location / { PASS }',
    '/',
    '400',
    {
      headers: [
        ['If-Match', '1'],
        ['If-Match', '2'],
      ],
    },
  ],
  ['location / { PASS }', '/', '501', { headers: [['Transfer-Encoding', 'gzip']] }],
  ['listen 80 ssl; location / { PASS }', '/', '400'],
  ['listen 80 ssl; error_page 497 https://x/; location / { PASS }', '/', '302 → https://x/'],
  [
    'error_page 400 @x; location @x { PASS } location / { PASS }',
    '/',
    'GET /, shown as 400',
    { headers: [['Host', 'b']] },
  ],
  ['location /ws/ { PASS }', '/ws?x', '301 → /ws/?x'],
  ['location "/w s/" { PASS }', '/w%20s', '301 → /w%20s/'],
  ['listen 81; location / { PASS }', '/', 'refused'],
])

rows('what else makes content', [
  ['location / { fastcgi_pass b; }', '/', 'fastcgi_pass'],
  ['location / { stub_status; }', '/', 'stub_status'],
  ['location / { root /x; }', '/', 'static'],
  ['', '/', 'static'],
])

test('what may change the outcome is named', () => {
  const { doubts } = outcomeOf('include gone.conf; location / { allow 10.0.0.1; deny all; PASS }', '/')
  expect(doubts.map(({ name }) => name)).toEqual(['include', 'allow'])
})

test('the steps tell the way', () => {
  const { steps } = outcomeOf('location / { rewrite ^/a /b last; } location /b { PASS }', '/a')
  expect(steps.map(({ directive, text }) => `${directive?.name}: ${text}`)).toEqual([
    'server: no name fits: the default server answers',
    'location: answers /a',
    'rewrite: rewrites the URI to /b',
    'location: answers /b',
    'proxy_pass: asks its backend',
  ])
})
