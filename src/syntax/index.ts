/** What the other folders may know of syntax. */
export { countUpTo, countWhile } from './binary-search.ts'
export { applyEdits, conflict, type Edit, mergeDeletions, sameEdit } from './edit.ts'
export type { Content, Grammar, GrammarEntry } from './grammar.ts'
export * as layout from './layout.ts'
export { PROBLEM_LIMIT, parse } from './parse.ts'
export { headText, wordsText } from './problems.ts'
export {
  bytesOfText,
  decodeForDisplay,
  decodeQuotes,
  encodeFromDisplay,
  type Position,
  SourceFile,
  type Span,
  textOfBytes,
} from './source.ts'
export { print, Statement, type SyntaxProblem, SyntaxTree, walkStatements } from './tree.ts'
export { type Word, writeWord } from './word.ts'
export { type Wording, WordingTable } from './wording.ts'
