import type { GrammarEntry } from './grammar.ts'
import type { LineStart, PendingStatement } from './pending.ts'

/** Where a `;` or a `{` was forgotten: before the line that starts so. */
export interface ForgottenEnding {
  readonly before: LineStart
  readonly missing: ';' | '{'
}

/** A directive's name, and what the grammar says of it. */
export interface Directive {
  readonly name: string
  readonly entry: GrammarEntry | undefined
}

/**
 * nginx reads words up to the next `;` or `{`, so a statement without one swallows the lines that follow. It was
 * forgotten for certain where nginx would refuse the statement as it stands, and some line in it starts with a
 * directive's name before which the statement would be a valid one. Some directives take any number of words, but not any
 * word (`listen`): there such a line must start with a name that is none of theirs. A `server` of which nobody knows
 * whether it is an upstream's or a block ends for certain only before the next `server`.
 */
export function findForgottenEnding(
  pending: PendingStatement,
  ending: ';' | '{',
  { name: ownName, entry }: Directive,
  /** The name of the directive that a line starts with, if it does. */
  directiveAt: (line: LineStart) => string | undefined,
): ForgottenEnding | undefined {
  if (!entry || (mayEnd(entry, pending.wordCount, ending) && !entry.takesWord)) return undefined
  for (const before of pending.lineStarts()) {
    const name = directiveAt(before)
    if (name === undefined || entry.takesWord?.(name)) continue
    for (const missing of [';', '{'] as const) {
      if (missing === ';' && entry.block === 'either' && name !== ownName) continue
      if (mayEnd(entry, before.wordsBefore, missing)) return { before, missing }
    }
  }
  return undefined
}

/** The same among rows that have a fixed number of words each: the row ends where the next line starts. */
export function findForgottenRowEnd(
  pending: PendingStatement,
  rowLength: number | undefined,
): ForgottenEnding | undefined {
  if (rowLength === undefined || pending.wordCount <= rowLength) return undefined
  for (const before of pending.lineStarts()) {
    if (before.wordsBefore === rowLength) return { before, missing: ';' }
    if (before.wordsBefore > rowLength) return undefined
  }
  return undefined
}

/** Whether a statement of so many words, its name included, may end so. */
function mayEnd(entry: GrammarEntry, wordCount: number, ending: ';' | '{'): boolean {
  return entry.block !== (ending === ';' ? 'always' : 'never') && entry.accepts(wordCount - 1, ending)
}
