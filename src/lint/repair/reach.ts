import type { Directive } from '../../config/index.ts'
import { memoize } from '../../config/memoize.ts'
import { inherited, type Model, type Scope } from '../../effective/index.ts'

/**
 * The proxying scopes that a directive of this name reaches from the block of `sibling`, in every place where that
 * block's file is included: those with no level in between that has such a directive of its own.
 */
export function reachOf(sibling: Directive, name: string, model: Model): Scope[] {
  const levels = model.instancesOf(sibling).flatMap((instance) => model.scopeOf(instance.parent) ?? [])
  return levels.flatMap((level) => reachedWithin(level, name))
}

/** The proxying scopes that a directive of this name would reach, were it put into the block. */
export const reachedWithin = memoize((level: Scope, name: string) =>
  proxyingWithin(level).filter((scope) => isReached(scope, level, name)),
)

/** The proxying scopes that it would not reach, since a level in between has such a directive of its own. */
export function droppedWithin(level: Scope, name: string): Scope[] {
  return proxyingWithin(level).filter((scope) => !isReached(scope, level, name))
}

function proxyingWithin(level: Scope): Scope[] {
  return [...level.inwards()].filter((scope) => scope.own('proxy_pass').length > 0)
}

function isReached(scope: Scope, level: Scope, name: string): boolean {
  const { from } = inherited(scope, name)
  return from === undefined || from === level || !isWithin(from, level)
}

function isWithin(inner: Scope, outer: Scope): boolean {
  for (const scope of inner.outwards()) if (scope === outer) return true
  return false
}
