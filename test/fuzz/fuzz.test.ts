/** The corpus, and a bounded run of the fuzzer from it: the same texts each time. `npm run fuzz` looks further. */
import { describe, expect, jest, test } from '@jest/globals'
import { readCorpus, readFixtures } from './corpus.ts'
import { fuzz } from './fuzz.ts'
import { Random } from './random.ts'
import { shrink } from './shrink.ts'
import { check } from './target.ts'

jest.setTimeout(120_000)

const RUNS = 400
const MOST_MS = 30_000

describe('the corpus', () => {
  test.each([...readCorpus()])('%s', async (_, text) => {
    await check(text)
  })
})

test(`${RUNS} texts made from it and the fixtures`, async () => {
  const seeds = [...readCorpus().values(), ...readFixtures()]
  const end = Date.now() + MOST_MS
  const { runs, failure } = await fuzz(seeds, new Random(1), (runs) => runs < seeds.length + RUNS && Date.now() < end)
  if (failure) throw new Error(`on ${JSON.stringify(failure.text)}`, { cause: failure.error })
  expect(runs).toBeGreaterThan(seeds.length)
})

test('a text is made small', async () => {
  expect(await shrink(`${'a'.repeat(100)}b${'c'.repeat(100)}`, async (text) => text.includes('b'))).toBe('b')
})
