import { describe, expect, test } from '@jest/globals'
import { EXAMPLES } from './examples.ts'
import { outcomeOf, tell } from './outcome-of.ts'

describe.each(Object.entries(EXAMPLES))('%s', (_, examples) => {
  test.each(examples)('%s for %s: %s', (server, target, expected, asked = {}) => {
    expect(tell(outcomeOf(server, target, asked))).toBe(expected)
  })
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
