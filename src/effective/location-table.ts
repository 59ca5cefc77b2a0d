import { keyOfLines } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { type LocationPattern, locationPattern } from './location.ts'
import { type Effort, type FittingRegex, OrderedRegexes } from './ordered-regexes.ts'
import { patternOf } from './pattern.ts'
import type { Scope } from './scope.ts'

/** What the locations of a level have to do with a path. They are named by their index among the level's children. */
export interface Fitting {
  readonly exact: number | undefined
  /** The longest prefix. */
  readonly longest: number | undefined
  /** Those that the path would fit with a slash after it, where no location has the path itself. */
  readonly slashed: readonly number[]
  /** The first regex that matches, and those before it that nobody could try. */
  regex(): FittingRegex
}

/**
 * The locations directly in a server or a location, as they are written, ready to be looked up. What is in them does not
 * count: in a generated configuration thousands of servers have the same table.
 */
export class LocationTable {
  readonly regexes: OrderedRegexes
  readonly named = new Map<string, number>()
  readonly #exact = new Map<string, number>()
  readonly #prefixes = new Map<string, number>()
  /** Lengths of the prefixes, longest first. */
  readonly #lengths: readonly number[]
  readonly #found = new Map<string, Fitting>()

  /** @param patterns of the level's children; undefined for those that are no locations */
  constructor(
    readonly patterns: readonly (LocationPattern | undefined)[],
    effort: Effort,
  ) {
    this.regexes = new OrderedRegexes(effort)
    for (const [index, pattern] of patterns.entries()) {
      if (!pattern) continue
      const { match, path } = pattern
      if (match === 'exact') setFirst(this.#exact, path, index)
      else if (match === 'named') setFirst(this.named, path, index)
      else if (match === 'prefix' || match === 'prefix-first') setFirst(this.#prefixes, path, index)
      else this.regexes.add(index, patternOf(path, match === 'regex-ignoring-case'))
    }
    const lengths = new Set([...this.#prefixes.keys()].map((path) => path.length))
    this.#lengths = [...lengths].sort((one, other) => other - one)
  }

  /** The first half is ngx_http_core_find_static_location. */
  find(path: string): Fitting {
    const known = this.#found.get(path)
    if (known) return known
    const [longest] = this.prefixesOf(path)
    const isWhole = longest !== undefined && this.patterns[longest]?.path === path
    const slashed = isWhole ? [] : [this.#exact.get(`${path}/`), this.#prefixes.get(`${path}/`)]
    let regex: FittingRegex | undefined
    const found: Fitting = {
      exact: this.#exact.get(path),
      longest,
      slashed: slashed.filter((index) => index !== undefined),
      regex: () => {
        regex ??= this.regexes.first(path)
        return regex
      },
    }
    if (this.#found.size >= MOST_FOUND) this.#found.clear()
    this.#found.set(path, found)
    return found
  }

  /** The locations whose prefix a path has, longest first. */
  *prefixesOf(path: string): Generator<number> {
    for (const length of this.#lengths) {
      const index = length <= path.length ? this.#prefixes.get(path.slice(0, length)) : undefined
      if (index !== undefined) yield index
    }
  }
}

/** Paths whose answer a table remembers. */
const MOST_FOUND = 1000

/** nginx refuses a second location of one name. */
function setFirst(map: Map<string, number>, key: string, index: number): void {
  if (!map.has(key)) map.set(key, index)
}

/** The locations that stand directly in a server or a location. */
export const locationTableOf: (level: Scope) => LocationTable = memoize((level) => {
  const { tables, effort } = tablesWithin(level.server?.parent ?? level)
  const key = keyOfLines(level.children.flatMap(({ directive = [] }) => directive))
  let table = tables.get(key)
  if (!table) {
    table = new LocationTable(level.children.map(patternOfChild), effort)
    tables.set(key, table)
  }
  return table
})

const tablesWithin = memoize((_http: Scope) => ({ tables: new Map<string, LocationTable>(), effort: { tries: 0 } }))

function patternOfChild({ kind, directive }: Scope): LocationPattern | undefined {
  return kind === 'location' && directive ? locationPattern(directive) : undefined
}
