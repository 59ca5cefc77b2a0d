import { decodeForDisplay } from '../syntax/index.ts'
import { identitiesOf } from './identity.ts'
import type { Problem } from './problem.ts'

/** Problems that are known: so many of one rule, at lines with these words, in one file. */
export interface KnownProblem {
  readonly rule: string
  /** From the folder of the baseline. */
  readonly file: string
  readonly line: string
  readonly count: number
}

/** What a problem is known by; of several that are alike, those beyond the count are new. */
interface Sight {
  readonly known: Omit<KnownProblem, 'count'>
  readonly number: number
}

/** The problems as entries of a baseline, in the order of files, rules and lines. */
export function baselineOf(problems: readonly Problem[], pathOf: (path: string) => string): KnownProblem[] {
  const counts = new Map<string, KnownProblem>()
  for (const { known } of sightsOf(problems, pathOf).values()) {
    const key = keyOf(known)
    counts.set(key, { ...known, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  return inOrder([...counts.values()])
}

/** Entries in the order that a baseline has them in. */
export function inOrder(entries: readonly KnownProblem[]): KnownProblem[] {
  return [...entries].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
}

/** Tells the problems that are known from those that are new. */
export class Baseline {
  readonly #counts: ReadonlyMap<string, KnownProblem>
  readonly #pathOf: (path: string) => string
  #seen = new Map<string, number>()

  constructor(known: readonly KnownProblem[], pathOf: (path: string) => string) {
    this.#counts = new Map(known.map((entry) => [keyOf(entry), entry]))
    this.#pathOf = pathOf
  }

  /** How many were known of those looked at last. */
  get knownCount(): number {
    return [...this.#seen.values()].reduce((sum, count) => sum + count, 0)
  }

  /** The problems that are new. */
  readonly without = (problems: readonly Problem[]): readonly Problem[] => {
    const seen = new Map<string, number>()
    const sights = sightsOf(problems, this.#pathOf)
    const left = problems.filter((problem) => {
      const { known, number } = sights.get(problem) as Sight
      const key = keyOf(known)
      if (number > (this.#counts.get(key)?.count ?? 0)) return true
      seen.set(key, number)
      return false
    })
    this.#seen = seen
    return left
  }

  /**
   * The entries, less what is gone since: problems that were not among those looked at last, though their file was.
   * @param wasLookedAt by the file's name in the baseline
   */
  pruned(wasLookedAt: (file: string) => boolean): KnownProblem[] {
    return [...this.#counts].flatMap(([key, entry]) => {
      const count = wasLookedAt(entry.file) ? (this.#seen.get(key) ?? 0) : entry.count
      return count > 0 ? [{ ...entry, count }] : []
    })
  }

  get size(): number {
    return [...this.#counts.values()].reduce((sum, { count }) => sum + count, 0)
  }
}

function sightsOf(problems: readonly Problem[], pathOf: (path: string) => string): Map<Problem, Sight> {
  const sights = new Map<Problem, Sight>()
  for (const [problem, identity] of identitiesOf(problems, pathOf)) {
    const [rule = '', file = '', line = '', number = ''] = identity.split('\0')
    sights.set(problem, { known: { rule, file, line: decodeForDisplay(line) }, number: Number(number) })
  }
  return sights
}

function keyOf({ rule, file, line }: Omit<KnownProblem, 'count'>): string {
  return [file, rule, line].join('\0')
}
