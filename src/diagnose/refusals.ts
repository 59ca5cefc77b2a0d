import type { Model } from '../effective/index.ts'
import { type LintOptions, lintConfiguration } from '../lint/lint.ts'
import type { RegisteredRule } from '../lint/rule.ts'
import type { Reason } from './case.ts'

/** An error of these keeps nginx from starting, wherever it stands. */
const REFUSING: ReadonlySet<string> = new Set([
  'directives/arguments',
  'directives/duplicate',
  'directives/misplaced',
  'directives/unknown',
  'directives/version',
  'locations/duplicate',
  'servers/listen-conflict',
  'servers/missing-certificate',
  'variables/unknown',
])

const SHOWN = 2

/** Why nginx does not start with a configuration, whatever it would do with a request. */
export function refusals(model: Model, rules: readonly RegisteredRule[], options: LintOptions): Reason[] {
  const refusing = rules.filter(({ id }) => REFUSING.has(id))
  // Of what its comments keep from being said, nothing is said here either.
  const { problems: all } = lintConfiguration(model.configuration, refusing, { ...options, target: model.target })
  const problems = all.filter(({ ruleId, severity }) => severity === 'error' && REFUSING.has(ruleId))
  const shown = problems.slice(0, SHOWN).map(
    ({ message, ruleId, file, span }): Reason => ({
      text: `nginx does not start: ${message}`,
      ruleId,
      at: { file, span },
    }),
  )
  const left = problems.length - SHOWN
  return left > 0 ? [...shown, { text: `and ${left} more of the kind: "ngxlint" shows them all` }] : shown
}
