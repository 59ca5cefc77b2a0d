import type { Edit } from './edit.ts'
import { endOfLine, type Span } from './source.ts'
import { TokenKind } from './token.ts'
import type { Statement, SyntaxTree } from './tree.ts'

/**
 * Edits that put statements into a file, or take them out, in the way the file is laid out: its indentation, its line
 * ends, and blocks that stand on one line stay there. `statements` are whole ones, `;` or block included; a line feed
 * in them becomes the file's line end, with the indentation of the place before the next line.
 */

export function insertAfter(sibling: Statement, statements: readonly string[]): Edit {
  const { source } = sibling.tree
  if (!isAloneOnItsLines(sibling)) return insertInline(sibling.tree, sibling.end, statements)
  const lineEnd = endOfLine(source.text, sibling.end)
  const end = source.text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd
  const indentation = indentationOf(sibling)
  return { start: end, end, text: statements.map((text) => newLine(sibling.tree, indentation, text)).join('') }
}

export function insertBefore(sibling: Statement, statements: readonly string[]): Edit {
  const { start } = sibling
  const { source } = sibling.tree
  const separator = startsItsLine(sibling) ? source.lineBreak + indentationOf(sibling) : glue(sibling.tree)
  const indented = statements.map((text) => indentLines(sibling.tree, indentationOf(sibling), text))
  return { start, end: start, text: indented.map((text) => text + separator).join('') }
}

/** Puts statements at the end of a block. */
export function appendTo(block: Statement, statements: readonly string[]): Edit {
  const last = block.children?.at(-1)
  if (last) return insertAfter(last, statements)
  const { source, tokens } = block.tree
  const start = tokens.end(block.lastToken)
  const close = block.closeToken === -1 ? block.end : tokens.start(block.closeToken)
  const inside = source.text.slice(start, close)
  if (!inside.includes('\n')) {
    const text = ` ${statements.join(' ')}${inside === '' ? ' ' : ''}`
    return { start, end: start, text }
  }
  const indentation = indentationOf(block) + indentationUnit(block.tree)
  // After the comments that an otherwise empty block may hold.
  const lineFeed = source.text.lastIndexOf('\n', close - 1)
  const end = source.text[lineFeed - 1] === '\r' ? lineFeed - 1 : lineFeed
  return { start: end, end, text: statements.map((text) => newLine(block.tree, indentation, text)).join('') }
}

/** Takes a statement out, with its line and the comment behind it when it has the line for itself. */
export function remove(statement: Statement): Edit {
  const { text } = statement.tree.source
  if (isAloneOnItsLines(statement)) {
    const start = statement.start - indentationOf(statement).length
    const end = endOfLine(text, statement.end)
    return { start, end: Math.min(end + 1, text.length), text: '' }
  }
  let end = statement.end
  while (text[end] === ' ' || text[end] === '\t') end++
  const closesBlock = text[end] === '}' && text[statement.start - 1] === ' '
  return { start: statement.start, end: closesBlock ? statement.end + (end > statement.end ? 1 : 0) : end, text: '' }
}

export function replace(span: Span, text: string): Edit {
  return { start: span.start, end: span.end, text }
}

/** The blanks that the statement's line starts with. */
export function indentationOf(statement: Statement): string {
  const { source } = statement.tree
  const start = source.lineStart(source.lineAt(statement.start))
  return (/^[ \t]*/.exec(source.text.slice(start, statement.start)) as RegExpExecArray)[0]
}

/** One step of indentation in this file: that of the first nested statement on a line of its own; four spaces if none. */
export function indentationUnit(tree: SyntaxTree): string {
  const pending = [...tree.statements]
  for (let block = pending.shift(); block; block = pending.shift()) {
    const outer = indentationOf(block)
    for (const child of block.children ?? []) {
      const inner = indentationOf(child)
      if (startsItsLine(child) && inner.length > outer.length && inner.startsWith(outer))
        return inner.slice(outer.length)
    }
    if (pending.length < 100 && block.children) pending.push(...block.children.slice(0, 20))
  }
  return '    '
}

function newLine(tree: SyntaxTree, indentation: string, text: string): string {
  return tree.source.lineBreak + indentation + indentLines(tree, indentation, text)
}

function indentLines(tree: SyntaxTree, indentation: string, text: string): string {
  return text.replaceAll('\n', tree.source.lineBreak + indentation)
}

function insertInline(tree: SyntaxTree, at: number, statements: readonly string[]): Edit {
  const gap = glue(tree)
  return { start: at, end: at, text: statements.map((text) => gap + text.replaceAll(/\n\s*/g, gap)).join('') }
}

/** What stands between statements of one line: nothing in a minified file, else a space. */
function glue(tree: SyntaxTree): '' | ' ' {
  const { text } = tree.source
  const isMinified = !text.includes('\n') || text.trimEnd().indexOf('\n') === -1
  return isMinified && /[;{}][^\s;{}#]/.test(text) && !/[;{}] [^\s}]/.test(text) ? '' : ' '
}

function startsItsLine(statement: Statement): boolean {
  const { text } = statement.tree.source
  let at = statement.start
  while (at > 0 && (text[at - 1] === ' ' || text[at - 1] === '\t')) at--
  return at === 0 || text[at - 1] === '\n'
}

/** Whether nothing but a comment follows the statement on its last line, and nothing stands before it on its first. */
function isAloneOnItsLines(statement: Statement): boolean {
  const { tokens, source } = statement.tree
  if (!startsItsLine(statement)) return false
  const lastToken = statement.closeToken === -1 ? statement.lastToken : statement.closeToken
  const next = lastToken + 1
  if (next >= tokens.length) return true
  if (tokens.kind(next) === TokenKind.Comment) return true
  if (tokens.kind(next) !== TokenKind.Blank) return false
  if (source.text.slice(tokens.start(next), tokens.end(next)).includes('\n')) return true
  return next + 1 >= tokens.length || tokens.kind(next + 1) === TokenKind.Comment
}
