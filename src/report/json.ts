import type { Problem } from '../lint/problem.ts'
import { type ShownPlace, showPlace } from './place.ts'
import type { Formatter, Stats } from './report.ts'
import { escapeInJson } from './sanitize.ts'
import { type Summary, summarize } from './summary.ts'

/** What `--format json` prints. Others build on it: it only grows. */
export interface JsonReport {
  readonly version: 1
  readonly problems: readonly JsonProblem[]
  readonly fixed: readonly JsonProblem[]
  readonly summary: Summary
  /** With `--stats` only. */
  readonly stats?: Stats
}

export interface JsonProblem extends ShownPlace {
  readonly ruleId: string
  readonly severity: 'error' | 'warn' | 'info'
  readonly message: string
  readonly fix: 'safe' | 'unsafe' | null
}

export const json: Formatter = (report, { cwd }) => {
  const shown = (problem: Problem) => toJson(problem, cwd)
  const content: JsonReport = {
    version: 1,
    problems: report.problems.map(shown),
    fixed: report.fixed.map(shown),
    summary: summarize(report),
    ...(report.stats ? { stats: report.stats } : {}),
  }
  return `${escapeInJson(JSON.stringify(content))}\n`
}

function toJson(problem: Problem, cwd: string): JsonProblem {
  const { ruleId, severity, message, fix } = problem
  return { ruleId, severity, message, ...showPlace(problem, cwd), fix: fix?.safety ?? null }
}
