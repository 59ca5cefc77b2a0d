import { expect, test } from '@jest/globals'
import { absence, statesIn, statesOf } from '../../src/nginx/states.ts'
import { parseVersion, type TargetVersion } from '../../src/nginx/version.ts'

const version = (text: string): TargetVersion => parseVersion(text) ?? 'unknown'

test('a directive is what it was in a version', () => {
  const counts = (target: TargetVersion) =>
    statesIn('stub_status', 'location', target).map(({ args }) => [args.min, args.max])
  expect(counts(version('1.6.0'))).toEqual([[1, 1]])
  expect(counts(version('1.8.0'))).toHaveLength(1)
  expect(counts('unknown').length).toBeGreaterThan(1)
})

test('one that a version has not got', () => {
  expect(statesOf('http2', version('1.22.1'))).toEqual([])
  expect(statesOf('http2', version('1.25.1'))).toHaveLength(1)
  expect(statesIn('proxy_pass', 'server', 'unknown')).toEqual([])
})

test('why', () => {
  expect(absence({ since: '1.25.1' }, version('1.22.1'))).toEqual({ since: '1.25.1' })
  expect(absence({ removed: '1.25.1' }, version('1.26.0'))).toEqual({ removed: '1.25.1' })
  expect(absence({ since: '1.25.1' }, version('1.25.1'))).toBeUndefined()
  expect(absence({ since: '1.25.1' }, 'unknown')).toBeUndefined()
  expect(absence({ since: '0.9.0', thirdParty: true }, version('0.8.0'))).toBeUndefined()
})
