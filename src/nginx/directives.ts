import {
  type ArgumentRange,
  type BlockContent,
  type Context,
  type DirectiveEntry,
  findDirective,
} from './directive-table.ts'

export type {
  ArgumentRange,
  ArgumentType,
  BlockContent,
  Context,
  DirectiveEntry,
  OlderState,
} from './directive-table.ts'
export { directiveNames, furtherDirectiveNames } from './directive-table.ts'

/** Whether something ends in braces: in every, no, or only some of its contexts. */
export type BlockUse = 'always' | 'never' | 'either'

/** All that is known by this name, one entry for each module or set of contexts; none for an unknown name. */
export function directiveEntries(name: string): readonly DirectiveEntry[] {
  return findDirective(name) ?? []
}

/** Whether any nginx has or had a directive of this name, third-party modules included. */
export function isKnownDirective(name: string): boolean {
  return findDirective(name) !== undefined
}

/** Whether only modules and forks have it whose variables are not known in full. */
export function isOfFurtherModule(name: string): boolean {
  return directiveEntries(name).some((entry) => entry.further)
}

export function allowedIn(name: string, context: Context): boolean {
  return directiveEntries(name).some((entry) => entry.contexts.includes(context))
}

export function contextsOf(name: string): ReadonlySet<Context> {
  return new Set(directiveEntries(name).flatMap((entry) => entry.contexts))
}

// The questions below take a context. A directive that may not stand there is judged by all contexts it has:
// its place is wrong, which is no reason to call its arguments wrong too.

/** Whether it takes a block: `server` does in `http` and `stream`, and doesn't in `upstream`. Undefined for unknown names. */
export function takesBlock(name: string, context?: Context): BlockUse | undefined {
  const entries = entriesIn(name, context)
  if (entries.length === 0) return undefined
  if (entries.every((entry) => entry.block)) return 'always'
  return entries.some((entry) => entry.block) ? 'either' : 'never'
}

/** Whether some supported version takes so many arguments, the brace not counted. True for unknown names. */
export function acceptsArgumentCount(name: string, count: number, context?: Context): boolean {
  const entries = entriesIn(name, context)
  return entries.length === 0 || entries.some((entry) => rangesOf(entry).some((range) => inRange(count, range)))
}

/** Each include asks. */
const contentsKnown = new Map<string, BlockContent>()

/** What stands between its braces; `unknown` where that is not known, or where it has none. */
export function contentOf(name: string, context?: Context): BlockContent {
  const key = `${name} ${context}`
  const known = contentsKnown.get(key)
  if (known) return known
  const entries = entriesIn(name, context)
  const content = entries.find((entry) => entry.block)?.content ?? 'unknown'
  // There are so many of them; names that nobody knows there may be any number of.
  if (entries.length > 0) contentsKnown.set(key, content)
  return content
}

/** Whether one block may hold two of it. Undefined where nobody looked, or where its contexts differ. */
export function isRepeatable(name: string, context?: Context): boolean | undefined {
  const [answer, ...others] = new Set(entriesIn(name, context).map((entry) => entry.repeatable))
  return others.length === 0 ? answer : undefined
}

/** Whether its one argument is `on` or `off`, in every supported version. */
export function isFlag(name: string, context?: Context): boolean {
  const entries = entriesIn(name, context)
  return entries.length > 0 && entries.every((entry) => rangesOf(entry).every((range) => range.flag === true))
}

/** Whether a range of arguments holds this number. */
export function inRange(count: number, range: ArgumentRange): boolean {
  return range.counts?.includes(count) ?? (count >= range.min && count <= range.max)
}

function entriesIn(name: string, context: Context | undefined): readonly DirectiveEntry[] {
  const all = directiveEntries(name)
  if (context === undefined) return all
  const fitting = all.filter((entry) => entry.contexts.includes(context))
  return fitting.length === 0 ? all : fitting
}

/** What it takes today, and what it took in older versions. */
function rangesOf(entry: DirectiveEntry): readonly ArgumentRange[] {
  return [entry.args, ...(entry.was ?? []).flatMap((state) => state.args ?? [])]
}
