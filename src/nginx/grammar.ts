import type { Content, Grammar, GrammarEntry } from '../syntax/grammar.ts'
import { findDirective } from './directive-table.ts'
import { type BlockContent, type Context, contentOf, type DirectiveEntry, inRange } from './directives.ts'

interface RowGrammar {
  readonly content: Content
  readonly rowLength?: number
}

/**
 * How the parser reads each kind of content. The words of a row are counted by nginx itself in `map` (ngx_http_map),
 * `geo` (ngx_http_geo) and `charset_map` (ngx_http_charset_map); not in `split_clients`, and `types` takes any number.
 */
const rowGrammars: Readonly<Record<BlockContent, RowGrammar>> = {
  directives: { content: 'directives' },
  unknown: { content: 'directives' },
  map: { content: 'rows', rowLength: 2 },
  geo: { content: 'rows', rowLength: 2 },
  charset_map: { content: 'rows', rowLength: 2 },
  split_clients: { content: 'rows' },
  types: { content: 'rows' },
  geoip2: { content: 'rows' },
  raw: { content: 'raw' },
}

/**
 * Directives whose words behind the first argument nginx looks up in a list, be it in `http`, `stream` or `mail`, and in any
 * version: ngx_http_core_listen, ngx_http_upstream_server and their like. An `=` stands for any value behind it.
 */
const wordsTaken: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'listen',
    new Set([
      'default',
      'default_server',
      'bind',
      'setfib=',
      'fastopen=',
      'backlog=',
      'rcvbuf=',
      'sndbuf=',
      'accept_filter=',
      'deferred',
      'ipv6only=',
      'reuseport',
      'multipath',
      'ssl',
      'http2',
      'spdy',
      'quic',
      'http3',
      'udp',
      'proxy_protocol',
      'so_keepalive=',
    ]),
  ],
  [
    'server',
    new Set([
      'weight=',
      'max_conns=',
      'max_fails=',
      'fail_timeout=',
      'slow_start=',
      'backup',
      'down',
      'drain',
      'resolve',
      'route=',
      'service=',
    ]),
  ],
])

/** A Lua block that is newer than the table: OpenResty names all of them so. */
const unlistedLuaBlock: GrammarEntry = { content: 'raw', block: 'always', accepts: () => true }

/** Made at the first question for a name. */
const entriesMade = new Map<string, GrammarEntry>()

/** What the parser asks of the language. It asks at every statement, so a name seen before is one look-up. */
export const nginxGrammar: Grammar = {
  entry(name) {
    const seen = entriesMade.get(name)
    if (seen !== undefined) return seen

    const entries = findDirective(name)
    if (entries === undefined) return name.endsWith('_by_lua_block') ? unlistedLuaBlock : undefined
    const made = toGrammar(name, entries)
    entriesMade.set(name, made)
    return made
  },
}

function toGrammar(name: string, entries: readonly DirectiveEntry[]): GrammarEntry {
  const entry = entryOf(name, entries)
  if (entry.block !== 'either') return entry
  const blockNames = new Set(entries.flatMap((each) => each.contexts.map(blockNameOf)))
  const entryWithin = (blockName: string) =>
    entryOf(
      name,
      entries.filter((each) => each.contexts.some((context) => blockNameOf(context) === blockName)),
    )
  return { ...entry, within: new Map([...blockNames].map((blockName) => [blockName, entryWithin(blockName)])) }
}

function entryOf(name: string, entries: readonly DirectiveEntry[]): GrammarEntry {
  const statements = entries.filter((entry) => !entry.block)
  const blocks = entries.filter((entry) => entry.block)
  const block = statements.length === 0 ? 'always' : blocks.length === 0 ? 'never' : 'either'
  const words = wordsTaken.get(name)
  return {
    ...rowGrammars[blocks.length > 0 ? contentOf(name) : 'directives'],
    block,
    accepts: (count, ending) => (ending === ';' ? statements : blocks).some((entry) => accepts(entry, count)),
    ...(words && { takesWord: (word: string) => words.has(word.replace(/=.*/s, '=')) }),
  }
}

/** Whether it takes so many arguments in some version. */
function accepts(entry: DirectiveEntry, count: number): boolean {
  return [entry, ...(entry.was ?? [])].some(({ args }) => args !== undefined && inRange(count, args))
}

/** The name of the block that makes a context: `upstream` of `stream upstream`. */
function blockNameOf(context: Context): string {
  return context.slice(context.lastIndexOf(' ') + 1)
}
