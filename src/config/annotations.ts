import { countWhile, type Span, type Statement, type SyntaxTree } from '../syntax/index.ts'
import type { ConfigurationFile } from './configuration-file.ts'
import { memoize } from './memoize.ts'

/** A comment that speaks to ngxlint: `# ngxlint-KIND arguments -- reason`. */
export interface Annotation extends Span {
  /** `disable`, `disable-next-line`, `websocket`, …; with the blank or colon that stands for the `-` in one that is misspelt. */
  readonly kind: string
  /** Where its arguments start. */
  readonly listStart: number
  readonly arguments: readonly string[]
  readonly reason: string | undefined
  /** The line it stands on. */
  readonly line: number
}

const ANNOTATION =
  /^#\s*ngxlint(?:-|(?=[ \t:]+(?:disable(?:-[a-z-]+)?|not-websocket)(?![\w-])))((?:[ \t:]+)?[a-z][a-z-]*)[ \t]*(.*)$/s
const REASON_MARK = /(?:^|\s)--(?:\s|$)/

/** The annotations of a file, in order. */
export const annotationsOf = memoize((file: ConfigurationFile): readonly Annotation[] => {
  if (!mayHaveSome(file.source.text)) return []
  const annotations: Annotation[] = []
  for (const comment of file.tree.comments()) {
    const match = ANNOTATION.exec(comment.text)
    if (!match) continue
    const [, kind = '', rest = ''] = match
    const mark = REASON_MARK.exec(rest)
    const listed = mark ? rest.slice(0, mark.index) : rest
    const reason = mark ? rest.slice(mark.index + mark[0].length).trim() : ''
    annotations.push({
      start: comment.start,
      end: comment.end,
      kind,
      listStart: comment.end - rest.length,
      arguments: listed.split(/[\s,]+/).filter((word) => word !== ''),
      reason: reason === '' ? undefined : reason,
      line: file.source.lineAt(comment.start),
    })
  }
  return annotations
})

/** To look at every comment takes the tokens of all the file; a path may hold our name, too. */
function mayHaveSome(text: string): boolean {
  return text.includes('ngxlint') && /#\s*ngxlint[- \t:]/.test(text)
}

/**
 * The statements that annotations of some kind are about: the block whose brace stands before the comment on its line,
 * or the block that follows it, or else the one around it. What stands at the top of a `location` is about that one,
 * unless another `location` follows.
 */
export function annotatedStatements(file: ConfigurationFile, kind: string): Set<Statement> {
  const annotations = annotationsOf(file).filter((annotation) => annotation.kind === kind)
  if (annotations.length === 0) return new Set()
  const targets = annotations.map((annotation) => targetOf(annotation, neighboursOf(annotation, file.tree)))
  return new Set(targets.filter((target) => target !== undefined))
}

/** What stands around a comment. */
interface Neighbours {
  /** The block it is in. */
  readonly around: Statement | undefined
  /** The statements before and after it in that block. */
  readonly before: Statement | undefined
  readonly after: Statement | undefined
}

function targetOf({ line }: Annotation, { around, before, after }: Neighbours): Statement | undefined {
  if (before && lineAt(before, before.end - 1) === line) return before.children ? before : (around ?? before)
  if (around?.body && lineAt(around, around.body.start - 1) === line) return around
  const isAtTopOfLocation = around?.name === 'location' && !before
  const mayMeanNext = after?.children && (after.name === 'location' || !isAtTopOfLocation)
  return mayMeanNext ? after : (around ?? after)
}

function neighboursOf({ start }: Span, tree: SyntaxTree): Neighbours {
  const index = countBefore(start, tree)
  let before: Statement | undefined
  let around = index === 0 ? undefined : tree.statement(index - 1)
  while (around && around.end <= start) {
    before = around
    around = around.parent
  }
  const next = index === tree.table.length ? undefined : tree.statement(index)
  return { around, before, after: next?.parent === around ? next : undefined }
}

/** How many of the statements start before an offset. */
function countBefore(offset: number, { table }: SyntaxTree): number {
  return countWhile(table.length, (index) => table.start(index) < offset)
}

function lineAt(statement: Statement, offset: number): number {
  return statement.tree.source.lineAt(offset)
}
