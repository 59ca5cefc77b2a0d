import type { Configuration } from '../config/index.ts'
import { Model } from '../effective/index.ts'
import type { TargetVersion } from '../nginx/version.ts'
import { withBuiltIn } from './built-in.ts'
import { inOrder } from './order.ts'
import type { Problem } from './problem.ts'
import type { RegisteredRule } from './rule.ts'
import { type RuleSettings, runRules } from './run.ts'
import { applySuppressions } from './suppressions.ts'

export interface LintOptions {
  /** The nginx that the configuration is for; where nobody names one, what any supported version needs is asked for. */
  readonly target?: TargetVersion
  readonly settings?: RuleSettings
}

/** Every name that a setting or a comment may use for a rule. */
export function ruleIdsOf(rules: readonly RegisteredRule[]): string[] {
  return withBuiltIn(rules).map(({ id }) => id)
}

/** All that is to be said about a configuration, in its order, but for what its comments keep from being said. */
export function lintConfiguration(
  configuration: Configuration,
  rules: readonly RegisteredRule[],
  { target = 'unknown', settings = {} }: LintOptions = {},
): { readonly model: Model; readonly problems: Problem[] } {
  const model = new Model(configuration, target)
  const found = runRules(model, rules, settings)
  const problems = applySuppressions(found, configuration, { ruleIds: ruleIdsOf(rules), settings })
  return { model, problems: inOrder(problems, configuration.files) }
}

/** Whether some file has tokens or blocks that nginx refuses: what it means is a guess then. */
export function hasSyntaxProblems({ files }: Pick<Configuration, 'files'>): boolean {
  return files.some((file) => file.tree.problems.length > 0)
}
