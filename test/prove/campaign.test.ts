import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Campaign, runCampaign } from './campaign.ts'

const numbers: Campaign<number> = {
  unit: 'numbers',
  open: async () => ({
    cases: fc.nat(),
    check: async () => ({ counts: { agreed: 1 }, disagreement: undefined }),
    close: async () => {},
  }),
}

test('on a machine so busy that the time is over before the first case, that one is compared', async () => {
  const { total, disagreements } = await runCampaign(numbers, { runs: 100, seed: 1, limitMs: 0 })
  expect({ total, disagreements }).toEqual({ total: 1, disagreements: [] })
})

test('with time, all are', async () => {
  expect((await runCampaign(numbers, { runs: 120, seed: 1 })).total).toBe(120)
})
