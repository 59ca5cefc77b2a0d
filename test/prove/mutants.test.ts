import { expect, test } from '@jest/globals'
import { describeWithNginx } from '../e2e/describe-with-nginx.ts'
import { runCampaign } from './campaign.ts'
import { seedFromEnvironment, summary, syntax } from './campaigns.ts'
import { mutate } from './mutate.ts'

const MUTANTS = 200
const LIMIT_MS = 5000

describeWithNginx('syntax against reality', (add) => {
  add(
    `${MUTANTS} mutants: we report syntax where nginx refuses tokens or blocks, on its line or a better one`,
    async () => {
      const result = await runCampaign(syntax, { runs: MUTANTS, seed: seedFromEnvironment(), limitMs: LIMIT_MS })
      process.stderr.write(`\nsyntax against nginx: ${summary(result)}\n`)
      expect(result.disagreements).toEqual([])
      expect(result.total).toBeGreaterThan(0)
    },
  )
})

test.each([
  ['drop', 'a b'],
  ['double', 'a b;;'],
  ['swap', 'a ;b'],
  ['insert', 'a b};'],
] as const)('a mutation: %s', (kind, expected) => {
  // The fourth of the pieces "a", " ", "b", ";".
  const at = kind === 'swap' ? 2 * 2 : 3 * 2
  expect(mutate('a b;', [{ kind, at, to: 4, bytes: '}' }])).toBe(expected)
})
