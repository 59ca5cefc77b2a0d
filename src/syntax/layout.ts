import type { Edit } from './edit.ts'
import { parse } from './parse.ts'
import { endOfBlanks, HASH, hasLineFeed, isBlank, startOfBlanks } from './scan.ts'
import { endOfLine, SourceFile, type Span } from './source.ts'
import { isWord, TokenKind } from './token.ts'
import { type Statement, type SyntaxTree, walkStatements } from './tree.ts'

/**
 * Edits that put statements into a file, or take them out, in the way the file is laid out: its indentation, its line
 * ends, and blocks that stand on one line stay there. `statements` are whole ones, `;` or block included; a line feed
 * in them becomes the file's line end, with the indentation of the place before the next line. An empty one leaves a
 * line empty.
 */

/** Behind the sibling, and behind the comment on its line. */
export function insertAfter(sibling: Statement, statements: readonly string[]): Edit {
  const { source } = sibling.tree
  if (!isAloneOnItsLines(sibling)) {
    const gap = gapBeside(sibling)
    const texts = inOneLine(sibling.tree, gap, statements)
    return insertion(sibling.end, texts.map((text) => gap + text).join(''))
  }
  return insertion(beforeLineEnd(source.text, sibling.end), newLines(sibling.tree, indentationOf(sibling), statements))
}

/** Before the sibling, and before the comment lines that stand right above it, for these speak of the sibling. */
export function insertBefore(sibling: Statement, statements: readonly string[]): Edit {
  const { tree } = sibling
  const gap = gapBeside(sibling)
  if (!startsItsLine(sibling) || (gap === '' && !isAloneOnItsLines(sibling))) {
    const texts = inOneLine(tree, gap, statements)
    return insertion(sibling.start, texts.map((text) => text + gap).join(''))
  }
  const indentation = indentationOf(sibling)
  const [first = '', ...others] = statements
  const lines = onLines(first, tree, indentation) + newLines(tree, indentation, others)
  return insertion(startOfCommentsAbove(sibling), lines + tree.source.lineBreak + indentation)
}

/** Puts statements at the end of a block. */
export function appendTo(block: Statement, statements: readonly string[]): Edit {
  const last = block.children?.at(-1)
  if (last) return insertAfter(last, statements)
  const { tree } = block
  const { text } = tree.source
  const inside = block.body ?? { start: block.end, end: block.end }
  if (!hasLineFeed(text, inside.start, inside.end)) {
    const gap = isBlank(text.charCodeAt(inside.start - 2)) || inside.start < inside.end ? ' ' : ''
    const texts = inOneLine(tree, gap, statements)
    const added = texts.map((statement) => gap + statement).join('')
    return insertion(inside.start, inside.start === inside.end ? added + gap : added)
  }
  // Behind the comments that an otherwise empty block may hold.
  const at = beforeLineEnd(text, startOfBlanks(text, inside.end))
  return insertion(at, newLines(tree, indentationOf(block) + indentationUnit(tree), statements))
}

/** Takes a statement out, with its line and the comment behind it when it has the line for itself. */
export function remove(statement: Statement): Edit {
  const { text } = statement.tree.source
  const { start, end } = statement
  if (isAloneOnItsLines(statement)) {
    const lineEnd = Math.min(endOfLine(text, end) + 1, text.length)
    return { start: start - indentationOf(statement).length, end: lineEnd, text: '' }
  }
  const nextStart = endOfBlanks(text, end)
  const endsItsLine = nextStart === text.length || hasLineFeed(text, end, nextStart)
  // One of the two gaps around it goes too: the one before it, if what follows is the line's or the block's end.
  if (endsItsLine || (text[nextStart] === '}' && !startsItsLine(statement)))
    return { start: startOfBlanks(text, start), end, text: '' }
  return { start, end: nextStart, text: '' }
}

export function replace(span: Span, text: string): Edit {
  return { start: span.start, end: span.end, text }
}

/** The blanks that the statement's line starts with. */
export function indentationOf(statement: Statement): string {
  const { source } = statement.tree
  const start = source.lineStart(source.lineAt(statement.start))
  let end = start
  while (end < statement.start && (source.text[end] === ' ' || source.text[end] === '\t')) end++
  return source.text.slice(start, end)
}

/** The statement's text, its lines without the indentation that it has where it stands: to be put elsewhere. */
export function withoutIndentation(statement: Statement): string {
  const indentation = indentationOf(statement)
  return rewriteBlanks(statement.tree.source.text.slice(statement.start, statement.end), (blanks) => {
    const [first = '', ...lines] = blanks.split(/\r?\n/)
    const bare = lines.map((line) => (line.startsWith(indentation) ? line.slice(indentation.length) : line))
    return [first, ...bare].join('\n')
  })
}

const units = new WeakMap<SyntaxTree, string>()

/** One step of indentation in this file: that of the first nested statement on a line of its own; four spaces if none. */
export function indentationUnit(tree: SyntaxTree): string {
  const known = units.get(tree)
  if (known !== undefined) return known
  const unit = findIndentationUnit(tree) ?? '    '
  units.set(tree, unit)
  return unit
}

function findIndentationUnit(tree: SyntaxTree): string | undefined {
  for (const statement of walkStatements(tree.statements)) {
    if (!statement.parent || !startsItsLine(statement)) continue
    const outer = indentationOf(statement.parent)
    const inner = indentationOf(statement)
    if (inner.length > outer.length && inner.startsWith(outer)) return inner.slice(outer.length)
  }
  return undefined
}

function insertion(at: number, text: string): Edit {
  return { start: at, end: at, text }
}

function newLines(tree: SyntaxTree, indentation: string, statements: readonly string[]): string {
  const start = (text: string) => tree.source.lineBreak + (text === '' ? '' : indentation)
  return statements.map((text) => start(text) + onLines(text, tree, indentation)).join('')
}

/** A statement with the file's line ends and indentation. What stands in quotes stays as it is. */
function onLines(statement: string, tree: SyntaxTree, indentation: string): string {
  // So it is with nearly all: there is nothing to be changed.
  if (statement === statement.trim() && !statement.includes('\n')) return statement
  const { lineBreak } = tree.source
  return rewriteBlanks(statement, (blanks, before, after) => {
    if (before === undefined || after === undefined) return ''
    const lines = blanks.split(/\r?\n/)
    if (lines.length === 1) return blanks
    return lineBreak.repeat(lines.length - 1) + indentation + lines.at(-1)
  })
}

/** Statements without line ends, but for those that their comments need. */
function inOneLine(tree: SyntaxTree, gap: '' | ' ', statements: readonly string[]): string[] {
  return statements.filter((text) => text !== '').map((text) => onOneLine(text, tree, gap))
}

function onOneLine(statement: string, tree: SyntaxTree, gap: '' | ' '): string {
  return rewriteBlanks(`${statement}\n`, (blanks, before, after) => {
    if (before === TokenKind.Comment) return tree.source.lineBreak
    if (before === undefined || after === undefined) return ''
    if (!hasLineFeed(blanks, 0, blanks.length)) return blanks
    return isWord(before) && isWord(after) ? ' ' : gap
  })
}

/** @returns what is to stand there instead of blanks between such tokens; undefined is before the first, behind the last */
type RewriteBlanks = (blanks: string, before: TokenKind | undefined, after: TokenKind | undefined) => string

function rewriteBlanks(statement: string, rewrite: RewriteBlanks): string {
  const { tokens, source } = parse(new SourceFile('', statement))
  const kindAt = (index: number) => (index >= 0 && index < tokens.length ? tokens.kind(index) : undefined)
  const parts: string[] = []
  for (let index = 0; index < tokens.length; index++) {
    const text = source.text.slice(tokens.start(index), tokens.end(index))
    parts.push(tokens.kind(index) === TokenKind.Blank ? rewrite(text, kindAt(index - 1), kindAt(index + 1)) : text)
  }
  return parts.join('')
}

/** What stands between statements of one line: nothing where this one touches a neighbour, else a space. */
function gapBeside(statement: Statement): '' | ' ' {
  const { text } = statement.tree
  const neighbour = startsItsLine(statement) ? statement.end : statement.start - 1
  return neighbour === text.length || isBlank(text.charCodeAt(neighbour)) ? ' ' : ''
}

function startsItsLine(statement: Statement): boolean {
  return isLineStart(statement.tree.source.text, statement.start)
}

/** Whether nothing but blanks stands between the start of the line and `offset`. */
function isLineStart(text: string, offset: number): boolean {
  let at = offset
  while (at > 0 && (text[at - 1] === ' ' || text[at - 1] === '\t')) at--
  return at === 0 || text[at - 1] === '\n'
}

/** Whether nothing but a comment follows the statement on its last line, and nothing stands before it on its first. */
function isAloneOnItsLines(statement: Statement): boolean {
  const { text } = statement.tree
  if (!startsItsLine(statement)) return false
  const next = endOfBlanks(text, statement.end)
  return next === text.length || text.charCodeAt(next) === HASH || hasLineFeed(text, statement.end, next)
}

/** Where the comment lines start that stand right above a statement, as far indented as it is; else where it starts. */
function startOfCommentsAbove(statement: Statement): number {
  const { source, text } = statement.tree
  const indentation = indentationOf(statement)
  const from = endOfHeadBefore(statement)
  let start = statement.start
  for (let line = source.lineAt(start) - 1; line > 0; line--) {
    const lineStart = source.lineStart(line)
    const commentStart = lineStart + indentation.length
    if (commentStart < from || text.charCodeAt(commentStart) !== HASH) break
    if (source.text.slice(lineStart, commentStart) !== indentation) break
    start = commentStart
  }
  return start
}

/** What looks like a comment behind that is one, and no part of a quoted word. */
function endOfHeadBefore({ tree, index }: Statement): number {
  if (index === 0) return 0
  const before = tree.statement(index - 1)
  return before.start + before.wording.byteLength
}

/** The end of the line of `offset`, before its line feed or CR LF. */
function beforeLineEnd(text: string, offset: number): number {
  const lineEnd = endOfLine(text, offset)
  return lineEnd > offset && text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd
}
