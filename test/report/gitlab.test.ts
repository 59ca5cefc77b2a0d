import { describe, expect, test } from '@jest/globals'
import { CLEAN, print, REPORT } from './sample.ts'

describe('gitlab', () => {
  test('problems', async () => expect(JSON.parse(await print('gitlab', REPORT))).toMatchSnapshot())
  test('nothing', async () => expect(await print('gitlab', CLEAN)).toBe('[]\n'))
  test('fingerprints are unique', async () => {
    const issues: { fingerprint: string }[] = JSON.parse(await print('gitlab', REPORT))
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(REPORT.problems.length)
  })
})
