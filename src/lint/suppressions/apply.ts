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
    parts.push(notSuppressed(found, read.suppressions))
    const settings = severitiesIn(file)
    const severity = settings[unusedSuppression.id] ?? unusedSuppression.rule.severity
    if (severity === 'off') continue
    const judge: Judge = { file, severity, settings, ruleIds }
    const idle = isKnown ? unused(read.suppressions, judge) : []
    const own = [...misspelt(annotations, judge), ...idle, ...endingNothing(read, judge)]
    parts.push(notSuppressed(own, read.suppressions))
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

/** The problems of one file that no suppression keeps back, found in one way through its lines: both may be many thousands. */
function notSuppressed(problems: readonly Problem[], suppressions: readonly Suppression[]): Problem[] {
  const byLine = problems.map((problem) => ({ problem, line: problem.file.source.lineAt(problem.span.start) }))
  byLine.sort((one, other) => one.line - other.line)
  const coming = [...suppressions].sort((one, other) => one.firstLine - other.firstLine)
  let next = 0
  let holding: Suppression[] = []
  const suppressed = new Set<Problem>()
  for (const { problem, line } of byLine) {
    for (; next < coming.length && (coming[next] as Suppression).firstLine <= line; next++)
      holding.push(coming[next] as Suppression)
    holding = holding.filter(({ lastLine }) => lastLine >= line)
    for (const suppression of holding) {
      if (!isMeant(problem, suppression)) continue
      suppression.isUsed = true
      suppressed.add(problem)
    }
  }
  return problems.filter((problem) => !suppressed.has(problem))
}

/** Only by its name: a comment that silences everything is to be told when it silences nothing. */
function isMeant(problem: Problem, { ruleId }: Suppression): boolean {
  return ruleId === undefined ? problem.ruleId !== 'unused-suppression' : ruleId === problem.ruleId
}
