/** Verdicts of a trace, told in one line: `fails websocket/upgrade-header`. */
import { describe, expect, test } from '@jest/globals'
import { rules } from '../../rules/index.ts'
import { parseSocketUrl, type SocketUrl } from '../../src/diagnose/socket-url.ts'
import { type Trace, trace } from '../../src/diagnose/trace.ts'
import { encodeFromDisplay } from '../../src/syntax/index.ts'
import { modelOf } from '../effective/model-of.ts'

const MAP = "map $http_upgrade $connection_upgrade { default upgrade; '' close; }"
const ALL =
  'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;'

function traced(text: string | Record<string, string>, url = 'ws://example.com/ws', version = '1.22.1'): Trace {
  const texts = typeof text === 'string' ? `http { ${MAP} ${text.replaceAll('ALL', ALL)} }` : text
  return trace(modelOf(texts, version), parseSocketUrl(url) as SocketUrl, rules)
}

function told({ verdict }: Trace): string {
  const ids = verdict.reasons.map(({ ruleId }) => ruleId ?? '-')
  return [verdict.kind, ...new Set(ids)].join(' ')
}

test.each([
  ['server { location /ws { proxy_pass http://b; ALL } }', 'opens'],
  [
    'server { location /ws { proxy_pass http://b; } }',
    'fails websocket/http-version websocket/upgrade-header websocket/connection-header',
  ],
  [
    'server { location / { proxy_pass http://b; } }',
    'fails websocket/http-version websocket/upgrade-header websocket/connection-header',
  ],
  ['server { location /ws { proxy_pass ws://b; ALL } }', 'fails -'],
  [
    'server { location /ws { proxy_pass http://b; ALL proxy_set_header Host ""; } }',
    'fails websocket/handshake-blocked',
  ],
  [
    'server { location /ws { proxy_pass http://b; ALL proxy_set_header Host: $host; } }',
    'fails websocket/handshake-blocked',
  ],
  [
    'server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade: $http_upgrade; proxy_set_header Connection: upgrade; } }',
    'fails websocket/upgrade-header websocket/connection-header',
  ],
  ['server { location /ws { proxy_pass http://$nobody; ALL } }', 'fails variables/unknown'],
  [
    'server { location /ws { proxy_pass http://b; ALL } location /x { proxy_passs http://b; } }',
    'fails directives/unknown',
  ],
  [
    'server { location /ws { proxy_pass http://b; ALL }\n# ngxlint-disable-next-line directives/unknown -- ours\nown_module on; }',
    'opens',
  ],
  ['server { location /ws { fastcgi_pass b; } }', 'fails -'],
  ['server { location /ws { proxy_pass http://b$request_uri; ALL } }', 'fails upstreams/no-resolver'],
  ['server { location /ws { uwsgi_pass b; } }', 'unknown'],
  ['server { location /ws { scgi_pass b; } }', 'unknown'],
  ['server { listen 80 http2; location /ws { proxy_pass http://b; ALL } }', 'fails websocket/handshake-blocked'],
  [
    'server { proxy_hide_header Upgrade; location /ws { proxy_pass http://b; ALL } }',
    'fails websocket/handshake-blocked',
  ],
  [
    'server { location /ws { proxy_pass http://b; ALL if ($http_upgrade) { return 400; } } }',
    'fails websocket/handshake-blocked',
  ],
  ['server { location /ws { stub_status; } }', 'fails -'],
  ['server { root /srv; }', 'fails -'],
  ['server { return 301 https://$host$request_uri; }', 'fails -'],
  ['server { return 444; }', 'fails -'],
  ['server { location /ws { internal; proxy_pass http://b; ALL } }', 'fails websocket/handshake-blocked'],
  ['server { listen 8080; }', 'fails -'],
  ['server { listen 80 ssl; location /ws { proxy_pass http://b; ALL } }', 'fails -'],
  ['server { location /ws { allow 10.0.0.0/8; deny all; proxy_pass http://b; ALL } }', 'opens'],
  ['server { location / { try_files $uri @b; } location @b { proxy_pass http://b; ALL } }', 'opens'],
  ['server { location /ws { proxy_pass http://b; ALL include missing.conf; } }', 'unknown'],
  [
    'server { location /ws { proxy_pass http://b; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $nobody; } }',
    'fails websocket/connection-map',
  ],
  ['server { location ~ (?=x)y { return 204; } location /ws { proxy_pass http://b; ALL } }', 'unknown'],
])('%s: %s', (text, expected) => {
  expect(told(traced(text))).toBe(expected)
})

test.each([
  ['access_by_lua_file auth.lua;', /access_by_lua_file auth\.lua" may answer in its own way/],
  ['auth_request /auth;', /lets only some clients in/],
  ['if ($http_origin = bad) { return 403; }', /looks at the header Origin, which this request has not/],
  ['if ($cookie_session = "") { return 403; }', /looks at the header Cookie/],
])('%s leaves a note', (row, note) => {
  const { verdict } = traced(`server { location /ws { ${row} proxy_pass http://b; ALL } }`)
  expect([...verdict.doubts, ...verdict.reasons].map(({ text }) => text).join('\n')).toMatch(note)
})

test('a version that asks in HTTP/1.1 of itself', () => {
  const text =
    'server { location /ws { proxy_pass http://b; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade; } }'
  expect(told(traced(text))).toBe('fails websocket/http-version')
  expect(told(traced(text, 'ws://example.com/ws', '1.29.7'))).toBe('opens')
})

test('wss on a port without TLS', () => {
  const { verdict } = traced('server { listen 443; location /ws { proxy_pass http://b; ALL } }', 'wss://example.com/ws')
  expect(verdict).toMatchObject({ kind: 'fails', summary: 'no 101: the TLS handshake fails' })
  expect(verdict.reasons[0]?.text).toMatch(/has no TLS .*where TLS ends before nginx/)
})

test.each([
  ['listen 80;', 'ws://[::1]/ws', '[::1]:80, only on *:80: "listen 80;" is IPv4 alone'],
  ['listen 80; listen 127.0.0.1:81;', 'ws://127.0.0.2:81/ws', '127.0.0.2:81, only on 127.0.0.1:81'],
  ['listen 80;', 'ws://example.com:81/ws', 'port 81'],
])('with %s nobody listens at %s', (listen, url, place) => {
  const { verdict } = traced(`server { ${listen} location /ws { proxy_pass http://b; ALL } }`, url)
  expect(verdict.reasons.map(({ text }) => text)).toEqual([`no server listens on ${place}`])
})

describe('a name may lead to IPv4 and to IPv6', () => {
  const others = 'server { listen 80 default_server; listen [::]:80 default_server; root /srv; }'
  const site = (listen: string) =>
    traced(`${others} server { ${listen} server_name example.com; location /ws { proxy_pass http://b; ALL } }`).verdict

  test("Debian's default site beside one that has no listen for IPv6", () => {
    expect(site('listen 80;')).toMatchObject({
      kind: 'opens',
      doubts: [{ text: 'clients that come by IPv6 get another server, as this one has no "listen [::]:80;"' }],
    })
  })

  test('beside one that has both', () =>
    expect(site('listen 80; listen [::]:80;')).toMatchObject({ kind: 'opens', doubts: [] }))

  test('a server of an address of its own leaves it open, and nginx starts', () =>
    expect(site('listen 127.0.0.1:80;')).toMatchObject({
      kind: 'unknown',
      summary: 'can’t say',
      doubts: [{ text: expect.stringContaining('several servers listen on port 80') }],
    }))
})

test('a request that is no handshake by our own doing', () => {
  const model = modelOf(`http { ${MAP} server { location /ws { proxy_pass http://b; ${ALL} } } }`, '1.22.1')
  const url = parseSocketUrl('ws://example.com/ws') as SocketUrl
  const { verdict } = trace(model, url, rules, { method: 'POST', headers: [['Upgrade', '']] })
  expect(verdict.summary).toBe('no 101: the request is no handshake')
  expect(verdict.reasons.map(({ text }) => text)).toEqual(['its method is POST, not GET', 'there is no Upgrade header'])
})

test('a location that nothing shows to be meant for WebSockets is told how to be mended', () => {
  expect(traced('server { location / { proxy_pass http://b; } }').verdict.cure).toMatch(/# ngxlint-websocket/)
  expect(traced('server { location /ws { proxy_pass http://b; } }').verdict.cure).toMatch(/--fix" cures it/)
})

test('the shadow that lies on a WebSocket location is named', () => {
  const text = 'server { location /ws { proxy_pass http://b; ALL } location ~ ^/w { root /srv; } }'
  expect(told(traced(text))).toBe('fails - websocket/shadowed-location')
})

test('a part of a configuration leaves it open', () => {
  const bare = { 'ws.conf': `location /ws { proxy_pass http://b; ${ALL} }` }
  expect(traced(bare).verdict.kind).toBe('unknown')
  const named = {
    'site.conf': `${MAP} server { server_name example.com; location /ws { proxy_pass http://b; ${ALL} } }`,
  }
  expect(traced(named).verdict.kind).toBe('opens')
  expect(traced(named, 'ws://other.example/ws').verdict.kind).toBe('unknown')
})

test('beaten locations are those that fit, in the path that is looked for last', () => {
  const { beaten, path } = traced(
    'server { rewrite ^/old/(.*) /ws/$1; location / { root /; } location /ws { proxy_pass http://b; ALL } location = /old/x { return 204; } }',
    'ws://example.com/old/x',
  )
  expect(path).toBe('/ws/x')
  expect(beaten.map(({ location, why }) => [location.directive?.argument(0), why])).toEqual([['/', 'longer prefix']])
})

test('what a reason quotes is text, not bytes', () => {
  const quotes = encodeFromDisplay('proxy_set_header Connection “upgrade”;')
  const { verdict } = traced(`server { location /ws { proxy_pass http://b; ${quotes} } }`)
  expect(verdict.reasons.map(({ text }) => text).join('\n')).toContain('gets "Connection: “upgrade”"')
})
