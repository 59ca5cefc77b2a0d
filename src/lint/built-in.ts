import type { RegisteredRule } from './rule.ts'
import { defineRule } from './rule.ts'

/** What the runner reports of its own. It is listed, set and explained like a rule, and looks at nothing itself. */
export const unusedSuppression: RegisteredRule = {
  id: 'unused-suppression',
  rule: defineRule({
    summary: 'An ngxlint comment that keeps no problem from being reported, or names a rule that there is not',
    severity: 'warn',
    fix: 'safe',
    see: 'https://nginx.org/en/docs/beginners_guide.html#conf_structure',
  }),
}

/** What a rule of somebody else's may be called, with a category that is none of ngxlint's. */
export const PLUGIN_RULE = /^[\w-]+\/[\w-]+$/

/** The categories of rules: a name in one of these is a rule's of ngxlint, or a mistake. */
export function categoriesOf(rules: readonly RegisteredRule[]): string[] {
  return [...new Set(rules.flatMap(({ id }) => (id.includes('/') ? [id.slice(0, id.indexOf('/'))] : [])))]
}

/** The rules, and what the runner reports of its own, by name. */
export function withBuiltIn(rules: readonly RegisteredRule[]): RegisteredRule[] {
  const all = rules.some(({ id }) => id === unusedSuppression.id) ? [...rules] : [...rules, unusedSuppression]
  return all.sort((one, other) => (one.id < other.id ? -1 : 1))
}
