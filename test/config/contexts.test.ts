import { expect, test } from '@jest/globals'
import { walkDirectives } from '../../src/config/index.ts'
import { load } from './load-tree.ts'

/** `x` stands where the context is asked for. */
const examples: readonly [context: string, text: string][] = [
  ['main', 'x;'],
  ['events', 'events { x; }'],
  ['http', 'http { x; }'],
  ['server', 'http { server { x; } }'],
  ['location', 'http { server { location / { x; } } }'],
  ['location', 'http { server { location / { location /a { x; } } } }'],
  ['if in server', 'http { server { if ($a) { x; } } }'],
  ['if in location', 'http { server { location / { if ($a) { x; } } } }'],
  ['limit_except', 'http { server { location / { limit_except GET { x; } } } }'],
  ['upstream', 'http { upstream u { x; } }'],
  ['stream', 'stream { x; }'],
  ['stream server', 'stream { server { x; } }'],
  ['stream upstream', 'stream { upstream u { x; } }'],
  ['mail', 'mail { x; }'],
  ['mail server', 'mail { server { x; } }'],
  ['none', 'http { map $a $b { x; } }'],
  ['none', 'http { types { x; } }'],
  ['none', 'http { unheard_of { x; } }'],
  ['none', 'http { unheard_of { server { x; } } }'],
  ['none', 'http { location / { x; } }'],
  ['none', 'http { server { location / { if ($a) { if ($b) { x; } } } } }'],
]

test.each(examples)('%s: %s', (context, text) => {
  const [x] = [...walkDirectives(load({ 'nginx.conf': `events {} ${text}` }).directives)].filter(
    ({ name }) => name === 'x',
  )
  expect(x?.context ?? 'none').toBe(context)
})

test.each(examples)('%s, by an include: %s', (context, text) => {
  const texts = { 'nginx.conf': `events {} ${text.replace('x;', 'include x;')}`, x: 'x;' }
  const [x] = [...walkDirectives(load(texts).directives)].filter(({ name }) => name === 'x')
  expect(x?.context ?? 'none').toBe(context)
})
