import type { Annotation, ConfigurationFile } from '../../config/index.ts'

/**
 * Comments that keep problems from being reported:
 *
 *     # ngxlint-disable-next-line RULE[, RULE] -- reason
 *     # ngxlint-disable RULE … # ngxlint-enable RULE
 *     # ngxlint-disable-file RULE
 *
 * Without a rule, all are meant. A comment that keeps nothing back is itself reported.
 */

export const disablingKinds: readonly string[] = ['disable-next-line', 'disable', 'disable-file']
export const knownKinds: readonly string[] = [...disablingKinds, 'enable', 'websocket', 'not-websocket']

/** One rule (or all) kept silent in a range of lines of one file. */
export interface Suppression {
  readonly annotation: Annotation
  /** Undefined for all rules. */
  readonly ruleId: string | undefined
  readonly firstLine: number
  lastLine: number
  isUsed: boolean
}

export interface FileSuppressions {
  readonly suppressions: readonly Suppression[]
  /** `enable` comments that end nothing. */
  readonly idleEnables: readonly Annotation[]
}

export function readSuppressions(
  file: ConfigurationFile,
  annotations: readonly Annotation[],
  ruleIds: readonly string[],
): FileSuppressions {
  const suppressions: Suppression[] = []
  const idleEnables: Annotation[] = []
  const open: Suppression[] = []
  const start = (annotation: Annotation, firstLine: number, lastLine: number): Suppression[] => {
    const named = annotation.arguments.filter((id) => ruleIds.includes(id))
    const meant = annotation.arguments.length === 0 ? [undefined] : named
    const started = meant.map((ruleId) => ({ annotation, ruleId, firstLine, lastLine, isUsed: false }))
    suppressions.push(...started)
    return started
  }
  for (const annotation of annotations) {
    const { kind, line } = annotation
    if (kind === 'disable-file') start(annotation, 1, Number.POSITIVE_INFINITY)
    else if (kind === 'disable-next-line') {
      const next = nextStatementLine(file, annotation)
      if (next !== undefined) start(annotation, next, next)
    } else if (kind === 'disable') open.push(...start(annotation, line, Number.POSITIVE_INFINITY))
    else if (kind === 'enable') {
      const ends = ({ ruleId }: Suppression) =>
        annotation.arguments.length === 0 || (ruleId !== undefined && annotation.arguments.includes(ruleId))
      const ended = open.filter(ends)
      if (ended.length === 0 && annotation.arguments.every((id) => ruleIds.includes(id))) idleEnables.push(annotation)
      for (const suppression of ended) {
        suppression.lastLine = line
        open.splice(open.indexOf(suppression), 1)
      }
    }
  }
  return { suppressions, idleEnables }
}

/** The next line on which something stands: more comments, and blank lines, may come before it. */
function nextStatementLine(file: ConfigurationFile, annotation: Annotation): number | undefined {
  for (let line = annotation.line + 1; line <= file.source.lineCount; line++) {
    const text = file.source.text.slice(file.source.lineStart(line), file.source.lineEnd(line)).trim()
    if (text !== '' && !text.startsWith('#')) return line
  }
  return undefined
}
