import { annotationsOf, type Configuration, type ConfigurationFile } from '../../config/index.ts'
import { unusedSuppression } from '../built-in.ts'
import type { Problem } from '../problem.ts'
import type { RuleSettings } from '../severity.ts'
import { readSuppressions, type Suppression } from './read.ts'
import { endingNothing, type Judge, misspelt, unused } from './unused.ts'

export interface SuppressionOptions {
  readonly ruleIds: readonly string[]
  /** What was set for the rules in a file. */
  readonly severitiesIn: (file: ConfigurationFile) => RuleSettings
}

/** The problems that no comment keeps back, and those of the comments themselves. */
export function applySuppressions(
  problems: readonly Problem[],
  configuration: Configuration,
  { ruleIds, severitiesIn }: SuppressionOptions,
): Problem[] {
  const isKnown = isWhollyKnown(configuration)
  const parts: (readonly Problem[])[] = []
  const byFile = groupByFile(problems)
  for (const file of configuration.files) {
    const found = byFile.get(file) ?? []
    const annotations = annotationsOf(file)
    if (annotations.length === 0) {
      parts.push(found)
      continue
    }
    const read = readSuppressions(file, annotations, ruleIds)
    const isLeft = (problem: Problem) => !isSuppressed(problem, read.suppressions)
    parts.push(found.filter(isLeft))
    const settings = severitiesIn(file)
    const severity = settings[unusedSuppression.id] ?? unusedSuppression.rule.severity
    if (severity === 'off') continue
    const judge: Judge = { file, severity, settings, ruleIds }
    const idle = isKnown ? unused(read.suppressions, judge) : []
    parts.push([...misspelt(annotations, judge), ...idle, ...endingNothing(read, judge)].filter(isLeft))
  }
  return parts.flat()
}

/** Where part of a configuration could not be read or understood, a rule may be silent only because of that. */
function isWhollyKnown({ isFragment, unresolved, files }: Configuration): boolean {
  return (
    !isFragment &&
    unresolved.length === 0 &&
    files.every(({ tree, template }) => tree.problems.length === 0 && !template)
  )
}

function groupByFile(problems: readonly Problem[]): Map<ConfigurationFile, Problem[]> {
  const groups = new Map<ConfigurationFile, Problem[]>()
  for (const problem of problems) {
    const group = groups.get(problem.file)
    if (group) group.push(problem)
    else groups.set(problem.file, [problem])
  }
  return groups
}

function isSuppressed({ ruleId, file, span }: Problem, suppressions: readonly Suppression[]): boolean {
  const line = file.source.lineAt(span.start)
  const matching = suppressions.filter(
    (candidate) =>
      candidate.firstLine <= line &&
      line <= candidate.lastLine &&
      // Only by its name: a comment that silences everything is to be told when it silences nothing.
      (candidate.ruleId === undefined ? ruleId !== 'unused-suppression' : candidate.ruleId === ruleId),
  )
  for (const suppression of matching) suppression.isUsed = true
  return matching.length > 0
}
