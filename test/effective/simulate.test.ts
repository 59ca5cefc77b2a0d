import { describe, expect, test } from '@jest/globals'
import { simulate } from '../../src/effective/index.ts'
import { EXAMPLES } from './examples.ts'
import { modelOf } from './model-of.ts'
import { outcomeOf, tell } from './outcome-of.ts'

describe.each(Object.entries(EXAMPLES))('%s', (_, examples) => {
  test.each(examples)('%s for %s: %s', (server, target, expected, asked = {}) => {
    expect(tell(outcomeOf(server, target, asked))).toBe(expected)
  })
})

// What other versions make of it; test/effective/agreement.test.ts asks the one at hand.
test.each([
  ['1.19.5', 'location / { PASS }', 'http://example.com?x', '400'],
  ['1.19.6', 'location / { PASS }', 'http://example.com?x', 'GET /?x'],
  ['1.20.2', 'location "/w s/" { PASS }', '/w%20s', '301 → /w s/'],
  ['1.21.0', 'location "/w s/" { PASS }', '/w%20s', '301 → /w%20s/'],
  ['1.21.0', 'location / { PASS }', '/a b', 'unknown: undefined'],
  ['1.21.1', 'location / { PASS }', '/a b', '400'],
  ['1.21.0', 'location / { PASS }', '/', 'unknown: undefined', 'exa mple'],
  ['1.21.1', 'location / { PASS }', '/', '400', 'exa mple'],
  ...['a<b', 'a:x', 'a:65536', '[::1', '[::1]x', 'a@b', 'a:1:2'].flatMap((host) => [
    ['1.29.3', 'location / { PASS }', '/', 'GET /', host],
    ['1.29.4', 'location / { PASS }', '/', '400', host],
  ]),
  ...['a_b~!', '%zz', 'a:65535', 'a:', '[::1]:80', '[x]'].map((host) => [
    '1.29.4',
    'location / { PASS }',
    '/',
    'GET /',
    host,
  ]),
])('nginx %s: %s %s: %s', (version, server, target, expected, host = 'example.com') => {
  expect(tell(outcomeOf(server, target, { version, host }))).toBe(expected)
})

test('an `if` of a server has no settings of its own', () => {
  const outcome = outcomeOf('if ($uri) { return 403; }', '/')
  expect(outcome.kind === 'answered' && outcome.scope.kind).toBe('server')
})

test('a request without a host goes to the server without a name, and gets 400 from it', () => {
  const model = modelOf('http { server { server_name a; return 200; } server { return 200; } }')
  const request = { scheme: 'http', method: 'GET', target: '/', headers: [] } as const
  const outcome = simulate(model, { port: 80, request })
  expect(tell(outcome)).toBe('400')
  expect(outcome.server?.reason.kind).toBe('no name')
})

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
