import type { Pattern, PatternMatch } from './pattern.ts'

export interface FittingRegex {
  /** The number of the first regex that matches, and what it captured. */
  readonly index: number | undefined
  readonly match: PatternMatch | undefined
  /** Those before it that nobody could try. */
  readonly doubts: readonly number[]
}

/** What was done for all questions about a configuration together. */
export interface Effort {
  tries: number
}

/** Regexes that are tried. A large platform takes some hundred thousand; a stranger may have as many as questions. */
const MOST_TRIES = 10_000_000

interface Numbered {
  readonly index: number
  readonly regex: Pattern
}

/**
 * Regexes that are tried in order. A server may have thousands, most of which begin with a path of their own: they are
 * kept by what they begin with, so that of these only those are tried which a text may match.
 */
export class OrderedRegexes {
  readonly #all: Numbered[] = []
  readonly #byStart = new Map<string, Numbered[]>()
  /** The different lengths of these beginnings. */
  readonly #lengths = new Set<number>()
  readonly #effort: Effort

  constructor(effort: Effort = { tries: 0 }) {
    this.#effort = effort
  }

  /** Adds one behind the others. */
  add(index: number, regex: Pattern): void {
    const numbered = { index, regex }
    this.#all.push(numbered)
    const alike = this.#byStart.get(regex.start)
    if (alike) alike.push(numbered)
    else this.#byStart.set(regex.start, [numbered])
    this.#lengths.add(regex.start.length)
  }

  first(text: string): FittingRegex {
    const doubts: number[] = []
    const candidates = this.#candidates(text)
    const [some] = candidates
    this.#effort.tries += candidates.length
    if (some && this.#effort.tries > MOST_TRIES) return { index: undefined, match: undefined, doubts: [some.index] }
    for (const { index, regex } of candidates) {
      const match = regex.match(text)
      if (match) return { index, match, doubts }
      if (match === undefined) doubts.push(index)
    }
    return { index: undefined, match: undefined, doubts }
  }

  /** All that match. */
  matching(text: string): number[] {
    return this.#candidates(text)
      .filter(({ regex }) => regex.match(text))
      .map(({ index }) => index)
  }

  #candidates(text: string): readonly Numbered[] {
    if (text.endsWith('\n')) return this.#all
    const found: (readonly Numbered[])[] = []
    for (const length of this.#lengths) {
      const alike = length <= text.length ? this.#byStart.get(text.slice(0, length)) : undefined
      if (alike) found.push(alike)
    }
    const [only = [], ...others] = found
    return others.length === 0 ? only : found.flat().sort((one, other) => one.index - other.index)
  }
}
