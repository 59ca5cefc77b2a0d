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
  const start = tree.tokens.start(thief.closeToken)
  return {
    ...problem,
    related: { start, end: start + 1, message: 'this "}" closes it, but is indented for an outer block' },
  }
}

function findMisindentedBlock(tree: SyntaxTree): Statement | undefined {
  const { text } = tree.source
  for (const statement of walkStatements(tree.statements)) {
    if (statement.closeToken === -1) continue
    const closing = indentationBefore(text, tree.tokens.start(statement.closeToken))
    const opening = indentationBefore(text, statement.start)
    if (closing !== undefined && opening !== undefined && closing < opening) return statement
  }
  return undefined
}

/** Width of the blanks between the line's start and `offset`; undefined where something else stands there. */
function indentationBefore(text: string, offset: number): number | undefined {
  let at = offset
  while (at > 0 && (text[at - 1] === ' ' || text[at - 1] === '\t')) at--
  return at === 0 || text[at - 1] === '\n' ? offset - at : undefined
}
