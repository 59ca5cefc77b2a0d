import { expect, test } from '@jest/globals'
import { readHeader, withHeaders } from '../../src/diagnose/given-headers.ts'
import { parseSocketUrl } from '../../src/diagnose/socket-url.ts'

test.each([
  ['ws://example.com', 'ws://example.com/', 80, 'example.com', '/'],
  ['wss://example.com/a?b#c', 'wss://example.com/a?b', 443, 'example.com', '/a?b'],
  ['http://example.com:80/x', 'ws://example.com/x', 80, 'example.com', '/x'],
  ['https://Example.com:8443/x', 'wss://example.com:8443/x', 8443, 'example.com:8443', '/x'],
  ['WS://EXAMPLE.com./a%2Fb//c?d=%20', 'ws://example.com./a%2Fb//c?d=%20', 80, 'example.com.', '/a%2Fb//c?d=%20'],
  ['wss://[2001:DB8::1]/', 'wss://[2001:db8::1]/', 443, '[2001:db8::1]', '/'],
  ['ws://[::1]:8080/x', 'ws://[::1]:8080/x', 8080, '[::1]:8080', '/x'],
  ['wss://münchen.example/ü', 'wss://xn--mnchen-3ya.example/%C3%BC', 443, 'xn--mnchen-3ya.example', '/%C3%BC'],
])('%s', (text, href, port, authority, target) => {
  expect(parseSocketUrl(text)).toMatchObject({ href, port, authority, target })
})

test.each([
  ['example.com/ws', '"example.com/ws" is no URL; write wss://example.com/ws'],
  ['example.com:8443/ws', '"example.com:8443/ws" is no URL; write wss://example.com:8443/ws'],
  ['example.com:8080', '"example.com:8080" is no URL; write ws://example.com:8080'],
  ['localhost:3000/ws', '"localhost:3000/ws" is no URL; write ws://localhost:3000/ws'],
  ['[::1]:8080/ws', '"[::1]:8080/ws" is no URL; write ws://[::1]:8080/ws'],
  ['127.0.0.1/ws', '"127.0.0.1/ws" is no URL; write ws://127.0.0.1/ws'],
  ['münchen.example/ws', '"münchen.example/ws" is no URL; write wss://münchen.example/ws'],
  ['/ws', '"/ws" is no URL'],
  ['a b', '"a b" is no URL'],
  ['ftp://example.com/', '"ftp://example.com/": the scheme is none of ws, wss, http, https'],
  ['wss://', '"wss://" is no valid URL'],
  [
    'wss://u:p@example.com/',
    '"wss://…@example.com/": give a name and password with --header \'Authorization: Basic …\'',
  ],
])('%s is refused', (text, problem) => {
  expect(parseSocketUrl(text)).toEqual({ problem })
})

test('headers are taken in the places of the usual ones', () => {
  const usual = [
    ['Host', 'a'],
    ['Upgrade', 'websocket'],
  ] as const
  const given = ['host: b', 'Upgrade:', 'X: y'].map((text) => readHeader(text) as [string, string])
  expect(withHeaders(usual, given)).toEqual([
    ['host', 'b'],
    ['X', 'y'],
  ])
  for (const text of ['no colon', ': x', 'a b: c', 'A: b\r\nC: d']) expect(readHeader(text)).toBeUndefined()
})
