import type { Directive } from '../config/index.ts'
import { type LocationPattern, locationPattern } from './location.ts'
import { locationTableOf } from './location-table.ts'
import { findLocation } from './routing.ts'
import type { Scope } from './scope.ts'

/** A location that fits a path and does not answer for it. */
export interface BeatenLocation {
  readonly location: Scope
  /** The location that went before it, on the same level. */
  readonly by: Scope
  readonly why:
    | 'exact match'
    | 'longer prefix'
    /** `^~` keeps regexes from being tried. */
    | 'prefix before regexes'
    /** What is nested in the longest prefix goes before the regexes around it. */
    | 'nested location'
    | 'regex before prefixes'
    | 'earlier regex'
    | 'slash redirect'
}

/** The locations that fit a path as well as the one that answers, on its level and those around it, outermost first. */
export function beatenLocations(server: Scope, path: string): BeatenLocation[] {
  const { location, isSlashRedirect } = findLocation(server, path)
  const winners = [...(location?.outwards() ?? [])].filter(({ kind }) => kind === 'location').reverse()
  return winners.flatMap((by, index) => {
    const redirects = isSlashRedirect && by === location
    const hasNestedAnswer = index < winners.length - 1
    return [...fitting(by.parent as Scope, path)]
      .filter((candidate) => candidate !== by)
      .map((candidate): BeatenLocation => {
        const why = redirects
          ? 'slash redirect'
          : reason(patternOfLocation(candidate), patternOfLocation(by), hasNestedAnswer)
        return { location: candidate, by, why }
      })
  })
}

/** The locations directly in a level that fit a path, in the order in which nginx thinks of them. */
function* fitting(level: Scope, path: string): Generator<Scope> {
  const table = locationTableOf(level)
  const { exact } = table.find(path)
  for (const index of [exact, ...table.prefixesOf(path), ...table.regexes.matching(path)])
    if (index !== undefined) yield level.children[index] as Scope
}

function reason(beaten: LocationPattern, winner: LocationPattern, hasNestedAnswer: boolean): BeatenLocation['why'] {
  if (winner.match === 'exact') return 'exact match'
  if (isRegex(winner)) return isRegex(beaten) ? 'earlier regex' : 'regex before prefixes'
  if (!isRegex(beaten)) return 'longer prefix'
  return winner.match === 'prefix-first' && !hasNestedAnswer ? 'prefix before regexes' : 'nested location'
}

function isRegex({ match }: LocationPattern): boolean {
  return match === 'regex' || match === 'regex-ignoring-case'
}

function patternOfLocation(location: Scope): LocationPattern {
  return locationPattern(location.directive as Directive)
}
