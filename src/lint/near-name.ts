import { distance } from 'fastest-levenshtein'

/** The known name that a misspelt one was meant to be. */
export interface NearName {
  readonly name: string
  /** Whether it was a slip of the hand for certain: no other name is as near, and this one is very near. */
  readonly isCertain: boolean
}

/** Names that are compared in one run of a rule: a file that has more of them misspelt was not typed by hand. */
const COMPARISONS = 300_000

/** Looks for the nearest of the known names, for each name once, and for as long as that takes no time to speak of. */
export function nearNames(): (typed: string, known: readonly string[]) => NearName | undefined {
  const found = new Map<readonly string[], Map<string, NearName | undefined>>()
  let left = COMPARISONS
  return (typed, known) => {
    const among = found.get(known) ?? new Map<string, NearName | undefined>()
    found.set(known, among)
    if (!among.has(typed)) {
      left -= known.length
      among.set(typed, left > 0 ? nearName(typed, known) : undefined)
    }
    return among.get(typed)
  }
}

/** The same among names that are always the same ones. */
export function nearestOf(known: Iterable<string>): (typed: string) => NearName | undefined {
  const names = [...known]
  const nearest = nearNames()
  return (typed) => nearest(typed, names)
}

/** Beyond this length a name is none, and the distance takes the product of both lengths. */
const LONGEST = 100

/** Letters of one name for which so many may be wrong: one of four at most. */
const LETTERS_PER_SLIP = 4

/** The nearest of the known names; undefined where none is near. */
export function nearName(typed: string, known: Iterable<string>): NearName | undefined {
  if (typed === '' || typed.length > LONGEST) return undefined
  const limit = Math.max(1, Math.floor(typed.length / LETTERS_PER_SLIP))
  let nearest: string | undefined
  let least = limit + 1
  let isAlone = true
  for (const name of known) {
    if (Math.abs(name.length - typed.length) > limit) continue
    const far = slips(typed, name)
    if (far > limit || far > least) continue
    isAlone = far < least
    least = far
    nearest = name
  }
  if (nearest === undefined) return undefined
  const allowed = typed.length >= 2 * LETTERS_PER_SLIP ? 2 : 1
  return { name: nearest, isCertain: isAlone && least <= allowed && typed.length >= LETTERS_PER_SLIP }
}

/** How many slips lead from one name to the other; two letters in the wrong order, or letters of the wrong case, are one. */
function slips(typed: string, name: string): number {
  if (typed.toLowerCase() === name.toLowerCase()) return 1
  return isSwapped(typed, name) ? 1 : distance(typed, name)
}

function isSwapped(typed: string, name: string): boolean {
  if (typed.length !== name.length) return false
  let at = 0
  while (typed[at] === name[at]) at++
  return typed[at] === name[at + 1] && typed[at + 1] === name[at] && typed.slice(at + 2) === name.slice(at + 2)
}
