import type { Configuration, ConfigurationFile } from '../config/index.ts'
import { Model, type WebSocketLists } from '../effective/index.ts'
import type { TargetVersion } from '../nginx/version.ts'
import { withBuiltIn } from './built-in.ts'
import { inOrder } from './order.ts'
import type { Problem } from './problem.ts'
import type { RegisteredRule } from './rule.ts'
import { type RunOptions, runRules } from './run.ts'
import { severitiesIn } from './severity.ts'
import { applySuppressions } from './suppressions/apply.ts'
import { asTemplatesAllow } from './templates.ts'
import { unwatched } from './watch.ts'

export interface LintOptions extends RunOptions {
  /** The nginx that the configuration is for; where nobody names one, what any supported version needs is asked for. */
  readonly target?: TargetVersion
  /** Locations that the settings name, since what they are for can't be told. */
  readonly webSockets?: WebSocketLists
}

/** Every name that a setting or a comment may use for a rule. */
export function ruleIdsOf(rules: readonly RegisteredRule[]): string[] {
  return withBuiltIn(rules).map(({ id }) => id)
}

/** All that is to be said about a configuration, in its order, but for what its comments keep from being said. */
export function lintConfiguration(
  configuration: Configuration,
  rules: readonly RegisteredRule[],
  options: LintOptions = {},
): { readonly model: Model; readonly problems: Problem[] } {
  const { watch = unwatched } = options
  const model = watch('model', () => new Model(configuration, options.target, options.webSockets))
  const found = asTemplatesAllow(runRules(model, rules, options), configuration)
  const judged = watch('suppressions', () =>
    applySuppressions(found, configuration, { ruleIds: ruleIdsOf(rules), severitiesIn: severitiesIn(options) }),
  )
  return { model, problems: inOrder(withoutIgnored(judged, options), configuration.files) }
}

/** Nothing is said about ignored files, nor are they changed for the sake of others. */
function withoutIgnored(problems: readonly Problem[], { fileSettings }: LintOptions): readonly Problem[] {
  if (!fileSettings) return problems
  const isIgnored = ({ file }: { readonly file: ConfigurationFile }) => fileSettings(file).isIgnored
  return problems
    .filter((problem) => !isIgnored(problem))
    .map((problem) => (problem.fix?.edits.some(isIgnored) ? { ...problem, fix: undefined } : problem))
}

/** Whether some file has tokens or blocks that nginx refuses: what it means is a guess then. */
export function hasSyntaxProblems({ files }: Pick<Configuration, 'files'>): boolean {
  return files.some((file) => file.tree.problems.length > 0)
}
