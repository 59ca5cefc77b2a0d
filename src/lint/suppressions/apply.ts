import { groupBy } from '../../config/group-by.ts'
import { annotationsOf, type Configuration, type ConfigurationFile, isWhollyRead } from '../../config/index.ts'
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
  const byFile = groupBy(problems, ({ file }) => file)
  for (const file of configuration.files) {
    const found = byFile.get(file) ?? []
    const annotations = annotationsOf(file)
    if (annotations.length === 0) {
      parts.push(found)
      continue
    }
    const read = readSuppressions(file, annotations, ruleIds)
    parts.push(left(found, read.suppressions))
    const settings = severitiesIn(file)
    const severity = settings[unusedSuppression.id] ?? unusedSuppression.rule.severity
    if (severity === 'off') continue
    const judge: Judge = { file, severity, settings, ruleIds }
    const idle = isKnown ? unused(read.suppressions, judge) : []
    parts.push(left([...misspelt(annotations, judge), ...idle, ...endingNothing(read, judge)], read.suppressions))
  }
  return parts.flat()
}

/** Where part of a configuration could not be read or understood, a rule may be silent only because of that. */
function isWhollyKnown(configuration: Configuration): boolean {
  return isWhollyRead(configuration) && configuration.files.every(({ template }) => !template)
}

/** The problems of a file that no comment keeps back. The comments that keep some are marked. */
function left(problems: readonly Problem[], suppressions: readonly Suppression[]): Problem[] {
  const byRule = groupBy(suppressions, ({ ruleId }) => ruleId)
  const sweeps = new Map([...byRule].map(([ruleId, some]) => [ruleId, new Sweep(some)]))
  const kept = new Set<Problem>()
  const lines = new Map(problems.map((problem) => [problem, problem.file.source.lineAt(problem.span.start)]))
  const lineOf = (problem: Problem) => lines.get(problem) as number
  for (const problem of [...problems].sort((one, other) => lineOf(one) - lineOf(other))) {
    const { ruleId } = problem
    // Only by its name: a comment that silences everything is to be told when it silences nothing.
    const meant = ruleId === 'unused-suppression' ? [ruleId] : [ruleId, undefined]
    const isKept = meant.map((id) => sweeps.get(id)?.keepsBack(lineOf(problem)) ?? false)
    if (isKept.includes(true)) kept.add(problem)
  }
  return problems.filter((problem) => !kept.has(problem))
}

/** Goes down the lines of a file with the suppressions of one rule: there may be as many as there are problems. */
class Sweep {
  readonly #byStart: readonly Suppression[]
  #started = 0
  /** Those that have started and kept nothing back yet. */
  #idle: Suppression[] = []
  /** The last line that one reaches which has kept something back. */
  #usedUntil = 0

  constructor(suppressions: readonly Suppression[]) {
    this.#byStart = [...suppressions].sort((one, other) => one.firstLine - other.firstLine)
  }

  /** Whether a problem in a line is kept back. To be asked for lines in their order. */
  keepsBack(line: number): boolean {
    for (; (this.#byStart[this.#started]?.firstLine ?? Number.POSITIVE_INFINITY) <= line; this.#started++)
      this.#idle.push(this.#byStart[this.#started] as Suppression)
    for (const suppression of this.#idle) {
      if (suppression.lastLine < line) continue
      suppression.isUsed = true
      this.#usedUntil = Math.max(this.#usedUntil, suppression.lastLine)
    }
    // Those that were over before this line stay idle for good.
    this.#idle = []
    return line <= this.#usedUntil
  }
}
