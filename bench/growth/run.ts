/**
 * `npm run bench:growth -- --minutes N [--seed S] [--keep FOLDER]`: looks for configurations that take more than their share
 * of time when they get longer. It repeats statements of known ones, lints some and fixes others, and prints those whose
 * time grows faster than they do, twice in a row, with the milliseconds. With --keep, the texts are written to a folder.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { rules } from '../../rules/index.ts'
import { memoryFiles } from '../../src/config/index.ts'
import { fixConfigurations } from '../../src/fix/fix-configuration.ts'
import { findFaults } from '../../src/fix/prove.ts'
import { lintRoots } from '../../src/lint/lint-roots.ts'
import { Random } from '../../test/fuzz/random.ts'
import { timed } from '../measure.ts'
import { type Repeated, repeatSome } from './repeat.ts'
import { readTexts } from './texts.ts'

/** How much longer each text is than the one before. */
const STEP = 4

/** Times of proportional growth, of one step, that are none yet: caches and collectors have their part in them. */
const TOLERANCE = 1.6

/** Milliseconds below which nobody waits, however they have grown. */
const LEAST = 300

/** Milliseconds after which a text is not made longer. */
const MOST = 4_000

/** Bytes of the shortest of three texts, and copies in it, whichever are fewer. */
const BYTES = 80_000
const COPIES = 500

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string' }, keep: { type: 'string' } },
})
const minutes = Number(values.minutes)
if (!(minutes > 0)) throw new Error(`--minutes: "${values.minutes}" is no number of minutes`)
const seed = Number(values.seed ?? Date.now() % 2 ** 32)
const say = (text: string) => process.stdout.write(`${text}\n`)

say(`seed ${seed}, for ${minutes} minutes`)
const random = new Random(seed)
const texts = readTexts()
const end = Date.now() + minutes * 60_000
let runs = 0
let found = 0
while (Date.now() < end) {
  const own = random.pick(texts)
  const both = random.below(3) === 0 ? [own, random.pick(texts)] : [own]
  const repeated = repeatSome(both.map(({ text }) => text).join('\n'), random)
  if (!repeated) continue
  runs++
  const isFix = random.below(5) < 2
  const copies = Math.min(COPIES, Math.ceil(BYTES / (repeated.make(2).length - repeated.make(1).length)))
  const times = growing(repeated, copies, isFix)
  if (!times) continue
  found++
  const name = both.map(({ name }) => name).join(' and ')
  say(`${found}. ${times.map(Math.round).join(', ')} ms to ${isFix ? 'fix' : 'lint'} ${name}: ${repeated.name}`)
  if (values.keep) keep(values.keep, repeated, copies)
}
say(`${runs} configurations, ${found} of them slower than they are long`)
if (found > 0) process.exitCode = 1

/** Its times, where they grow faster than it; undefined where they don't. */
function growing(repeated: Repeated, copies: number, isFix: boolean): readonly number[] | undefined {
  const timeOf = (count: number, rounds = 1) => timed(rounds, () => work(repeated.make(count), isFix)).time
  const isGrown = (one: number, other: number) => other > LEAST && other > TOLERANCE * STEP * one
  const glimpse = timeOf(copies)
  if (glimpse > MOST) return [glimpse]
  if (!isGrown(glimpse, timeOf(copies * STEP))) return undefined
  // Something else may have been at work: once more, and on.
  const times = [timeOf(copies, 3), timeOf(copies * STEP)] as const
  if (!isGrown(...times) || times[1] > MOST) return isGrown(...times) ? times : undefined
  const last = timeOf(copies * STEP * STEP)
  return isGrown(times[1], last) ? [...times, last] : undefined
}

function work(text: string, isFix: boolean): void {
  const files = memoryFiles({ '/nginx.conf': text })
  if (isFix) findFaults(fixConfigurations(['/nginx.conf'], files, rules, { unsafe: true }), true)
  else lintRoots(['/nginx.conf'], files, rules)
}

function keep(folder: string, repeated: Repeated, copies: number): void {
  mkdirSync(folder, { recursive: true })
  for (const times of [1, STEP, STEP * STEP])
    writeFileSync(join(folder, `${found}.${times}.conf`), repeated.make(copies * times))
}
