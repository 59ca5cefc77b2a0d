import type { Configuration } from '../config/index.ts'
import type { Problem } from './problem.ts'

/**
 * While some tokens or blocks can't be read what a configuration means is a guess, and nothing but the syntax is
 * mended, or what came along when the file was copied. Where a person has to do that, no other fix is promised.
 */
export function withoutHeldFixes(problems: readonly Problem[], { files }: Configuration): readonly Problem[] {
  const count = files.reduce((sum, { tree }) => sum + tree.problems.length, 0)
  if (problems.filter(({ ruleId, fix }) => ruleId === 'syntax' && fix?.safety === 'safe').length >= count)
    return problems
  return problems.map((problem) => (mayMendTokens(problem) ? problem : { ...problem, fix: undefined }))
}

function mayMendTokens({ ruleId }: Problem): boolean {
  return ruleId === 'syntax' || ruleId === 'directives/pasted'
}
