import { expect, test } from '@jest/globals'
import { readHeader, withHeaders } from '../../src/diagnose/given-headers.ts'
import { parseSocketUrl } from '../../src/diagnose/socket-url.ts'

test.each([
  ['ws://example.com', 'ws://example.com/', 80, 'example.com', '/'],
  ['wss://example.com/a?b#c', 'wss://example.com/a?b', 443, 'example.com', '/a?b'],
  ['http://example.com:80/x', 'ws://example.com/x', 80, 'example.com', '/x'],
  ['https://Example.com:8443/x', 'wss://example.com:8443/x', 8443, 'example.com:8443', '/x'],
  ['ws://[::1]:8080/x', 'ws://[::1]:8080/x', 8080, '[::1]:8080', '/x'],
  ['wss://münchen.example/ü', 'wss://xn--mnchen-3ya.example/%C3%BC', 443, 'xn--mnchen-3ya.example', '/%C3%BC'],
])('%s', (text, href, port, authority, target) => {
  expect(parseSocketUrl(text)).toMatchObject({ href, port, authority, target })
})

test.each([
  ['example.com/ws', '"example.com/ws" is no URL; write wss://example.com/ws'],
  ['/ws', '"/ws" is no URL'],
  ['ftp://example.com/', '"ftp://example.com/": the scheme is none of ws, wss, http, https'],
  ['wss://', '"wss://" is no valid URL'],
  [
    'wss://u:p@example.com/',
    '"wss://u:p@example.com/": give a name and password with --header \'Authorization: Basic …\'',
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
