/** The loop: change a known text, run everything on it, keep it if it shows something new. */
import { mutate } from './mutate.ts'
import type { Random } from './random.ts'
import { check } from './target.ts'

export interface Failure {
  readonly text: string
  readonly error: unknown
}

export interface FuzzResult {
  readonly runs: number
  readonly features: number
  /** The texts that showed something new, with what. */
  readonly found: ReadonlyMap<string, string>
  readonly failure: Failure | undefined
}

/** @param goOn whether there is time for one more run */
export async function fuzz(
  seeds: readonly string[],
  random: Random,
  goOn: (runs: number) => boolean,
): Promise<FuzzResult> {
  const pool: string[] = []
  const features = new Set<string>()
  const found = new Map<string, string>()
  let runs = 0
  const run = async (text: string, isSeed: boolean): Promise<Failure | undefined> => {
    runs++
    try {
      const seen = await check(text)
      const fresh = [...seen].filter((feature) => !features.has(feature))
      for (const feature of fresh) features.add(feature)
      if (isSeed || fresh.length > 0) pool.push(text)
      if (!isSeed && fresh.length > 0) found.set(text, fresh[0] as string)
      return undefined
    } catch (error) {
      return { text, error }
    }
  }
  const result = (failure: Failure | undefined): FuzzResult => ({ runs, features: features.size, found, failure })
  for (const seed of seeds) {
    const failure = await run(seed, true)
    if (failure) return result(failure)
  }
  while (goOn(runs)) {
    const failure = await run(mutate(random.pick(pool), random, pool), false)
    if (failure) return result(failure)
  }
  return result(undefined)
}
