import { groupBy } from '../config/group-by.ts'
import type { ConfigurationFile } from '../config/index.ts'
import type { Problem } from './problem.ts'

/** Problems in the order of the files, then of their places, then of their rules. */
export function inOrder(problems: readonly Problem[], files: readonly ConfigurationFile[]): Problem[] {
  const byFile = groupBy(problems, ({ file }) => file.realPath)
  const order = new Set([...files.map(({ realPath }) => realPath), ...byFile.keys()])
  return [...order].flatMap((realPath) => byFile.get(realPath)?.sort(byPlace) ?? [])
}

function byPlace(one: Problem, other: Problem): number {
  return one.span.start - other.span.start || (one.ruleId < other.ruleId ? -1 : one.ruleId > other.ruleId ? 1 : 0)
}
