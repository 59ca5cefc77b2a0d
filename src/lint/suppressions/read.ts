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
  let open: Suppression[] = []
  const nextLine = nextStatementLines(file)
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
      const next = nextLine(annotation)
      if (next !== undefined) start(annotation, next, next)
    } else if (kind === 'disable') open.push(...start(annotation, line, Number.POSITIVE_INFINITY))
    else if (kind === 'enable') {
      const ends = ({ ruleId }: Suppression) =>
        annotation.arguments.length === 0 || (ruleId !== undefined && annotation.arguments.includes(ruleId))
      const ended = open.filter(ends)
      if (ended.length === 0 && annotation.arguments.every((id) => ruleIds.includes(id))) idleEnables.push(annotation)
      for (const suppression of ended) suppression.lastLine = line
      if (ended.length > 0) open = open.filter((suppression) => !ends(suppression))
    }
  }
  return { suppressions, idleEnables }
}

/** For each annotation the next line on which something stands: more comments, and blank lines, may come before it. */
function nextStatementLines({ source }: ConfigurationFile): (annotation: Annotation) => number | undefined {
  let line = 0
  // Annotations come in the order of the file: where one of many in a row has looked, the next need not look again.
  return (annotation) => {
    if (line > annotation.line) return line <= source.lineCount ? line : undefined
    for (line = annotation.line + 1; line <= source.lineCount; line++) {
      const text = source.text.slice(source.lineStart(line), source.lineEnd(line)).trim()
      if (text !== '' && !text.startsWith('#')) break
    }
    return line <= source.lineCount ? line : undefined
  }
}
