import { expect, test } from '@jest/globals'
import { nearestOf, nearName } from '../../src/lint/near-name.ts'

const known = ['proxy_pass', 'proxy_set_header', 'proxy_hide_header', 'root', 'scgi_pass', 'mp4', 'listen']

test.each([
  ['proxy_pas', 'proxy_pass', true],
  ['porxy_pass', 'proxy_pass', true],
  ['Proxy_Pass', 'proxy_pass', true],
  ['proxy_set_haeder', 'proxy_set_header', true],
  ['lissten', 'listen', true],
  ['mp3', 'mp4', false],
  ['proxy_sit_heeder_', 'proxy_set_header', false],
])('%s was meant to be %s; certainly: %s', (typed, name, isCertain) => {
  expect(nearName(typed, known)).toEqual({ name, isCertain })
})

test('none is near, or too many are', () => {
  expect(nearName('frobnicate', known)).toBeUndefined()
  expect(nearName('', known)).toBeUndefined()
  expect(nearName('x'.repeat(5000), known)).toBeUndefined()
  expect(nearName('abcd_efgx', ['abcd_efga', 'abcd_efgb'])?.isCertain).toBe(false)
})

test('of very many names that are misspelt, the last ones are not looked for', () => {
  const many = Array.from({ length: 2_000 }, (_, number) => `zone_${String(number).padStart(6, '0')}`)
  const nearest = nearestOf(many)
  const found = many.map((name) => nearest(name.replace('zone', 'zoen'))?.name)
  expect(found[0]).toBe('zone_000000')
  expect(found.at(-1)).toBeUndefined()
  expect(found.indexOf(undefined)).toBeGreaterThan(100)
})
