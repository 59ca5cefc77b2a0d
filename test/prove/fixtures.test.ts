/** What the names of the fixtures promise: bad ones fail where they are flagged, good and fixed ones give 101. */
import { expect, test } from '@jest/globals'
import { describeWithNginx } from '../e2e/describe-with-nginx.ts'
import { findNginx, nginxIsAtLeast } from '../e2e/nginx-binary.ts'
import { askFixture, fixtureNames, NOT_ASKED, reasonNotToAsk } from './fixtures.ts'

/** Since then nginx asks backends in HTTP/1.1 unasked: what was bad may be good. */
const hasOldDefaults = findNginx() !== undefined && !nginxIsAtLeast('1.29.7')

test('no reason is given for a fixture that is not there', () => {
  expect(Object.keys(NOT_ASKED).filter((name) => !fixtureNames().includes(name))).toEqual([])
})

describeWithNginx('fixtures against reality', (add) => {
  for (const name of fixtureNames()) {
    const reason = reasonNotToAsk(name)
    if (reason !== undefined) {
      process.stderr.write(`\nfixtures/${name} is not asked: ${reason}\n`)
      continue
    }
    for (const variant of ['good', 'fixed'] as const)
      add(`${name}/${variant} gives 101`, async () => {
        const results = await askFixture(name, variant)
        expect(results.filter(({ status, isGood, isFlagged }) => status !== 101 || !isGood || isFlagged)).toEqual([])
        expect(results.length).toBeGreaterThan(0)
      })
    if (hasOldDefaults)
      add(`${name}/bad fails where it is flagged, and only there`, async () => {
        const results = await askFixture(name, 'bad')
        const starts = results.some(({ status }) => status !== undefined)
        if (starts) expect(results.filter(({ status, isGood }) => (status === 101) !== isGood)).toEqual([])
        expect(results.filter(({ isGood, isFlagged }) => isGood === isFlagged)).toEqual([])
        expect(results.length).toBeGreaterThan(0)
      })
  }
})
