import { genericEndpointSegments, type WebSocketEndpoint, webSocketEndpoints } from './websocket-endpoints.ts'

export interface EndpointMatch {
  /** Undefined where only a generic segment or word told: `ws` says what is spoken, not which product speaks it. */
  readonly endpoint: WebSocketEndpoint | undefined
  /** The path of the table, or the segment or word, that told. */
  readonly matched: string
  /** For messages: `Socket.IO endpoint /socket.io`, `path segment "ws"`, `word "ws" in the name "ws-backend"`. */
  readonly label: string
  /** Of a regular expression, what else there is to say. */
  readonly ways?: {
    /** The literal paths that name an endpoint; undefined where some of them are not wholly literal. */
    readonly paths: readonly string[] | undefined
    /** Whether all that it matches names one: `^/(api|ws)/` also lets in requests that have to do with none. */
    readonly areAll: boolean
  }
}

/** Of the paths asked for last: a generated configuration has few, in thousands of servers. Null where there is none. */
const pathsKnown = new Map<string, EndpointMatch | null>()
const MOST_KNOWN = 1000

/**
 * The endpoint that the path of a location or of a `proxy_pass` names.
 *
 * A path below an endpoint (`/ws/chat`) counts, and so does an application in a folder (`/grafana/api/live/ws`). A path
 * above one does not: `/api/` leads to many endpoints, and to more that are none.
 *
 * @param path decoded, without query
 */
export function matchPath(path: string): EndpointMatch | undefined {
  const known = pathsKnown.get(path)
  if (known !== undefined) return known ?? undefined
  const segments = path.toLowerCase().split('/').filter(Boolean)
  const found = matchSegments(segments, path.startsWith('/'))
  if (pathsKnown.size >= MOST_KNOWN) pathsKnown.clear()
  pathsKnown.set(path, found ?? null)
  return found
}

/**
 * The endpoint that the regular expression of a location names, read from its literal segments. Undefined where in
 * doubt: under a look-around, where a segment is only partly literal, where it may begin in the middle of a word.
 */
export function matchPattern(pattern: string): EndpointMatch | undefined {
  const { found, isWhole } = readings(pattern)
  const matches = found.map(({ text, fromRoot }) => matchSegments(text.split('/').filter(Boolean), fromRoot))
  const first = matches.find((match) => match !== undefined)
  if (!first) return undefined
  const telling = found.filter((_, index) => matches[index])
  const isLiteral = telling.every(({ text, fromRoot }) => fromRoot && !text.includes(UNKNOWN))
  const paths = isLiteral ? telling.map(({ text }) => text) : undefined
  return { ...first, ways: { paths, areAll: isWhole && telling.length === found.length } }
}

/**
 * The endpoint that the name of an upstream, a host or a named location tells by a whole word: `ws-backend`,
 * `socketio_nodes` and `WebSocketPool` do; `news`, `aws` and `wsgi` don't.
 */
export function matchName(name: string): EndpointMatch | undefined {
  const words = wordsOf(name)
  let generic: EndpointMatch | undefined
  for (let from = 0; from < words.length; from++) {
    // `web_socket`, `SocketIO` and `action-cable` are words that the split took apart.
    for (const to of [from + 2, from + 1]) {
      const word = words.slice(from, to).join('')
      const endpoint = endpointsByWord.get(word)
      if (endpoint) return { endpoint, matched: word, label: `${endpoint.product} by the name "${name}"` }
      if (joinableWords.has(word) || (to === from + 1 && genericWords.has(word))) {
        generic ??= { endpoint: undefined, matched: word, label: `word "${word}" in the name "${name}"` }
      }
    }
  }
  return generic
}

// Paths

interface EndpointPath {
  readonly endpoint: WebSocketEndpoint
  readonly path: string
  readonly segments: readonly string[]
  /** Segments that are written out: the more of them, the surer the match. */
  readonly literals: number
}

const genericSegments = new Set(genericEndpointSegments.map(({ segment }) => segment))

/** A path such as `/ws` alone is no product's own, whoever uses it. */
const endpointPaths: readonly EndpointPath[] = webSocketEndpoints
  .flatMap((endpoint) => endpoint.paths.map((path) => endpointPath(endpoint, path)))
  .filter(({ segments }) => segments.length > 1 || !genericSegments.has(segments[0] ?? ''))

function endpointPath(endpoint: WebSocketEndpoint, path: string): EndpointPath {
  const segments = path.toLowerCase().split('/').filter(Boolean)
  if (segments.at(-1) === '**') segments.pop()
  return {
    endpoint,
    path: path.replace(/\/\*\*$/, ''),
    segments,
    literals: segments.filter((segment) => segment !== '*').length,
  }
}

/** The last segment of each that is written out. Most paths of a configuration have none of these, which is soon seen. */
const tellingSegments = new Set([
  ...genericSegments,
  ...endpointPaths.map(({ segments }) => segments.findLast((segment) => segment !== '*')),
])

/** @param segments in lower case, a NUL for what is unknown in one */
function matchSegments(segments: readonly string[], fromRoot: boolean): EndpointMatch | undefined {
  if (!segments.some((segment) => tellingSegments.has(segment))) return undefined
  // A file is fetched, not upgraded (`/ws/service.wsdl`, `/socket.io/socket.io.js`), unless it is an endpoint by name.
  const file = FILE.test(segments.at(-1) ?? '')
  const generic = file ? undefined : segments.find((segment) => genericSegments.has(segment))
  const found = endpointPaths.filter(
    (candidate) => within(segments, candidate, fromRoot) && (!file || candidate.segments.at(-1) === segments.at(-1)),
  )
  const best = found.reduce<EndpointPath | undefined>(
    (better, candidate) => (better && better.literals >= candidate.literals ? better : candidate),
    undefined,
  )
  if (best) {
    return { endpoint: best.endpoint, matched: best.path, label: `${best.endpoint.product} endpoint ${best.path}` }
  }
  if (generic === undefined) return undefined
  return { endpoint: undefined, matched: generic, label: `path segment "${generic}"` }
}

const FILE = /\.(?:html?|m?js|css|map|json|xml|wsdl|xsd|txt|md|pdf|png|jpe?g|gif|svg|ico|webp|woff2?|ttf|wasm|zip|gz)$/

function within(segments: readonly string[], { endpoint, segments: wanted }: EndpointPath, fromRoot: boolean): boolean {
  const last = endpoint.rootOnly ? 0 : segments.length - wanted.length
  if (endpoint.rootOnly && !fromRoot) return false
  for (let from = 0; from <= last; from++) {
    if (from + wanted.length > segments.length) return false
    if (wanted.every((segment, index) => segment === '*' || segment === segments[from + index])) return true
  }
  return false
}

// Names

const endpointsByWord = new Map(
  webSocketEndpoints.flatMap((endpoint) => endpoint.words.map((word) => [compact(word), endpoint] as const)),
)

/**
 * `socket` is no word of names: `php_socket` and `app-socket` are Unix sockets. `ws` and `wss` count only as they are,
 * `websocket` also in two words.
 */
const genericWords = new Set(['ws', 'wss'])
const joinableWords = new Set(['websocket', 'websockets'])

function wordsOf(name: string): string[] {
  return (
    name
      // `ws1` and `ws02.example.com` are as often the first and second web server.
      .replace(/(?<![a-z])ws(?=\d)/gi, '')
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z]+/)
      .filter(Boolean)
  )
}

function compact(word: string): string {
  return word.toLowerCase().replace(/[^a-z]+/g, '')
}

// Regular expressions

/** One way through a regular expression. */
interface Reading {
  /** In lower case, a NUL for anything that is not literal. */
  readonly text: string
  /** Whether its first slash is the path's first. */
  readonly fromRoot: boolean
}

const UNKNOWN = '\0'
/** `.*`, unknown too, and harmless at the end: there it says no more than a prefix location does. */
const REST = '\x01'
const START = '\x02'
const END = '\x03'
const MAX_READINGS = 256
const MAX_DEPTH = 32

/** @returns the ways through `pattern` that begin at a slash, and whether these are all; none where it can't be read with certainty */
function readings(pattern: string): { readonly found: readonly Reading[]; readonly isWhole: boolean } {
  const texts = new PatternReader(pattern).read()
  if (!texts) return { found: [], isWhole: false }
  const found: Reading[] = []
  for (const text of texts) {
    const fromRoot = text.startsWith(START)
    const body = text
      .slice(fromRoot ? 1 : 0)
      .replace(new RegExp(`${REST}*${END}*$`), '')
      .replaceAll(REST, UNKNOWN)
    // An anchor in the middle never matches, and a beginning in the middle of a segment is half a word.
    if (body.includes(START) || body.includes(END)) continue
    const firstSlash = body.indexOf('/')
    if (firstSlash < 0) continue
    found.push({
      text: (firstSlash > 0 ? UNKNOWN : '') + body.slice(firstSlash),
      fromRoot: fromRoot && firstSlash === 0,
    })
  }
  return { found, isWhole: found.length === texts.length }
}

/** As much of PCRE as locations use. */
class PatternReader {
  private at = 0
  private depth = 0
  private readonly pattern: string

  constructor(pattern: string) {
    this.pattern = pattern
  }

  /** @returns every way through the pattern, undefined where there are too many or one is beyond this reader */
  read(): string[] | undefined {
    const texts = this.alternatives()
    return texts && this.at === this.pattern.length ? texts : undefined
  }

  private alternatives(): string[] | undefined {
    const texts: string[] = []
    for (;;) {
      const sequence = this.sequence()
      if (!sequence) return undefined
      texts.push(...sequence)
      if (this.pattern[this.at] !== '|') break
      this.at++
    }
    return texts.length > MAX_READINGS ? undefined : texts
  }

  private sequence(): string[] | undefined {
    let texts = ['']
    while (this.at < this.pattern.length && !'|)'.includes(this.pattern.charAt(this.at))) {
      const grouped = this.pattern[this.at] === '('
      const atom = this.atom()
      const piece = atom && this.quantified(atom, grouped)
      if (!piece) return undefined
      texts = texts.flatMap((text) => piece.map((next) => text + next))
      if (texts.length > MAX_READINGS) return undefined
    }
    return texts
  }

  private atom(): string[] | undefined {
    const char = this.pattern.charAt(this.at++)
    if (char === '^') return [START]
    if (char === '$') return [END]
    if (char === '.') return [UNKNOWN]
    if (char === '\\') return this.escape()
    if (char === '[') return this.characterClass()
    if (char === '(') return this.group()
    if ('*+?{'.includes(char)) return undefined
    return [char.toLowerCase()]
  }

  private escape(): string[] | undefined {
    const char = this.pattern.charAt(this.at++)
    if (char === '') return undefined
    if (char === 'A') return [START]
    if (char === 'z' || char === 'Z') return [END]
    // `\d`, `\w`, `\b`, `\1`, …
    return [/[a-z0-9]/i.test(char) ? UNKNOWN : char]
  }

  private characterClass(): string[] | undefined {
    const found = /^\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]/.exec(this.pattern.slice(this.at))
    if (!found) return undefined
    this.at += found[0].length
    // `[.]` and `[/]` are escapes by another name, `[wW]` is a letter in either case.
    const [first = '', ...others] = found[0].slice(0, -1).toLowerCase()
    const literal = first !== '^' && first !== '\\' && others.every((other) => other === first)
    return [literal ? first : UNKNOWN]
  }

  private group(): string[] | undefined {
    const opening = /^\?(?:[:|>]|[a-z]+:|P?<[A-Za-z_]\w*>|'[A-Za-z_]\w*')/.exec(this.pattern.slice(this.at))
    const flags = /^\?[a-z]+\)/.exec(this.pattern.slice(this.at))
    if (flags) {
      this.at += flags[0].length
      return ['']
    }
    if (opening) this.at += opening[0].length
    // Look-around, comments, recursion: what follows may say the opposite.
    else if (this.pattern[this.at] === '?') return undefined

    if (++this.depth > MAX_DEPTH) return undefined
    const texts = this.alternatives()
    this.depth--
    if (!texts || this.pattern[this.at] !== ')') return undefined
    this.at++
    return texts
  }

  private quantified(atom: string[], grouped: boolean): string[] | undefined {
    const found = /^(?:[*+?]|\{\d*,?\d*\})[+?]?/.exec(this.pattern.slice(this.at))
    if (!found) return atom
    this.at += found[0].length
    const optional = /^[*?]|^\{0?,/.test(found[0])
    if (found[0].startsWith('?')) return ['', ...atom]
    // A group stands for itself once; a repeated letter is no literal any more.
    if (grouped) return optional ? ['', ...atom] : atom
    if (atom[0] === UNKNOWN && this.pattern[this.at - found[0].length - 1] === '.') return [REST]
    return [UNKNOWN]
  }
}
