import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { describeWithNginx } from '../e2e/describe-with-nginx.ts'
import { runCampaign } from './campaign.ts'
import { model, seedFromEnvironment, summary } from './campaigns.ts'
import { generatedCase } from './generator.ts'

const REQUESTS = 480
const LIMIT_MS = 20_000

describeWithNginx('the model against reality', (add) => {
  add(`${REQUESTS} requests: the model says what nginx does`, async () => {
    const result = await runCampaign(model, { runs: REQUESTS, seed: seedFromEnvironment(), limitMs: LIMIT_MS })
    process.stderr.write(`\nmodel against nginx: ${summary(result)}\n`)
    expect(result.disagreements).toEqual([])
    expect(result.counts.agreed ?? 0).toBeGreaterThan(result.counts['model does not say'] ?? 0)
  })
})

test('the generator makes what it is for: most requests get to a backend or an answer', () => {
  const cases = fc.sample(generatedCase(1), { numRuns: 50, seed: 1 })
  expect(new Set(cases.map(({ requests }) => requests[0]?.target)).size).toBeGreaterThan(20)
})
