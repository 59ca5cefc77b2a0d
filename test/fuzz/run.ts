/**
 * `npm run fuzz -- --minutes N [--seed S] [--keep]`: looks for a text that breaks what must hold, for so long. Such a
 * one is made small and kept in test/fuzz/corpus, where each later run, and the tests, begin. With --keep, so are those
 * that show something new.
 */
import { parseArgs } from 'node:util'
import { keep, readCorpus, readFixtures } from './corpus.ts'
import { fuzz } from './fuzz.ts'
import { Random } from './random.ts'
import { shrink } from './shrink.ts'
import { check } from './target.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
})
const minutes = Number(values.minutes)
if (!(minutes > 0)) throw new Error(`--minutes: "${values.minutes}" is no number of minutes`)
const seed = Number(values.seed ?? Date.now() % 2 ** 32)
const say = (text: string) => process.stdout.write(`${text}\n`)

const end = Date.now() + minutes * 60_000
say(`seed ${seed}, for ${minutes} minutes`)
const { runs, features, found, failure } = await fuzz(
  [...readCorpus().values(), ...readFixtures()],
  new Random(seed),
  () => Date.now() < end,
)
say(`${runs} texts, ${features} things seen, ${found.size} texts that showed a new one`)
if (values.keep) {
  for (const [text, feature] of found) {
    const small = await shrink(text, async (shorter) => (await seenIn(shorter)).has(feature), 300)
    keep(small, feature)
  }
}
if (failure) {
  const reason = messageOf(failure.error)
  const small = await shrink(failure.text, async (text) => messageOf(await errorOf(text)) === reason)
  say(
    `${failure.error instanceof Error ? failure.error.stack : reason}\n\nkept as ${keep(small, 'broken')}:\n${JSON.stringify(small)}`,
  )
  process.exitCode = 1
}

async function seenIn(text: string): Promise<Set<string>> {
  try {
    return await check(text)
  } catch {
    return new Set()
  }
}

async function errorOf(text: string): Promise<unknown> {
  try {
    await check(text)
    return undefined
  } catch (error) {
    return error
  }
}

/** Without the numbers and names, which change while a text gets smaller. */
function messageOf(error: unknown): string | undefined {
  return error instanceof Error ? error.message.replace(/\d+|"[^"]*"/g, '…').slice(0, 60) : undefined
}
