import { bareGrammar, type Grammar, type GrammarEntry } from './grammar.ts'
import { endOfLua } from './lua.ts'
import { endOfBareWord, endOfBlanks, endOfComment, endOfQuotedWord, isBlank, overflowsBuffer } from './scan.ts'
import { decodeForDisplay, type SourceFile, type Span } from './source.ts'
import { TokenKind, TokenTable } from './token.ts'
import { Statement, type SyntaxProblem, SyntaxTree } from './tree.ts'
import { unclosedBlockProblem } from './unclosed.ts'
import { readWord } from './word.ts'

/**
 * Reads a file as nginx does, but goes on after an error, so that one forgotten `;` does not hide the rest.
 * Never throws, whatever the input; its problems are in `tree.problems`, in the order of the file.
 */
export function parse(source: SourceFile, grammar: Grammar = bareGrammar): SyntaxTree {
  return new Parser(source, grammar).parse()
}

class Parser {
  readonly #text: string
  readonly #tokens = new TokenTable()
  readonly #tree: SyntaxTree
  readonly #grammar: Grammar
  /** The blocks that are open here, outermost first. */
  readonly #open: Statement[] = []
  /** Indexes of the words of the statement that is being read. */
  #words: number[] = []
  #at = 0

  constructor(source: SourceFile, grammar: Grammar) {
    this.#text = source.text
    this.#grammar = grammar
    this.#tree = new SyntaxTree(source, this.#tokens)
  }

  parse(): SyntaxTree {
    const text = this.#text
    while (this.#at < text.length) {
      const code = text.charCodeAt(this.#at)
      if (isBlank(code)) this.#push(TokenKind.Blank, endOfBlanks(text, this.#at))
      else if (code === 35 /* # */) this.#comment()
      else if (code === 59 /* ; */) this.#semicolon()
      else if (code === 123 /* { */) this.#openBlock()
      else if (code === 125 /* } */) this.#closeBlock()
      else if (code === 34 /* " */ || code === 39 /* ' */) this.#quotedWord()
      else this.#bareWord()
    }
    this.#endOfFile()
    return this.#tree
  }

  #push(kind: TokenKind, end: number): number {
    this.#at = end
    return this.#tokens.push(kind, end)
  }

  #report(problem: SyntaxProblem): void {
    this.#tree.problems.push(problem)
  }

  #comment(): void {
    const start = this.#at
    const end = endOfComment(this.#text, start)
    this.#push(TokenKind.Comment, end)
    if (overflowsBuffer(this.#text, start, end))
      this.#report({ start, end, message: 'too long comment: nginx takes no more than 4095 bytes in one line' })
  }

  #bareWord(): void {
    const start = this.#at
    const end = endOfBareWord(this.#text, start)
    this.#words.push(this.#push(TokenKind.Word, end))
    if (overflowsBuffer(this.#text, start, end))
      this.#report({
        start,
        end,
        message: `too long parameter "${this.#show(start, start + 10)}…": nginx takes no more than 4095 bytes`,
      })
  }

  #quotedWord(): void {
    const start = this.#at
    const closed = endOfQuotedWord(this.#text, start)
    const next = this.#text.charCodeAt(closed)
    const wellEnded =
      closed !== -1 &&
      (closed === this.#text.length || isBlank(next) || next === 59 || next === 123 || next === 41) /* ) */
    const overflows = closed !== -1 && overflowsBuffer(this.#text, start + 1, closed)
    if (wellEnded && !overflows) {
      this.#words.push(this.#push(TokenKind.Quoted, closed))
      return
    }
    const lineFeed = this.#text.indexOf('\n', start)
    const spansLines = closed === -1 || (lineFeed !== -1 && lineFeed < closed)
    if (spansLines) this.#unclosedQuote()
    else {
      this.#words.push(this.#push(TokenKind.Quoted, closed))
      if (overflows)
        this.#report({ start, end: closed, message: 'too long parameter: nginx takes no more than 4095 bytes' })
      // A `}` is met again as the end of a block whose last statement has no ";".
      else if (next !== 125) this.#report(this.#unexpectedAfterQuote(closed))
    }
  }

  #unexpectedAfterQuote(at: number): SyntaxProblem {
    const byte = this.#show(at, at + 1)
    return {
      start: at,
      end: at + 1,
      message: `unexpected "${byte}" after the closing quote: put a blank between them, or quote the whole word`,
    }
  }

  /**
   * A quote that runs over line ends into an error was most likely meant to end on its own line: the word is taken to
   * end there, before the `;` or `{` that ends the line.
   */
  #unclosedQuote(): void {
    const start = this.#at
    const lineFeed = this.#text.indexOf('\n', start)
    const line = this.#text.slice(start, lineFeed === -1 ? this.#text.length : lineFeed)
    const word = line.replace(/\s*[;{]?\s*(?:#.*)?$/, '') || line.slice(0, 1)
    const end = start + Math.max(word.length, 1)
    this.#words.push(this.#push(TokenKind.Quoted, end))
    const quote = line.slice(0, 1)
    this.#report({ start, end, message: `missing closing ${quote} after ${this.#show(start, end)}` })
  }

  #semicolon(): void {
    if (this.#words.length === 0) {
      const start = this.#at
      this.#push(TokenKind.Stray, start + 1)
      this.#report({
        start,
        end: start + 1,
        message: 'unexpected ";": nothing stands before it',
        repair: { start, end: start + 1, text: '' },
      })
      return
    }
    const last = this.#push(TokenKind.Semicolon, this.#at + 1)
    this.#finishStatement(last, ';')
  }

  #openBlock(): void {
    const start = this.#at
    const brace = this.#push(TokenKind.Open, start + 1)
    if (this.#words.length === 0) {
      this.#report({ start, end: start + 1, message: 'unexpected "{": a block needs a name before it' })
      this.#enter(this.#add(brace, brace, ''))
      return
    }
    this.#finishStatement(brace, '{')
  }

  #closeBlock(): void {
    const start = this.#at
    if (this.#words.length > 0) this.#finishWithoutSemicolon('unexpected "}"')
    const block = this.#open.pop()
    if (block) {
      block.closeToken = this.#push(TokenKind.Close, start + 1)
      return
    }
    this.#push(TokenKind.Stray, start + 1)
    this.#report({ start, end: start + 1, message: 'unexpected "}": no block is open here' })
  }

  #endOfFile(): void {
    if (this.#words.length > 0) this.#finishWithoutSemicolon('unexpected end of file')
    if (this.#open.length > 0) this.#report(unclosedBlockProblem(this.#tree, this.#open))
  }

  /** Ends the statement before a `}` or the end of the file: its `;` is missing after its last word. */
  #finishWithoutSemicolon(unexpected: string): void {
    for (;;) {
      const entry =
        this.#parentEntry()?.content === 'rows'
          ? undefined
          : this.#grammar.entry(this.#nameOf(this.#words[0] as number))
      const split = this.#findForgottenEnding(entry, this.#parentEntry(), ';')
      if (!split) break
      this.#splitAt(split)
    }
    const last = this.#words.at(-1) as number
    const statement = this.#add(this.#words[0] as number, last, this.#nameOf(this.#words[0] as number))
    this.#words = []
    this.#report(missingSemicolon(statement, `${unexpected}: `))
  }

  /** Ends the statement whose words have been read at its `;` or `{`. */
  #finishStatement(last: number, ending: ';' | '{'): void {
    for (;;) {
      const first = this.#words[0] as number
      const name = this.#nameOf(first)
      const parentEntry = this.#parentEntry()
      const entry = parentEntry?.content === 'rows' ? undefined : this.#grammar.entry(name)
      const split = this.#findForgottenEnding(entry, parentEntry, ending)
      if (split) {
        this.#splitAt(split)
        continue
      }
      if (ending === '{' && parentEntry?.content === 'rows' && this.#closesForgottenRows()) continue
      this.#words = []
      const statement = this.#add(first, last, name)
      if (ending === ';') {
        if (entry?.block === 'always')
          this.#report({ ...statement.head, message: `directive "${this.#showName(name)}" has no opening "{"` })
      } else {
        if (parentEntry?.content === 'rows')
          this.#report({
            start: this.#at - 1,
            end: this.#at,
            message: `unexpected "{": "${this.#showName(this.#open.at(-1)?.name ?? '')}" holds rows, not blocks`,
          })
        else if (entry?.block === 'never')
          this.#report({
            start: this.#at - 1,
            end: this.#at,
            message: `directive "${this.#showName(name)}" is not terminated by ";"`,
          })
        this.#enter(statement)
        if (entry?.content === 'raw') this.#rawBody()
      }
      return
    }
  }

  #parentEntry(): GrammarEntry | undefined {
    const parent = this.#open.at(-1)
    return parent && this.#grammar.entry(parent.name)
  }

  /**
   * Where a `;` or `{` was forgotten: the statement runs over a line end, nginx would refuse it as it stands, and the
   * words of a later line make a directive of their own. Returns the index (in #words) where that line starts.
   */
  #findForgottenEnding(
    entry: GrammarEntry | undefined,
    parent: GrammarEntry | undefined,
    ending: ';' | '{',
  ): { at: number; forgotten: ';' | '{' } | undefined {
    const count = this.#words.length
    if (count < 2 || !this.#spansLines()) return undefined
    if (parent?.content === 'rows') {
      const { rowLength } = parent
      const startsLine = rowLength !== undefined && count > rowLength && ending === ';' && this.#startsLine(rowLength)
      return startsLine ? { at: rowLength, forgotten: ';' } : undefined
    }
    if (!entry) return undefined
    const fits = entry.accepts(count - 1, ending) && !(entry.block === (ending === ';' ? 'always' : 'never'))
    if (fits) return undefined
    for (let at = 1; at < count; at++) {
      if (!this.#startsLine(at) || this.#tokens.kind(this.#words[at] as number) !== TokenKind.Word) continue
      if (!this.#grammar.entry(this.#nameOf(this.#words[at] as number))) continue
      if (entry.block !== 'always' && entry.accepts(at - 1, ';')) return { at, forgotten: ';' }
      if (entry.block !== 'never' && entry.accepts(at - 1, '{')) return { at, forgotten: '{' }
    }
    return undefined
  }

  #spansLines(): boolean {
    const first = this.#tokens.end(this.#words[0] as number)
    const lineFeed = this.#text.indexOf('\n', first)
    return lineFeed !== -1 && lineFeed < this.#tokens.start(this.#words.at(-1) as number)
  }

  #startsLine(wordIndex: number): boolean {
    const start = this.#tokens.start(this.#words[wordIndex] as number)
    const previousEnd = this.#tokens.end(this.#words[wordIndex - 1] as number)
    return this.#text.lastIndexOf('\n', start) >= previousEnd
  }

  #splitAt({ at, forgotten }: { at: number; forgotten: ';' | '{' }): void {
    const first = this.#words[0] as number
    const statement = this.#add(first, this.#words[at - 1] as number, this.#nameOf(first))
    this.#words = this.#words.slice(at)
    if (forgotten === ';') {
      this.#report(missingSemicolon(statement, ''))
      return
    }
    const { end } = statement.head
    this.#report({
      start: statement.start,
      end,
      message: `missing "{" after "${headText(statement)}"`,
      repair: { start: end, end, text: ' {' },
    })
    this.#enter(statement)
  }

  /** A block inside `map { … }` that is a directive nginx knows: the `}` of the map was forgotten before it. */
  #closesForgottenRows(): boolean {
    const entry = this.#grammar.entry(this.#nameOf(this.#words[0] as number))
    if (!entry || entry.block === 'never') return false
    const rows = this.#open.pop() as Statement
    const { start, end } = rows.head
    this.#report({ start, end, message: `missing "}" for "${headText(rows)} {"` })
    return true
  }

  #rawBody(): void {
    const end = endOfLua(this.#text, this.#at)
    if (end > this.#at) this.#push(TokenKind.Raw, end)
  }

  #add(firstToken: number, lastToken: number, name: string): Statement {
    const parent = this.#open.at(-1)
    const statement = new Statement(this.#tree, parent, firstToken, lastToken, name)
    if (parent) (parent.children as Statement[]).push(statement)
    else this.#tree.statements.push(statement)
    return statement
  }

  #enter(statement: Statement): void {
    statement.children = []
    this.#open.push(statement)
  }

  #nameOf(token: number): string {
    const start = this.#tokens.start(token)
    const end = this.#tokens.end(token)
    const quoted = this.#tokens.kind(token) === TokenKind.Quoted
    // The usual name has neither quote nor backslash; making a Word for each would double the parser's work.
    const raw = this.#text.slice(start, end)
    return quoted || raw.includes('\\') ? readWord(this.#text, start, end, quoted).value : raw
  }

  #show(start: number, end: number): string {
    return decodeForDisplay(this.#text.slice(start, end))
  }

  #showName(name: string): string {
    return decodeForDisplay(name)
  }
}

/** Points at the place where the `;` belongs: the end of the statement. */
function missingSemicolon(statement: Statement, prefix: string): SyntaxProblem {
  const span: Span = statement.head
  const repair = { start: span.end, end: span.end, text: ';' }
  return { start: span.end, end: span.end, message: `${prefix}missing ";" after "${headText(statement)}"`, repair }
}

/** A statement's words in one line, shortened in the middle of a long one. */
export function headText(statement: Statement): string {
  const text = decodeForDisplay(statement.words.map((word) => word.raw).join(' '))
  return text.length <= 60 ? text : `${text.slice(0, 40)} … ${text.slice(-16)}`
}
