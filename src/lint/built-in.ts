import type { RuleDefinition } from './rule.ts'

/** What the runner itself reports. It has names and severities like a rule, and no file in rules/. */
export const builtInRules = {
  syntax: {
    summary: 'what nginx refuses while it reads tokens and blocks: a missing ";", a brace too many, an open quote',
    severity: 'error',
    fix: 'safe',
    see: 'https://nginx.org/en/docs/beginners_guide.html#conf_structure',
  },
  'unused-suppression': {
    summary: 'an "ngxlint-disable" comment that keeps no problem from being reported',
    severity: 'warn',
    fix: 'safe',
    see: 'https://github.com/ngxlint/ngxlint#comments',
  },
} as const satisfies Readonly<Record<string, RuleDefinition>>

export type BuiltInRuleId = keyof typeof builtInRules
