import { expect, test } from '@jest/globals'
import { didYouMean, nearestTo } from '../../src/lint/suggest.ts'

const RULES = ['syntax', 'websocket/upgrade-header', 'websocket/http-version', 'unused-suppression']

test.each([
  ['syntx', 'syntax'],
  ['sytnax', 'syntax'],
  ['SYNTAX', 'syntax'],
  ['upgrade-header', 'websocket/upgrade-header'],
  ['upgrade-heder', 'websocket/upgrade-header'],
  ['websockets/http-version', 'websocket/http-version'],
  ['unused', 'unused-suppression'],
  ['gzip', undefined],
  ['', undefined],
  ['x'.repeat(100_000), undefined],
])('%.40s → %s', (word, nearest) => {
  expect(nearestTo(word, RULES)).toBe(nearest)
  expect(didYouMean(word, RULES)).toBe(nearest === undefined ? '' : `; did you mean "${nearest}"?`)
})
