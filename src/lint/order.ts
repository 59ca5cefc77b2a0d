import type { ConfigurationFile } from '../config/index.ts'
import type { Problem } from './problem.ts'

/** Problems in the order of the files, then of their places, then of their rules. */
export function inOrder(problems: readonly Problem[], files: readonly ConfigurationFile[]): Problem[] {
  const rank = new Map(files.map((file, index) => [file.realPath, index]))
  const rankOf = (problem: Problem) => rank.get(problem.file.realPath) ?? files.length
  return [...problems].sort(
    (one, other) =>
      rankOf(one) - rankOf(other) ||
      one.span.start - other.span.start ||
      (one.ruleId < other.ruleId ? -1 : one.ruleId > other.ruleId ? 1 : 0),
  )
}
