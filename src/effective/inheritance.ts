import type { Directive } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import type { Scope } from './scope.ts'

/**
 * How far an answer can be trusted. `unresolved`: an include that nobody could read may change it. `outside`: the
 * levels around a fragment, which nobody read, may change it.
 */
export type Certainty = 'certain' | 'outside' | 'unresolved'

/** What holds in a scope for one directive name. */
export interface Inherited {
  /** The directives that are in force, in order; empty where no level has any. */
  readonly directives: readonly Directive[]
  /** The level they come from. */
  readonly from: Scope | undefined
  readonly certainty: Certainty
}

/**
 * The directives of this name that hold in a scope: those of the innermost level that has any. That is how nginx
 * merges single settings and whole arrays alike (`ngx_conf_merge_value`; for rows of `proxy_set_header`
 * ngx_http_proxy_init_headers takes the outer level's only where the inner has none).
 */
export function inherited(scope: Scope, name: string): Inherited {
  let certainty: Certainty = 'certain'
  for (let level: Scope | undefined = scope; level; level = level.parent) {
    const directives = level.own(name)
    if (level.unresolved.length > 0) certainty = 'unresolved'
    // Settings of `http` around a file of conf.d are rare enough to be taken as nginx's defaults.
    else if (level.isAssumed && level.kind !== 'http' && certainty === 'certain') certainty = 'outside'
    if (directives.length > 0) return { directives, from: level, certainty }
  }
  return { directives: [], from: undefined, certainty }
}

/** Whether nothing that nobody read may stand in a scope, or in those around it. */
export function isWhollyKnown(scope: Scope): boolean {
  for (const level of scope.outwards()) if (level.isAssumed || level.unresolved.length > 0) return false
  return true
}

/** The value of a single setting, and the directive it comes from; undefined where nginx's default holds. */
export function setting(
  scope: Scope,
  name: string,
): { readonly directive: Directive | undefined; readonly value: string | undefined; readonly certainty: Certainty } {
  const { directives, certainty } = inherited(scope, name)
  const directive = directives.at(-1)
  return { directive, value: directive?.argument(0), certainty }
}

/**
 * Rows of outer levels that an inner level's rows discard: for each level outwards of the one in force, its rows.
 */
export function discarded(scope: Scope, name: string): readonly Directive[] {
  return discardedBy(inherited(scope, name).from, name)
}

/** The same, where the level in force is known. */
export function discardedBy(from: Scope | undefined, name: string): readonly Directive[] {
  return from?.parent ? directivesOutwards(from.parent, name) : NONE
}

const NONE: readonly Directive[] = []

/** Those of a level and of all around it, the nearest first: one list for all that lose them. */
const directivesOutwards = memoize((scope: Scope, name): readonly Directive[] =>
  [...scope.outwards()].flatMap((level) => level.own(name)),
)
