import type { Directive } from '../../src/config/index.ts'
import { memoize } from '../../src/config/memoize.ts'
import {
  assessHandshake,
  isGood,
  type LocationPattern,
  locationPattern,
  type Scope,
  type WebSocketLocation,
} from '../../src/effective/index.ts'
import { patternOf } from '../../src/effective/pattern.ts'
import { findLocation } from '../../src/effective/routing.ts'
import { samplePaths } from '../../src/effective/sample-path.ts'
import { lacksSlash, meantPattern, withSlash } from '../../src/lint/reach-of-locations.ts'
import { defineRule, type Finding, type Subject } from '../../src/lint/rule.ts'
import { because, doubt, lineReference, locationName, relatedDirective } from '../../src/lint/wording.ts'
import { decodeForDisplay } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'Another location answers the handshakes that a WebSocket location is there for',
  severity: 'error',
  fix: 'unsafe', // requests come to a location that none came to
  see: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',

  eachWebSocketLocation(location, report, subject) {
    const server = location.scope.server
    const own = location.scope.location?.directive
    if (!server || !own) return
    const pattern = locationPattern(own)
    if (lacksSlash(location.scope.location ?? location.scope, subject.model)) {
      report(withoutSlash(location, own, pattern))
      return
    }
    const meant = meantPattern(pattern)
    if (meant !== undefined) {
      report(takenByLetters(location, own, meant))
      return
    }
    const paths = handshakePaths(location, pattern)
    const other = answering(server, paths)
    if (!other?.directive || other.directive === own || mayServeWebSockets(other, subject)) return
    const line = lineReference(other.directive, own, subject.model.configuration)
    const path = decodeForDisplay(paths[0] ?? '')
    report({
      at: own,
      message: `handshakes to ${path} never get here: ${locationName(other)} (${line}) answers them, and not as a WebSocket; ${wayOut(pattern, path, isRegexBeside(other, location))} ${because(location)}`,
      related: [relatedDirective(other.directive, `answers ${path}`)],
      ...doubt(location, server.isAssumed ? 'outside' : 'certain'),
    })
  },
})

/** A path with a `*` at its end, or one that was meant for a regex: nginx takes all of it for letters. */
function takenByLetters(location: WebSocketLocation, own: Directive, meant: string): Finding {
  const what = meant.startsWith('~') ? 'a regex' : 'a wildcard'
  const word = own.arguments.at(-1)
  const [, stars = ''] = /(\*+)["']?$/.exec(word?.raw ?? '') ?? []
  const isFree = !location.scope.location?.parent || !pathsIn(location.scope.location.parent).has(meant)
  const start = (word?.start ?? 0) + (word?.raw.lastIndexOf(stars) ?? 0)
  return {
    at: own,
    message: `no handshake gets here: without "~" nginx takes ${what} for plain text, and a prefix needs none; write "location ${decodeForDisplay(meant)}" ${because(location)}`,
    edits:
      what === 'a wildcard' && isFree && stars !== ''
        ? [{ file: own.file, edit: { start, end: start + stars.length, text: '' } }]
        : [],
    ...doubt(location),
  }
}

function withoutSlash(location: WebSocketLocation, own: Directive, { match, path }: LocationPattern): Finding {
  const meant = match === 'regex' || match === 'regex-ignoring-case' ? undefined : withSlash(path)
  const word = own.arguments.at(-1)
  const parent = location.scope.location?.parent
  const start = (word?.start ?? 0) + (word?.raw.lastIndexOf(path) ?? 0)
  const isFree = meant !== undefined && parent !== undefined && !pathsIn(parent).has(meant)
  return {
    at: own,
    message: `no handshake gets here, for every path begins with a slash${meant === undefined ? '' : `: write "location ${decodeForDisplay(meant)}"`} ${because(location)}`,
    edits:
      isFree && word?.raw.endsWith(path)
        ? [{ file: own.file, edit: { start, end: start + path.length, text: meant } }]
        : [],
    ...doubt(location),
  }
}

/** The paths of a level's locations, whatever stands before them. */
const pathsIn = memoize(
  (level: Scope): ReadonlySet<string> =>
    new Set(level.children.flatMap(({ directive }) => (directive ? [locationPattern(directive).path] : []))),
)

/** The location that for certain answers all of these paths. */
function answering(server: Scope, paths: readonly string[]): Scope | undefined {
  // A rewrite of the server may lead elsewhere, and a file that nobody read may hold any location.
  if (paths.length === 0 || server.own('rewrite').length > 0 || server.unresolved.length > 0) return undefined
  const choices = paths.map((path) => findLocation(server, path))
  const found = choices[0]?.location
  const isCertain = choices.every(
    ({ location, doubts, isSlashRedirect }) => location === found && doubts.length === 0 && !isSlashRedirect,
  )
  return isCertain ? found : undefined
}

/** Whether it is fit for handshakes, or reported for itself, or sends requests on to where nobody knows. */
function mayServeWebSockets(other: Scope, { model, webSockets }: Subject): boolean {
  const isDetour = ['rewrite', 'try_files', 'error_page'].some((name) => other.own(name).length > 0)
  const isWebSocket = webSocketLocations(webSockets).has(other)
  const proxies = [...other.inwards()].filter((scope) => scope.location === other && scope.own('proxy_pass').length > 0)
  const isFit = proxies.some((scope) => isGood(assessHandshake(scope, model)))
  return isDetour || isWebSocket || isFit || other.unresolved.length > 0
}

const webSocketLocations = memoize(
  (webSockets: readonly WebSocketLocation[]) => new Set(webSockets.map(({ scope }) => scope.location)),
)

/** Paths of which at least one is asked for: the endpoint's, where it is known and lies under the location. */
function handshakePaths({ endpoint, isSocketsOnly }: WebSocketLocation, { match, path }: LocationPattern): string[] {
  const known = endpoint?.endpoint?.paths.map((listed) => listed.replace(/\*\*$/, '')).filter(isPlain) ?? []
  switch (match) {
    case 'exact':
      return [path]
    case 'prefix':
    case 'prefix-first': {
      const below = known.filter((listed) => listed.startsWith(path))
      if (below.length > 0) return below
      if (isSocketsOnly && !path.endsWith('/')) return [path]
      // Its own path may have a page of its own; what lies below, too, is all of it.
      return [path, path.endsWith('/') ? `${path}x` : `${path}/x`]
    }
    case 'regex':
    case 'regex-ignoring-case': {
      const listed = known.filter((one) => patternOf(path, match !== 'regex').match(one))
      // Of a regex that begins somewhere in the path, nobody knows what comes before.
      return listed.length > 0 ? listed : /^\^?\//.test(path) ? samplePaths(path, match !== 'regex') : []
    }
    case 'named':
      return []
  }
}

function isPlain(path: string): boolean {
  return !path.includes('*')
}

/** Whether it is a regex on the same level, which nginx can be told not to try. */
function isRegexBeside(other: Scope, { scope }: WebSocketLocation): boolean {
  const match = other.directive && locationPattern(other.directive).match
  return (match === 'regex' || match === 'regex-ignoring-case') && other.parent === scope.location?.parent
}

function wayOut({ match, path }: LocationPattern, wanted: string, isRegex: boolean): string {
  if (!isRegex) return 'set that one right'
  if (match !== 'prefix') return 'move this location before it, or set that one right'
  // `^~` for a wider location would keep all others' regexes from being tried.
  const write = decodeForDisplay(path) === wanted ? 'write' : 'give it a'
  return `${write} "location ^~ ${wanted}", so that regexes are not tried, or set that one right`
}
