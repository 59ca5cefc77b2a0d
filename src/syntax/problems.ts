import { hasLineFeed } from './scan.ts'
import { decodeForDisplay, type Span } from './source.ts'
import type { Statement, SyntaxProblem } from './tree.ts'
import type { Word } from './word.ts'

/** The wording of the parser's problems, and where each points at. */

/**
 * Points at the place where the `;` belongs: the end of the statement.
 * @param isCertain whether that is the end; it is a guess where a quote of the statement was not closed
 */
export function missingSemicolon(statement: Statement, isCertain: boolean, unexpected = ''): SyntaxProblem {
  const { end } = statement.head
  const message = `${unexpected && `${unexpected}: `}missing ";" after "${headText(statement)}"`
  const problem = { start: end, end, message }
  // Behind a backslash a `;` is a letter.
  const isEscaped = statement.words.at(-1)?.raw.endsWith('\\') === true
  return isCertain && !isEscaped ? { ...problem, repair: { start: end, end, text: ';' } } : problem
}

/** What is no name, no header either, and does not begin as what a template puts in. */
const NO_NAME = /^(?![A-Za-z_][\w-]*$|[$@{<%][^\s])/

/** Whether a statement that ends too early is no directive at all: a prompt, a number, a `...`. */
export function isNoDirective({ words }: Statement): boolean {
  const [first] = words
  return first !== undefined && first.quote === '' && NO_NAME.test(first.value)
}

/** Of the lines that were taken along nothing is said: they may be well. */
export function noDirective({ words, tree }: Statement, unexpected: string): SyntaxProblem {
  const below = words.findIndex(({ start }, index) => hasLineFeed(tree.text, words[index - 1]?.end ?? start, start))
  const line = below === -1 ? words : words.slice(0, below)
  const message = `${unexpected}: "${wordsText(line)}" is no directive; remove it, or begin it with "#"`
  return { start: line[0]?.start ?? 0, end: line.at(-1)?.end ?? 0, message }
}

export function tooManyWords(rest: Span): SyntaxProblem {
  const message = 'more words in one directive than ngxlint reads: what follows is not looked at'
  return { start: rest.start, end: rest.start + 1, message }
}

export function missingOpeningBrace(statement: Statement): SyntaxProblem {
  const { start, end } = statement.head
  const last = statement.words.at(-1)
  // `~ \.php${`: nginx takes a `{` behind a `$` for that of a variable.
  if (last?.raw.endsWith('${')) {
    const message = `the "{" behind "$" is read as a part of "${inMessage(last.raw)}", and opens no block: put a blank before it`
    return { start: last.start, end: last.end, message, repair: { start: last.end - 1, end: last.end - 1, text: ' ' } }
  }
  const message = `missing "{" after "${headText(statement)}"`
  return { start, end, message, repair: { start: end, end, text: ' {' } }
}

/** A statement that must have a block ends before a `}` or the end of the file: what was to stand in it, nobody knows. */
export function missingBlock(statement: Statement, unexpected: string): SyntaxProblem {
  return { ...statement.head, message: `${unexpected}: "${headText(statement)}" has no block` }
}

export function noOpeningBrace(statement: Statement): SyntaxProblem {
  return { ...statement.head, message: `directive "${inMessage(statement.name)}" has no opening "{"` }
}

export function blockNotAllowed(statement: Statement, brace: Span): SyntaxProblem {
  return { ...brace, message: `directive "${inMessage(statement.name)}" is not terminated by ";"` }
}

export function blockInRows(rows: Statement, brace: Span): SyntaxProblem {
  return { ...brace, message: `unexpected "{": "${inMessage(rows.name)}" holds rows, not blocks` }
}

export function missingClosingBrace(block: Statement, unexpected = ''): SyntaxProblem {
  const name = headText(block)
  const message = `${unexpected && `${unexpected}: `}missing "}" for "${name && `${name} `}{"`
  return { ...block.head, message }
}

export function unexpectedSemicolon(semicolon: Span): SyntaxProblem {
  return { ...semicolon, message: 'unexpected ";": nothing stands before it', repair: { ...semicolon, text: '' } }
}

export function blockWithoutName(brace: Span): SyntaxProblem {
  return { ...brace, message: 'unexpected "{": a block needs a name before it' }
}

export function noOpenBlock(brace: Span): SyntaxProblem {
  return { ...brace, message: 'unexpected "}": no block is open here' }
}

/** @param at after the closing quote */
export function unexpectedAfterQuote(text: string, at: number): SyntaxProblem {
  const end = endOfCharacter(text, at)
  const character = inMessage(text.slice(at, end))
  const message = `unexpected "${character}" after the closing quote: put a blank between them, or quote the whole word`
  return { start: at, end, message }
}

/** @param isAtEnd whether the quote can be missing at the end of the word only */
export function missingClosingQuote(text: string, word: Span, isAtEnd: boolean): SyntaxProblem {
  const quote = text[word.start] as string
  return {
    ...word,
    message: `missing closing ${quote} after ${inMessage(text.slice(word.start, word.end))}`,
    ...(isAtEnd && { guess: { start: word.end, end: word.end, text: quote } }),
  }
}

/** The repair puts the word in quotes, in which every backslash but that of a quote means the same. */
export function unquotedBrace(text: string, word: Span): SyntaxProblem {
  const raw = text.slice(word.start, word.end)
  const message = `the "{" in ${inMessage(raw)} opens a block: put the word in quotes`
  return raw.includes('"') ? { ...word, message } : { ...word, message, repair: { ...word, text: `"${raw}"` } }
}

export function tooLongWord(text: string, word: Span): SyntaxProblem {
  const beginning = inMessage(text.slice(word.start, word.start + 10))
  return { ...word, message: `too long parameter ${beginning}…: nginx takes no more than 4095 bytes` }
}

export function tooLongComment(comment: Span): SyntaxProblem {
  return { ...comment, message: 'too long comment: nginx takes no more than 4095 bytes in one line' }
}

/** A statement's words in one line, shortened in the middle of a long one. */
export function headText(statement: Statement): string {
  return wordsText(statement.words)
}

/** The same of some words. */
export function wordsText(words: readonly Word[]): string {
  const shown = words.length > BEGINNING + END ? [...words.slice(0, BEGINNING), ...words.slice(-END)] : words
  return inMessage(shown.map((word) => word.raw).join(' '))
}

/** Characters that a message shows of a long text, and so more words than it shows. */
const BEGINNING = 40
const END = 16

/** Bytes of the file as a message shows them: in one line, shortened in the middle, without control characters. */
function inMessage(text: string): string {
  const line = decodeForDisplay(text)
    .replaceAll(/[\r\n]+[ \t\r\n]*/g, ' ')
    .replaceAll(/\p{Control}/gu, '\u{fffd}')
  if (line.length <= 60) return line
  // A cut may leave half of a character.
  return `${line.slice(0, BEGINNING)} … ${line.slice(-END)}`.replaceAll(/\p{Surrogate}/gu, '')
}

/** The end of the UTF-8 character that starts at `at`. */
function endOfCharacter(text: string, at: number): number {
  let end = at + 1
  if (text.charCodeAt(at) < 0xc0) return end
  while (end < at + 4 && (text.charCodeAt(end) & 0xc0) === 0x80) end++
  return end
}
