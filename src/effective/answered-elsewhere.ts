import { locationPattern } from './location.ts'
import { locationTableOf } from './location-table.ts'
import type { EndpointMatch } from './match-endpoint.ts'
import { patternOf } from './pattern.ts'
import { findLocation } from './routing.ts'
import type { Scope } from './scope.ts'

/** What is known of a WebSocket location, and from what. */
interface Recognized {
  readonly scope: Scope
  readonly evidence: { readonly kind: string }
  readonly endpoint: EndpointMatch | undefined
}

/**
 * Leaves out the regexes of which nothing but their pattern tells, if other locations are there for these handshakes: those that
 * answer them, or that would but for the regex, and have the lines for it. Of the latter the rule
 * websocket/shadowed-location tells.
 */
export function withoutAnsweredElsewhere<One extends Recognized>(all: One[]): One[] {
  if (!all.some(mayBeAnsweredElsewhere)) return all
  const known: Known = {
    all: new Set(all.map(({ scope }) => scope.location)),
    withLines: new Set(all.filter(hasLines).map(({ scope }) => scope.location)),
  }
  return all.filter((one) => !mayBeAnsweredElsewhere(one) || !isAnsweredElsewhere(one, known))
}

interface Known {
  readonly all: ReadonlySet<Scope | undefined>
  readonly withLines: ReadonlySet<Scope | undefined>
}

function hasLines({ evidence }: Recognized): boolean {
  return evidence.kind === 'header' || evidence.kind === 'declared'
}

function mayBeAnsweredElsewhere({ evidence, endpoint }: Recognized): boolean {
  return evidence.kind === 'endpoint' && endpoint?.ways?.paths !== undefined
}

function isAnsweredElsewhere({ scope, endpoint }: Recognized, known: Known): boolean {
  const location = scope.location
  const { server, parent, directive } = location ?? {}
  if (!server || !parent || !directive) return false
  // A rewrite of the server may lead elsewhere, and a file that nobody read may hold any location.
  if (server.own('rewrite').length > 0 || server.unresolved.length > 0) return false
  const { match, path: regex } = locationPattern(directive)
  const pattern = patternOf(regex, match !== 'regex')
  return (endpoint?.ways?.paths ?? []).every((path) => {
    if (!pattern.match(path)) return false
    const choice = findLocation(server, path)
    if (choice.doubts.length > 0 || !choice.location) return false
    return choice.location === location
      ? known.withLines.has(withoutRegexes(parent, path))
      : known.all.has(choice.location)
  })
}

/** The location of a level that would answer if no regex were tried. */
function withoutRegexes(level: Scope, path: string): Scope | undefined {
  const { longest } = locationTableOf(level).find(path)
  return longest === undefined ? undefined : level.children[longest]
}
