import { distance } from 'fastest-levenshtein'

/** `; did you mean "x"?` for the known word nearest to one that is not known; empty where none is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const nearest = nearestTo(word, known)
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`
}

/** The known word that someone who wrote `word` most likely meant. */
export function nearestTo(word: string, known: readonly string[]): string | undefined {
  if (word === '') return undefined
  // Long input is no slip of the hand, and the distance takes the product of both lengths.
  const typed = word.slice(0, 100).toLowerCase()
  let nearest: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const candidate of known) {
    const far = Math.min(...namesOf(candidate).map((name) => farness(typed, name)))
    if (far < least) {
      least = far
      nearest = candidate
    }
  }
  return least <= 0.4 ? nearest : undefined
}

/** The file that someone meant who wrote the name of one that is not there. */
export function nearestFileName(written: string, names: readonly string[]): string | undefined {
  // Nearly all have the same ending, which makes none of them nearer.
  const stem = nearestTo(stemOf(written), names.map(stemOf))
  return names.find((name) => stemOf(name) === stem)
}

function stemOf(name: string): string {
  return name.replace(/(?<=.)\.[^.]*$/, '')
}

/** 0 for the same word, 1 for one with nothing in common. */
function farness(typed: string, name: string): number {
  if (typed === name) return 0
  if (typed.length > 3 && name.includes(typed)) return 0.1
  // Letters in the wrong order are the most common slip, and two edits to the distance.
  const isMixedUp = typed.length === name.length && sorted(typed) === sorted(name)
  return (isMixedUp ? Math.min(1, distance(typed, name)) : distance(typed, name)) / Math.max(typed.length, name.length)
}

function sorted(word: string): string {
  return [...word].sort().join('')
}

/** A rule may be asked for without its category. */
function namesOf(candidate: string): string[] {
  const slash = candidate.lastIndexOf('/')
  return slash === -1 ? [candidate] : [candidate, candidate.slice(slash + 1)]
}
