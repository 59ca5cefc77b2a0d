import { expect } from '@jest/globals'
import { describeWithNginx } from '../e2e/describe-with-nginx.ts'
import { runCampaign } from './campaign.ts'
import { fixes, seedFromEnvironment, summary } from './campaigns.ts'

const HANDSHAKES = 400
const LIMIT_MS = 15_000

describeWithNginx('fixes against reality', (add) => {
  add('a broken site is flagged, and its handshakes open after --fix; nothing else changes', async () => {
    const result = await runCampaign(fixes, { runs: HANDSHAKES, seed: seedFromEnvironment(), limitMs: LIMIT_MS })
    process.stderr.write(`\nfixes against nginx: ${summary(result)}\n`)
    expect(result.disagreements).toEqual([])
    expect(result.total).toBeGreaterThan(0)
  })
})
