import { missingClosingBrace } from './problems.ts'
import { type Statement, type SyntaxProblem, type SyntaxTree, walkStatements } from './tree.ts'

/**
 * The problem for blocks that are still open at the end of the file. The brace that nginx misses is seldom the one
 * that a person forgot: if some `}` is indented less than the line its block opens on, that block took the `}` of an
 * outer one, and is the one to look at.
 */
export function unclosedBlockProblem(tree: SyntaxTree, open: readonly Statement[]): SyntaxProblem {
  const thief = findMisindentedBlock(tree)
  const problem = missingClosingBrace(thief ?? (open.at(-1) as Statement), 'unexpected end of file')
  if (!thief) return problem
  const start = thief.closingBrace
  return {
    ...problem,
    related: { start, end: start + 1, message: 'this "}" closes it, but is indented for an outer block' },
  }
}

/** Once a block has taken another's `}`, those around it do so too: the first that was closed so is the one. */
function findMisindentedBlock(tree: SyntaxTree): Statement | undefined {
  const { text } = tree.source
  let first: Statement | undefined
  for (const statement of walkStatements(tree.statements)) {
    const { closingBrace } = statement
    if (closingBrace === -1 || (first && first.closingBrace < closingBrace)) continue
    const closing = indentationBefore(text, closingBrace)
    const opening = indentationBefore(text, statement.start)
    if (closing !== undefined && opening !== undefined && closing < opening) first = statement
  }
  return first
}

/** Width of the blanks between the line's start and `offset`; undefined where something else stands there. */
function indentationBefore(text: string, offset: number): number | undefined {
  let at = offset
  while (at > 0 && (text[at - 1] === ' ' || text[at - 1] === '\t')) at--
  return at === 0 || text[at - 1] === '\n' ? offset - at : undefined
}
