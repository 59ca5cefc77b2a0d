import { joinFixes } from './join-fixes.ts'
import { graver, type Problem } from './problem.ts'

/**
 * What one rule has found, place by place. A snippet that several blocks include is seen once per block, and a row once per location
 * that inherits it: what a rule shows there each time is one problem, though its words may differ. Where it has two
 * things to say of one place at one sight, they are two.
 */
export class FoundProblems {
  readonly #byPlace = new Map<string, Map<number, Found>>()
  /**
   * @param sight by which it was found: a block that includes the file, a location, a configuration
   * @returns whether it is another problem than those before
   */
  add(problem: Problem, sight: unknown): boolean {
    const { start, end } = problem.span
    const { realPath } = problem.file
    const ofFile = this.#byPlace.get(realPath) ?? new Map<number, Found>()
    this.#byPlace.set(realPath, ofFile)
    const key = start * LONGEST + Math.min(end - start, LONGEST - 1)
    const first = ofFile.get(key)
    if (!first) {
      ofFile.set(key, { problem, others: undefined, sight, next: undefined })
      return true
    }
    const same = find(first, (found) => found.problem.message === problem.message)
    const known = same ?? find(first, (found, index) => found.sight !== sight || index === MOST_AT_ONE_PLACE)
    if (known) {
      known.others ??= []
      known.others.push({ severity: problem.severity, fix: problem.fix })
      known.sight = sight
      return false
    }
    const last = find(first, ({ next }) => next === undefined) as Found
    last.next = { problem, others: undefined, sight, next: undefined }
    return true
  }

  all(): Problem[] {
    const problems: Problem[] = []
    for (const ofFile of this.#byPlace.values())
      for (const first of ofFile.values())
        for (let found: Found | undefined = first; found; found = found.next) problems.push(joined(found))
    return problems
  }
}

/** One problem of a place, and the next one there. */
interface Found {
  readonly problem: Problem
  /** What other sights of it have to add. */
  others: Pick<Problem, 'severity' | 'fix'>[] | undefined
  /** The one that had it last. */
  sight: unknown
  next: Found | undefined
}

/** The gravest counts. Where one of the sights can't be mended, a fix for the others would leave the problem there. */
function joined({ problem, others }: Found): Problem {
  if (!others) return problem
  const all = [problem, ...others]
  const severity = all.map((one) => one.severity).reduce(graver)
  const fixes = all.flatMap(({ fix }) => fix ?? [])
  return { ...problem, severity, fix: fixes.length === all.length ? joinFixes(fixes) : undefined }
}

/** More bytes than nearly all spans have; a file has so few (2 ** 28) that both fit into a number. */
const LONGEST = 2 ** 25

/** A person reads no more, and each further one is compared with all. */
const MOST_AT_ONE_PLACE = 100

function find(first: Found, isIt: (found: Found, index: number) => boolean): Found | undefined {
  let index = 0
  for (let found: Found | undefined = first; found; found = found.next) if (isIt(found, ++index)) return found
  return undefined
}
