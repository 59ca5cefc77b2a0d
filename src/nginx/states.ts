import type { ArgumentRange, Context, DirectiveEntry } from './directive-table.ts'
import { directiveEntries } from './directives.ts'
import { isAtLeast, parseVersion, type TargetVersion } from './version.ts'

/** How a directive is in one version: `was` tells what differed before. */
export interface DirectiveState {
  readonly entry: DirectiveEntry
  readonly contexts: readonly Context[]
  readonly args: ArgumentRange
  readonly repeatable: boolean | undefined
}

/** Why a version has not got a directive, a word or a variable: it came later, or was gone before. */
export type Absence = { readonly since: string } | { readonly removed: string }

/**
 * All that a directive is in a context: in the target version, or in every one where nobody named a version. None where
 * it may not stand there, or where the version has not got it.
 */
export function statesIn(name: string, context: Context, target: TargetVersion): readonly DirectiveState[] {
  const key = `${name} ${context}`
  let states = statesKnown(target).get(key)
  if (!states) {
    states = statesOf(name, target).filter((state) => state.contexts.includes(context))
    statesKnown(target).set(key, states)
  }
  return states
}

/** The same, in all of its contexts. */
export function statesOf(name: string, target: TargetVersion): readonly DirectiveState[] {
  return directiveEntries(name).flatMap((entry) => (absence(entry, target) ? [] : statesOfEntry(entry, target)))
}

/** A configuration asks for the same few directives in the same few contexts, thousands of times. */
const known = new Map<string, Map<string, readonly DirectiveState[]>>()

function statesKnown(target: TargetVersion): Map<string, readonly DirectiveState[]> {
  const key = target === 'unknown' ? target : `${target.major}.${target.minor}.${target.patch}`
  let states = known.get(key)
  if (!states) {
    states = new Map()
    known.set(key, states)
  }
  return states
}

function statesOfEntry(entry: DirectiveEntry, target: TargetVersion): DirectiveState[] {
  const { contexts, args, repeatable } = entry
  let state: DirectiveState = { entry, contexts, args, repeatable }
  const states = [state]
  for (const { before, ...older } of entry.was ?? []) {
    if (isAtLeast(target, before)) break
    state = { ...state, ...older }
    states.push(state)
  }
  return target === 'unknown' ? states : [state]
}

/**
 * Why the target version has not got this; undefined where it has, and where nobody can tell. Modules from outside
 * count their releases for themselves.
 */
export function absence(
  what: { readonly since?: string; readonly removed?: string; readonly thirdParty?: boolean },
  target: TargetVersion,
): Absence | undefined {
  if (target === 'unknown' || what.thirdParty) return undefined
  const { since, removed } = what
  if (removed !== undefined && isAtLeast(target, removed)) return { removed }
  if (since !== undefined && parseVersion(since) && !isAtLeast(target, since)) return { since }
  return undefined
}
