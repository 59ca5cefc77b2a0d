import { describe, expect, test } from '@jest/globals'
import type { Origin } from '../../src/effective/upstream-request.ts'
import { type Asked, upstreamOf } from './outcome-of.ts'

/** The headers as they are sent; `?` is a value that is not known. */
function headersOf(server: string, asked: Asked = {}, target = '/'): string[] {
  return upstreamOf(server, target, asked).headers.map(({ name, value = '?' }) => `${name}: ${value}`)
}

const CLIENT: Asked = {
  headers: [
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['X-A', '1'],
    ['x-a', '2'],
    ['X_B', '3'],
  ],
}

describe('the headers that a backend gets', () => {
  test.each([
    ['by default', 'location / { PASS }', CLIENT, ['Host: b', 'Connection: close', 'X-A: 1', 'x-a: 2']],
    ['since 1.29.7', 'location / { PASS }', { ...CLIENT, version: '1.29.7' }, ['Host: b', 'X-A: 1', 'x-a: 2']],
    [
      'with rows, in their order and case',
      'location / { PASS proxy_set_header upgrade $http_upgrade; proxy_set_header HOST $host; }',
      CLIENT,
      ['upgrade: websocket', 'HOST: example.com', 'Connection: close', 'X-A: 1', 'x-a: 2'],
    ],
    [
      'a row of its own drops those of the server',
      'proxy_set_header Upgrade x; location / { PASS proxy_set_header X-A y; }',
      CLIENT,
      ['X-A: y', 'Host: b', 'Connection: close'],
    ],
    [
      'a blank row sends nothing, a doubled one two',
      'location / { PASS proxy_set_header X-A ""; proxy_set_header C 1; proxy_set_header C 2; proxy_set_header D $arg_x; }',
      CLIENT,
      ['C: 1', 'C: 2', 'Host: b', 'Connection: close'],
    ],
    [
      'without those of the client',
      'location / { PASS proxy_pass_request_headers off; }',
      CLIENT,
      ['Host: b', 'Connection: close'],
    ],
    [
      'underscores, where they are allowed',
      'underscores_in_headers on; location / { PASS proxy_set_header C $http_x_b; }',
      CLIENT,
      ['C: 3', 'Host: b', 'Connection: close', 'X-A: 1', 'x-a: 2', 'X_B: 3'],
    ],
    [
      'a header that came twice is joined since 1.23.0',
      'location / { PASS proxy_set_header X-A $http_x_a; }',
      { ...CLIENT, version: '1.23.0' },
      ['X-A: 1, 2', 'Host: b', 'Connection: close'],
    ],
    [
      'before, the first counts',
      'location / { PASS proxy_set_header X-A $http_x_a; }',
      CLIENT,
      ['X-A: 1', 'Host: b', 'Connection: close'],
    ],
    [
      'what is not known',
      'location / { PASS proxy_set_header X-A $remote_addr; }',
      CLIENT,
      ['X-A: ?', 'Host: b', 'Connection: close'],
    ],
    [
      'the port, unless it is the usual one',
      'location / { proxy_pass http://b:8080; }',
      {},
      ['Host: b:8080', 'Connection: close'],
    ],
    ['the usual one', 'location / { proxy_pass https://b:443; }', {}, ['Host: b', 'Connection: close']],
    ['a socket', 'location / { proxy_pass http://unix:/x:/y; }', {}, ['Host: localhost', 'Connection: close']],
    [
      'the length of a body',
      'location / { PASS proxy_set_body abc; }',
      {},
      ['Host: b', 'Connection: close', 'Content-Length: 3'],
    ],
    [
      'Host first, since 1.31.4, and never without a value',
      'location / { PASS proxy_http_version 1.1; proxy_set_header A 1; proxy_set_header host ""; }',
      { version: '1.31.4' },
      ['Host: b', 'A: 1'],
    ],
  ])('%s', (_, server, asked, expected) => expect(headersOf(server, asked as Asked)).toEqual(expected))

  test.each([
    ["map $http_upgrade $c { default upgrade; '' close; }", '/', 'upgrade'],
    ['map $uri $c { ~^/(.*)$ $1; }', '/a', 'a'],
    ['map $arg_x $c { ~.* any; default none; }', '/', 'none'],
    ['map $C2 $c { default $c2; } map $uri $c2 { volatile; default v; }', '/', 'v'],
    ['map $host $c { hostnames; .com dot; *.example.com star; }', '/', 'dot'],
    ['map $uri $c { ~(?=x) 1; }', '/', '?'],
  ])('%s gives for %s: %s', (http, target, expected) => {
    const asked = { ...CLIENT, http }
    expect(headersOf('location / { PASS proxy_set_header X $c; }', asked, target)[0]).toBe(`X: ${expected}`)
  })
})

describe('where each part comes from', () => {
  const tell = (origin: Origin) =>
    origin.kind === 'directive'
      ? origin.directive.name
      : `${origin.kind}${origin.kind === 'default' && origin.changedIn ? ` until ${origin.changedIn}` : ''}`
  const parts = (server: string, asked?: Asked) => {
    const { method, uri, version, headers } = upstreamOf(server, '/a', asked)
    return [
      `${tell(method.origin)} ${method.value}`,
      `${tell(uri.origin)} ${uri.value}`,
      `${tell(version.origin)} ${version.value}`,
      ...headers.map(({ name, origin }) => `${tell(origin)} ${name}`),
    ]
  }

  test('nothing is said', () => {
    expect(parts('location / { PASS }', { headers: [['A', '1']] })).toEqual([
      'client GET',
      'client /a',
      'default until 1.29.7 1.0',
      'default Host',
      'default until 1.29.7 Connection',
      'client A',
    ])
  })

  test('all is said', () => {
    const rows = 'proxy_set_header Host x; proxy_set_header Connection "";'
    expect(parts(`location / { proxy_pass http://b/z/; proxy_method POST; proxy_http_version 1.1; ${rows} }`)).toEqual([
      'proxy_method POST',
      'proxy_pass /z/a',
      'proxy_http_version 1.1',
      'proxy_set_header Host',
    ])
  })
})
