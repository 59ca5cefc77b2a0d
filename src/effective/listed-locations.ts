import { type Configuration, type Directive, pathGlob, walkDirectives } from '../config/index.ts'
import { decodeForDisplay, type Statement } from '../syntax/index.ts'

/** Locations named outside of the configuration, in the settings: as in their lines, or as globs of their paths. */
export interface WebSocketLists {
  readonly locations?: readonly string[]
  /** Those that are none, whatever they look like. */
  readonly ignore?: readonly string[]
}

/** The `location` blocks that one of the texts names. */
export function listedLocations(configuration: Configuration, texts: readonly string[] = []): Set<Statement> {
  const found = new Set<Statement>()
  if (texts.length === 0) return found
  const tests = texts.map(locationTest)
  for (const directive of walkDirectives(configuration.directives))
    if (directive.name === 'location' && tests.some((test) => test(directive))) found.add(directive.statement)
  return found
}

// `/ws/`, `^~ /ws/`, `~ ^/chat`, `@ws` as in the line; `/app/*/ws` and `/ws/**` as globs of paths that are no regexes.
function locationTest(text: string): (location: Directive) => boolean {
  const wanted = text.trim().replaceAll(/\s+/g, ' ')
  const glob = pathGlob(wanted)
  return (location) => {
    const words = location.values.map((value) => decodeForDisplay(value))
    const path = words.at(-1) ?? ''
    if (words.join(' ') === wanted || path === wanted) return true
    return !words[0]?.startsWith('~') && glob.test(path)
  }
}
