import { type Context, contextInside, contexts } from '../nginx/context.ts'
import { directiveEntries } from '../nginx/directives.ts'
import type { Statement } from '../syntax/index.ts'

/**
 * The level whose directives these are: `http` for `server { … }`, `server` for `listen 80; location / { … }`.
 * The most of the directives decide, and how well what is one block deeper fits; where several levels fit equally well, the
 * outermost is taken.
 */
export function inferLevel(statements: readonly Statement[]): Context {
  if (statements.some(isMainBlock)) return 'main'
  const kinds = kindsOf(statements)
  let best: Context = 'main'
  let most = 0
  for (const level of contexts) {
    const count = fitting(kinds, level)
    if (count > most) {
      best = level
      most = count
    }
  }
  return best
}

/** Whether it is a block that stands in main configurations only: `http`, `events`, `stream`, … */
export function isMainBlock({ name, children }: Statement): boolean {
  return children !== undefined && isAllowed(name, true, 'main')
}

/** Statements of one name, with a block or without: what nginx's table can tell apart. */
interface Kind {
  readonly name: string
  readonly isBlock: boolean
  readonly inside: Map<string, Kind>
}

/** The different statements at the top, and within their blocks. */
function kindsOf(statements: readonly Statement[]): Map<string, Kind> {
  const kinds = new Map<string, Kind>()
  for (const statement of statements) {
    const { inside } = kindOf(statement, kinds)
    for (const child of statement.children ?? []) kindOf(child, inside)
  }
  return kinds
}

function kindOf({ name, children }: Statement, kinds: Map<string, Kind>): Kind {
  const isBlock = children !== undefined
  const key = isBlock ? `${name} {` : name
  let kind = kinds.get(key)
  if (!kind) {
    kind = { name, isBlock, inside: new Map() }
    kinds.set(key, kind)
  }
  return kind
}

/** How many of them may stand at a level, with up to as much again for those whose blocks hold what fits there. */
function fitting(kinds: ReadonlyMap<string, Kind>, level: Context): number {
  let count = 0
  for (const { name, isBlock, inside } of kinds.values()) {
    if (!isAllowed(name, isBlock, level)) continue
    const within = isBlock ? contextInside(name, level) : undefined
    count += 1 + (within ? agreement([...inside.values()], within) : 0)
  }
  return count
}

/** What does not fit takes from it; how much fits does not count, or a fix that adds lines would change the level. */
function agreement(kinds: readonly Kind[], level: Context): number {
  const telling = kinds.filter(({ name }) => name !== 'include' && directiveEntries(name).length > 0)
  const misfits = telling.filter(({ name, isBlock }) => !isAllowed(name, isBlock, level)).length
  return misfits === telling.length ? 0 : 1 / (1 + misfits)
}

/** `include` is allowed everywhere, and says nothing. */
function isAllowed(name: string, isBlock: boolean, level: Context): boolean {
  if (name === 'include') return false
  return directiveEntries(name).some((entry) => entry.block === isBlock && entry.contexts.includes(level))
}
