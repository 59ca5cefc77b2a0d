import { type Span, type Statement, walkStatements } from '../syntax/index.ts'
import type { ConfigurationFile } from './configuration-file.ts'

/** A comment that speaks to ngxlint: `# ngxlint-KIND arguments -- reason`. */
export interface Annotation extends Span {
  /** `disable`, `disable-next-line`, `websocket`, … */
  readonly kind: string
  readonly arguments: readonly string[]
  readonly reason: string | undefined
  /** The line it stands on. */
  readonly line: number
}

const ANNOTATION = /^#\s*ngxlint-([a-z][a-z-]*)[ \t]*(.*)$/s

/** The annotations of a file, in order. */
export function annotationsOf(file: ConfigurationFile): Annotation[] {
  if (!file.source.text.includes('ngxlint-')) return []
  const annotations: Annotation[] = []
  for (const comment of file.tree.comments()) {
    const match = ANNOTATION.exec(comment.text)
    if (!match) continue
    const [listed, ...reason] = (match[2] as string).split(/\s--\s|^--\s/)
    annotations.push({
      start: comment.start,
      end: comment.end,
      kind: match[1] as string,
      arguments: (listed as string).split(/[\s,]+/).filter((word) => word !== ''),
      reason: reason.length > 0 ? reason.join(' -- ').trim() : undefined,
      line: file.source.lineAt(comment.start),
    })
  }
  return annotations
}

/** The statements that an annotation of some kind stands before (on the lines above), behind, or at the top of. */
export function annotatedStatements(file: ConfigurationFile, kind: string): Set<Statement> {
  const annotations = annotationsOf(file).filter((annotation) => annotation.kind === kind)
  const found = new Set<Statement>()
  if (annotations.length === 0) return found
  const statements = [...walkStatements(file.tree.statements)]
  for (const annotation of annotations) {
    const behind = statements.findLast(
      (statement) => statement.start < annotation.start && headLine(statement) === annotation.line,
    )
    const next = statements.find((statement) => statement.start > annotation.start)
    const block = behind?.children ? behind : undefined
    const target = block ?? enclosingAtTop(annotation, statements) ?? next
    if (target) found.add(target)
  }
  return found
}

function headLine(statement: Statement): number {
  return statement.tree.source.lineAt(statement.head.end)
}

/** The block that has the annotation inside, before any of its statements and with none to follow on the next line. */
function enclosingAtTop(annotation: Annotation, statements: readonly Statement[]): Statement | undefined {
  const enclosing = statements.findLast(
    ({ body }) => body !== undefined && body.start <= annotation.start && annotation.end <= body.end,
  )
  const first = enclosing?.children?.[0]
  const isFirst = first === undefined || first.start > annotation.start
  // `location` blocks may nest: before one of them, the comment is about that one.
  return isFirst && first?.name !== 'location' && enclosing?.name === 'location' ? enclosing : undefined
}
