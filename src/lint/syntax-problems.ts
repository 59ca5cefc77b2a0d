import type { ConfigurationFile } from '../config/index.ts'
import { builtInRules } from './built-in.ts'
import type { Problem, Severity } from './problem.ts'

/** What the parser found in the files, as problems of the rule `syntax`. */
export function syntaxProblems(
  files: readonly ConfigurationFile[],
  severity: Severity = builtInRules.syntax.severity,
): Problem[] {
  if (severity === 'off') return []
  return files.flatMap((file) =>
    file.tree.problems.map(({ start, end, message, related, repair }) => ({
      ruleId: 'syntax',
      severity,
      file,
      span: { start, end },
      message,
      related: related ? [{ file, span: { start: related.start, end: related.end }, message: related.message }] : [],
      fix: repair && { safety: 'safe' as const, edits: [{ file, edit: repair }] },
    })),
  )
}

/** Whether some file has tokens or blocks that nginx refuses: what it means is a guess then. */
export function hasSyntaxProblems(files: readonly ConfigurationFile[]): boolean {
  return files.some((file) => file.tree.problems.length > 0)
}
