import type { ConfigurationFile } from '../config/index.ts'
import type { Problem } from './problem.ts'

/** Problems in the order of the files, then of their places, then of their rules. */
export function inOrder(problems: readonly Problem[], files: readonly ConfigurationFile[]): Problem[] {
  const byFile = new Map<string, Problem[]>(files.map(({ realPath }) => [realPath, []]))
  for (const problem of problems) {
    const known = byFile.get(problem.file.realPath)
    if (known) known.push(problem)
    else byFile.set(problem.file.realPath, [problem])
  }
  return [...byFile.values()].flatMap((ofFile) => ofFile.sort(byPlace))
}

function byPlace(one: Problem, other: Problem): number {
  return one.span.start - other.span.start || (one.ruleId < other.ruleId ? -1 : one.ruleId > other.ruleId ? 1 : 0)
}
