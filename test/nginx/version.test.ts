import { describe, expect, test } from '@jest/globals'
import { compareVersions, formatVersion, isAtLeast, parseVersion } from '../../src/nginx/version.ts'

describe('parseVersion', () => {
  test.each([
    ['1.22.1', '1.22.1'],
    ['1.22', '1.22.0'],
    ['nginx/1.22.1', '1.22.1'],
    ['nginx version: nginx/1.18.0 (Ubuntu)\n', '1.18.0'],
    ['openresty/1.21.4.1', '1.21.4'],
    ['nginx version: openresty/1.27.1.2', '1.27.1'],
    ['0.9.7', '0.9.7'],
    ['1.31.5', '1.31.5'],
    ['1.40.0', '1.40.0'],
  ])('%j is %s', (text, version) => {
    const parsed = parseVersion(text)
    expect(parsed && formatVersion(parsed)).toBe(version)
  })

  test.each(['', '1', '99.1', '2.0.0', '0.10.1', '1.x', '1.22.x', '1.22.1.4', '-1.2', 'v1.22', 'auto', 'nginx'])(
    '%j is none',
    (text) => {
      expect(parseVersion(text)).toBeUndefined()
    },
  )
})

test.each([
  ['1.9.15', '1.10.0', -1],
  ['1.22.1', '1.22.1', 0],
  ['1.22', '1.22.0', 0],
  ['1.29.10', '1.29.7', 1],
  ['1.0.0', '0.9.7', 1],
])('%s compared with %s', (a, b, sign) => {
  expect(Math.sign(compareVersions(parseVersion(a)!, parseVersion(b)!))).toBe(sign)
})

describe('isAtLeast', () => {
  test.each([
    ['1.29.7', true],
    ['1.30.0', true],
    ['1.29.6', false],
    ['1.22.1', false],
  ])('%s is 1.29.7 or newer: %s', (version, expected) => {
    expect(isAtLeast(parseVersion(version)!, '1.29.7')).toBe(expected)
  })

  test('an unknown version is not known to be new', () => {
    expect(isAtLeast('unknown', '0.1.0')).toBe(false)
  })

  test('refuses a bound that is no version', () => {
    expect(() => isAtLeast(parseVersion('1.22.1')!, '1.x')).toThrow(RangeError)
  })
})
