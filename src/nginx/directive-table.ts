import { contextListsJson, directivesJson, furtherDirectivesJson } from './facts.generated.ts'
import { moduleNames } from './modules.ts'
import { once } from './once.ts'
import { StoredRows } from './stored-rows.ts'

/** Where a directive can stand. Blocks of `stream` and `mail` have names of their own, as has `if` by where it stands. */
export const contexts = [
  'main',
  'events',
  'http',
  'server',
  'location',
  'if in server',
  'if in location',
  'limit_except',
  'upstream',
  'stream',
  'stream server',
  'stream upstream',
  'mail',
  'mail server',
  'mgmt',
  'oidc_provider',
  'acme_issuer',
  'otel_exporter',
  'match',
  'stream match',
  'rtmp',
  'rtmp server',
  'rtmp application',
  'rtmp recorder',
] as const

export type Context = (typeof contexts)[number]

/** What stands between the braces: directives, rows of one of the table-like blocks, or code of another language. */
export type BlockContent =
  | 'directives'
  | 'map'
  | 'geo'
  | 'types'
  | 'split_clients'
  | 'charset_map'
  | 'geoip2'
  | 'raw'
  | 'unknown'

export type ArgumentType =
  | 'flag'
  | 'enum'
  | 'set'
  | 'number'
  | 'size'
  | 'time'
  | 'buffers'
  | 'string'
  | 'pair'
  | 'path'
  | 'access'
  | 'types'

export interface ArgumentRange {
  readonly min: number
  /** Infinity where there is no end. */
  readonly max: number
  /** The exact numbers, where the range has gaps. */
  readonly counts?: readonly number[]
  /** One argument, `on` or `off`. */
  readonly flag?: boolean
}

/** How it was before a version, where that differed. */
export interface OlderState {
  readonly before: string
  readonly contexts?: readonly Context[]
  readonly args?: ArgumentRange
  readonly repeatable?: boolean
}

/** One directive of one module. A name has several where modules share it, or where it differs by context. */
export interface DirectiveEntry {
  readonly module: string
  readonly contexts: readonly Context[]
  readonly args: ArgumentRange
  readonly block: boolean
  readonly content?: BlockContent
  /** The context between its braces; for `if` by the context around it. */
  readonly opens?: Context | Readonly<Partial<Record<Context, Context>>>
  readonly type?: ArgumentType
  /** The words that an enum or a set accepts. */
  readonly values?: readonly string[]
  readonly range?: readonly [number, number]
  /** Variables are known to be accepted; absent is no "no". */
  readonly vars?: boolean
  /** Whether one block may hold two of it; absent where nobody looked. */
  readonly repeatable?: boolean
  /** What a second one does when it doesn't append. */
  readonly repeatEffect?: string
  /** What must differ between two in one block: `arg1`, `keys_zone=`, `all args`, … */
  readonly unique?: string
  readonly inherit?: 'replace'
  /** The default of the newest version; see defaults.ts for those that changed. */
  readonly default?: string | readonly string[]
  /** The first release that has it. Directives of njs, otel and acme count in versions of their own. */
  readonly since?: string
  /** Words and parameters (`name=`) that are newer than the directive. */
  readonly sinceArgs?: Readonly<Record<string, string>>
  /** Older states, the newest first. */
  readonly was?: readonly OlderState[]
  /** The first release without it. */
  readonly removed?: string
  readonly deprecated?: string
  readonly deprecatedArgs?: Readonly<Record<string, string>>
  /** Still accepted, of no use any more. */
  readonly obsolete?: string
  readonly commercial?: boolean
  readonly commercialBefore?: string
  readonly commercialArgs?: readonly string[]
  readonly ossSinceArgs?: Readonly<Record<string, string>>
  readonly thirdParty?: boolean
  /** Of a module or a fork that few have: what else comes with it, as its variables, is not known in full. */
  readonly further?: boolean
}

/** All entries of a name; nginx compares names with case (ngx_conf_handler in src/core/ngx_conf_file.c). */
export function findDirective(name: string): readonly DirectiveEntry[] | undefined {
  const seen = entriesMade.get(name)
  if (seen !== undefined) return seen

  const { rows, furtherRows } = storedTable()
  const entries =
    rows.get(name)?.map(readEntry) ?? furtherRows.get(name)?.map((row) => ({ ...readEntry(row), further: true }))
  if (entries !== undefined) entriesMade.set(name, entries)
  return entries
}

/** The names that most know, for suggestions of what a misspelt one was meant to be. */
export function directiveNames(): string[] {
  return storedTable().rows.names
}

/** Names of modules and of forks that few have: another word is seldom meant to be one of these. */
export function furtherDirectiveNames(): string[] {
  return storedTable().furtherRows.names
}

/** An entry as the generator wrote it: lists by their number, no `block: false`, and null for a range without end. */
interface StoredEntry extends Omit<DirectiveEntry, 'module' | 'contexts' | 'args' | 'block' | 'was'> {
  readonly module: number
  readonly contexts: number
  readonly args: StoredRange
  readonly block?: true
  readonly was?: readonly (Omit<OlderState, 'args'> & { args?: StoredRange })[]
}
type StoredRange = Omit<ArgumentRange, 'max'> & { readonly max: number | null }

const storedTable = once(() => {
  const contextLists: (Context | 'any')[][] = JSON.parse(contextListsJson)
  const rows = new StoredRows<StoredEntry[]>(directivesJson)
  return { contextLists, rows, furtherRows: new StoredRows<StoredEntry[]>(furtherDirectivesJson) }
})

const entriesMade = new Map<string, readonly DirectiveEntry[]>()

function readEntry({ was, ...row }: StoredEntry): DirectiveEntry {
  const { contextLists } = storedTable()
  const listed = contextLists[row.contexts] ?? []
  return {
    ...row,
    module: moduleNames()[row.module] ?? '',
    contexts: listed.flatMap((context) => (context === 'any' ? contexts : context)),
    args: readRange(row.args),
    block: row.block ?? false,
    ...(was && { was: was.map(({ args, ...state }) => (args ? { ...state, args: readRange(args) } : state)) }),
  }
}

// JSON has no infinity.
function readRange(range: StoredRange): ArgumentRange {
  return { ...range, max: range.max ?? Number.POSITIVE_INFINITY }
}
