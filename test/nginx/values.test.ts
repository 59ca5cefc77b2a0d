import { expect, test } from '@jest/globals'
import type { DirectiveEntry } from '../../src/nginx/directives.ts'
import { refusedValue } from '../../src/nginx/values.ts'

const entry = (type: NonNullable<DirectiveEntry['type']>, more: Partial<DirectiveEntry> = {}): DirectiveEntry => ({
  module: 'm',
  contexts: [],
  args: { min: 1, max: 1 },
  block: false,
  type,
  ...more,
})

test.each<[NonNullable<DirectiveEntry['type']>, string, boolean]>([
  ['flag', 'on', true],
  ['flag', 'OFF', true],
  ['flag', 'yes', false],
  ['number', '12', true],
  ['number', '-1', false],
  ['number', '', false],
  ['size', '1', true],
  ['size', '8K', true],
  ['size', '1g', true],
  ['size', '1mb', false],
  ['size', '1.5m', false],
  ['time', '60', true],
  ['time', '1h30m', true],
  ['time', '1d 12h', true],
  ['time', '1y2M3w4d5h6m7s8ms', true],
  ['time', '500ms', true],
  ['time', '30m 1h', false],
  ['time', '1h1h', false],
  ['time', '60sec', false],
  ['time', 's', false],
  ['time', '', false],
  ['string', 'anything', true],
])('%s %j: %s', (type, value, isTaken) => {
  expect(refusedValue(entry(type), [value]) === undefined).toBe(isTaken)
})

test('a variable, where one may stand', () => {
  expect(refusedValue(entry('size', { vars: true }), ['$rate'])).toBeUndefined()
  expect(refusedValue(entry('size'), ['$rate'])).toEqual({ index: 0, wanted: 'a size, such as 8k or 1m' })
})

test('words, and which of them is refused', () => {
  const set = entry('set', { args: { min: 1, max: Number.POSITIVE_INFINITY }, values: ['a', 'b'] })
  expect(refusedValue(set, ['a', 'B'])).toBeUndefined()
  expect(refusedValue(set, ['a', 'c'])).toEqual({ index: 1, wanted: '"a" or "b"' })
})

test('a range', () => {
  expect(refusedValue(entry('number', { range: [1, 9] }), ['10'])?.wanted).toBe('a number from 1 to 9')
})
