import { type Directive, type ForgottenEnding, findForgottenEnding, findForgottenRowEnd } from './forgotten.ts'
import { bareGrammar, type Grammar, type GrammarEntry } from './grammar.ts'
import { endOfLua } from './lua.ts'
import { PendingStatement } from './pending.ts'
import * as problems from './problems.ts'
import { endOfRegex, isQuantifier } from './regex.ts'
import { endOfRunawayQuote, isRunawayQuote } from './runaway.ts'
import {
  commentOverflowsBuffer,
  endOfBareWord,
  endOfBlanks,
  endOfComment,
  endOfQuotedWord,
  hasLineFeed,
  isBlank,
  mayFollowQuote,
  wordOverflowsBuffer,
} from './scan.ts'
import type { SourceFile, Span } from './source.ts'
import { isWord, TokenKind, TokenTable } from './token.ts'
import { Statement, type SyntaxProblem, SyntaxTree } from './tree.ts'
import { unclosedBlockProblem } from './unclosed.ts'
import { readWord } from './word.ts'

const DOUBLE_QUOTE = 34
const HASH = 35
const SINGLE_QUOTE = 39
const SEMICOLON = 59
const OPEN_BRACE = 123
const CLOSE_BRACE = 125

/**
 * Reads a file as nginx does, but goes on after an error, so that one forgotten `;` does not hide the rest.
 * Never throws, whatever the input; its problems are in `tree.problems`, in the order of the file.
 * @param text read in the place of the file's own; of the same length, so that offsets mean the same
 */
export function parse(source: SourceFile, grammar: Grammar = bareGrammar, text = source.text): SyntaxTree {
  return new Parser(source, grammar, text).parse()
}

interface OpenBlock {
  readonly statement: Statement
  readonly entry: GrammarEntry | undefined
}

class Parser {
  readonly #text: string
  readonly #tokens: TokenTable
  readonly #tree: SyntaxTree
  readonly #grammar: Grammar
  /** The directives met so far. A file has few different ones, so their names are held, and looked up, once. */
  readonly #directives = new Map<string, Directive>()
  /** The blocks that are open here, outermost first. */
  readonly #open: OpenBlock[] = []
  /** The innermost of them. */
  #block: OpenBlock | undefined
  readonly #pending = new PendingStatement()
  /** Problems met that leave a `}` too many, and those that leave one too few: the same mistake isn't reported twice. */
  #blocksNotOpened = 0
  #blocksNotAllowed = 0
  /**
   * The last statement outside of any block that may be the head of one, in a file that does not tell: the `server` of an
   * upstream or of http. A `}` too many, with statements before it, tells.
   */
  #maybeHead: Statement | undefined
  /** Whether a line feed stands between the last word and here. */
  #atLineStart = false
  #at = 0

  constructor(source: SourceFile, grammar: Grammar, text: string) {
    this.#text = text
    this.#tokens = new TokenTable(text.length)
    this.#grammar = grammar
    this.#tree = new SyntaxTree(source, this.#tokens, text)
  }

  parse(): SyntaxTree {
    const text = this.#text
    while (this.#at < text.length) {
      const code = text.charCodeAt(this.#at)
      if (isBlank(code)) this.#blanks()
      else if (code === HASH) this.#comment()
      else if (code === SEMICOLON) this.#semicolon()
      else if (code === OPEN_BRACE) this.#openingBrace()
      else if (code === CLOSE_BRACE) this.#closingBrace()
      else if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) this.#quotedWord()
      else this.#bareWord()
    }
    this.#endOfFile()
    this.#tree.problems.sort((one, other) => one.start - other.start)
    return this.#tree
  }

  /** Adds the token from here to `end`; returns its index. */
  #push(kind: TokenKind, end: number): number {
    this.#at = end
    return this.#tokens.push(kind, end)
  }

  #report(problem: SyntaxProblem): void {
    this.#tree.problems.push(problem)
  }

  // Tokens

  #blanks(): void {
    const end = endOfBlanks(this.#text, this.#at)
    if (this.#pending.wordCount > 0 && hasLineFeed(this.#text, this.#at, end)) this.#atLineStart = true
    this.#push(TokenKind.Blank, end)
  }

  #comment(): void {
    const start = this.#at
    const end = endOfComment(this.#text, start)
    this.#push(TokenKind.Comment, end)
    if (commentOverflowsBuffer(this.#text, start, end)) this.#report(problems.tooLongComment({ start, end }))
  }

  #bareWord(): void {
    const start = this.#at
    let end = endOfBareWord(this.#text, start)
    if (isQuantifier(this.#text, end)) {
      end = endOfRegex(this.#text, end)
      this.#report(problems.unquotedBrace(this.#text, { start, end }))
    }
    this.#word(TokenKind.Word, end)
    if (wordOverflowsBuffer(this.#text, start, end)) this.#report(problems.tooLongWord(this.#text, { start, end }))
  }

  #quotedWord(): void {
    const text = this.#text
    const start = this.#at
    const end = endOfQuotedWord(text, start)
    const mayEndHere = end !== -1 && mayFollowQuote(text, end)
    const overflows = end !== -1 && wordOverflowsBuffer(text, start + 1, end)
    if (end === -1 || ((!mayEndHere || overflows) && isRunawayQuote(text, start, end))) {
      const word = { start, end: endOfRunawayQuote(text, start) }
      this.#word(TokenKind.Quoted, word.end)
      this.#pending.hasRunawayQuote = true
      this.#report(problems.missingClosingQuote(text, word))
      return
    }
    this.#word(TokenKind.Quoted, end)
    if (overflows) this.#report(problems.tooLongWord(text, { start, end }))
    // A `}` is met again as the end of a block whose last statement has no `;`.
    else if (!mayEndHere && text.charCodeAt(end) !== CLOSE_BRACE) this.#report(problems.unexpectedAfterQuote(text, end))
  }

  #word(kind: TokenKind, end: number): void {
    this.#pending.add(this.#push(kind, end), this.#atLineStart)
    this.#atLineStart = false
  }

  #semicolon(): void {
    const token = { start: this.#at, end: this.#at + 1 }
    if (this.#pending.wordCount === 0) {
      this.#push(TokenKind.Stray, token.end)
      this.#report(problems.unexpectedSemicolon(token))
      return
    }
    const lastToken = this.#push(TokenKind.Semicolon, token.end)
    this.#insertForgottenEndings(';')
    const directive = this.#pendingDirective()
    // A quote that swallowed the `{` has been reported.
    const isExplained = this.#pending.hasRunawayQuote
    const isHead = this.#isHead(directive.entry)
    const statement = this.#addPending(directive.name, lastToken)
    if (!this.#block && !isHead && directive.entry?.block === 'either') this.#maybeHead = statement
    if (!isHead) return
    if (!isExplained) this.#report(problems.noOpeningBrace(statement))
    this.#blocksNotOpened++
  }

  /**
   * Whether the pending words can only be the head of a block: so does a `server` in a file that may stand in `upstream` or
   * not, if a line in it starts with a directive.
   */
  #isHead(entry: GrammarEntry | undefined): boolean {
    if (entry?.block !== 'either') return entry?.block === 'always'
    const count = this.#pending.wordCount - 1
    if (!entry.accepts(count, ';')) return entry.accepts(count, '{')
    for (const { token, wordsBefore } of this.#pending.lineStarts()) {
      const name = wordsBefore > 1 ? this.#directiveNameAt(token) : undefined
      if (name !== undefined && !entry.takesWord?.(name)) return true
    }
    return false
  }

  #openingBrace(): void {
    const brace = { start: this.#at, end: this.#at + 1 }
    const lastToken = this.#push(TokenKind.Open, brace.end)
    if (this.#pending.wordCount === 0) {
      this.#report(problems.blockWithoutName(brace))
      this.#enter({ statement: this.#add('', lastToken, lastToken), entry: undefined })
      return
    }
    this.#insertForgottenEndings('{')
    while (this.#isBlockForgottenToClose()) {
      this.#report(problems.missingClosingBrace(this.#leave() as Statement))
      this.#insertForgottenEndings('{')
    }
    const { name, entry } = this.#pendingDirective()
    const rows = this.#rows
    const statement = this.#addPending(name, lastToken)
    if (rows) this.#report(problems.blockInRows(rows.statement, brace))
    else if (entry?.block === 'never') {
      this.#report(problems.blockNotAllowed(statement, brace))
      this.#blocksNotAllowed++
    }
    this.#enter({ statement, entry })
    if (entry?.content === 'raw') this.#rawBody()
  }

  #rawBody(): void {
    const end = endOfLua(this.#text, this.#at)
    if (end > this.#at) this.#push(TokenKind.Raw, end)
  }

  #closingBrace(): void {
    const brace: Span = { start: this.#at, end: this.#at + 1 }
    if (this.#pending.wordCount > 0) this.#endWithoutSemicolon('unexpected "}"')
    if (this.#block) {
      this.#leave(this.#push(TokenKind.Close, brace.end))
      return
    }
    this.#push(TokenKind.Stray, brace.end)
    if (this.#blocksNotOpened > 0) this.#blocksNotOpened--
    else if (this.#maybeHead && this.#maybeHead !== this.#tree.statements.at(-1)) {
      this.#report(problems.noOpeningBrace(this.#maybeHead))
      this.#maybeHead = undefined
    } else this.#report(problems.noOpenBlock(brace))
  }

  #endOfFile(): void {
    if (this.#pending.wordCount > 0) this.#endWithoutSemicolon('unexpected end of file')
    const unclosed = this.#open.map((block) => block.statement)
    while (this.#block) this.#leave()
    if (unclosed.length > this.#blocksNotAllowed) this.#report(unclosedBlockProblem(this.#tree, unclosed))
  }

  // Statements and blocks

  /** Ends the pending statement before a `}` or the end of the file. */
  #endWithoutSemicolon(unexpected: string): void {
    this.#insertForgottenEndings(';')
    const { name, entry } = this.#pendingDirective()
    const { lastToken, hasRunawayQuote } = this.#pending
    const statement = this.#addPending(name, lastToken)
    if (entry?.block === 'always') this.#report(problems.missingBlock(statement, unexpected))
    else this.#report(problems.missingSemicolon(statement, !hasRunawayQuote, unexpected))
    if (entry?.block === 'always') this.#blocksNotOpened++
  }

  /** Makes a statement of the pending words, ended by `lastToken`. */
  #addPending(name: string, lastToken: number): Statement {
    const statement = this.#add(name, this.#pending.firstToken, lastToken)
    this.#pending.clear()
    return statement
  }

  #add(name: string, firstToken: number, lastToken: number): Statement {
    const parent = this.#block?.statement
    const statement = new Statement(this.#tree, parent, firstToken, lastToken, name)
    const siblings = parent?.children ?? this.#tree.statements
    siblings.push(statement)
    return statement
  }

  #enter(block: OpenBlock): void {
    block.statement.children = []
    this.#open.push(block)
    this.#block = block
  }

  /** Closes the innermost block with its `}`, or without one where that was forgotten. */
  #leave(closeToken?: number): Statement | undefined {
    const statement = this.#open.pop()?.statement
    this.#block = this.#open.at(-1)
    if (!statement) return undefined
    const last = closeToken ?? statement.children?.at(-1)?.endToken
    if (last !== undefined) statement.endToken = last
    return statement
  }

  /** The innermost block, where it holds rows. */
  get #rows(): OpenBlock | undefined {
    return this.#block?.entry?.content === 'rows' ? this.#block : undefined
  }

  /** What the first pending word names: in a block of rows, no directive. */
  #pendingDirective(): Directive {
    const { firstToken } = this.#pending
    if (this.#rows) return { name: this.#valueOf(firstToken), entry: undefined }
    const directive = this.#directiveAt(firstToken)
    const inThisBlock = this.#block && directive.entry?.within?.get(this.#block.statement.name)
    return inThisBlock ? { name: directive.name, entry: inThisBlock } : directive
  }

  #directiveAt(token: number): Directive {
    const name = this.#valueOf(token)
    let directive = this.#directives.get(name)
    if (!directive) {
      directive = { name, entry: this.#grammar.entry(name) }
      this.#directives.set(name, directive)
    }
    return directive
  }

  #valueOf(token: number): string {
    const start = this.#tokens.start(token)
    const end = this.#tokens.end(token)
    const quoted = this.#tokens.kind(token) === TokenKind.Quoted
    // The usual name has neither quote nor backslash; making a Word for each would double the parser's work.
    const raw = this.#text.slice(start, end)
    return quoted || raw.includes('\\') ? readWord(this.#text, start, end, quoted).value : raw
  }

  // What was forgotten

  /** Makes statements of pending words that lack their `;` or `{`; the rest is to end with `ending`. */
  #insertForgottenEndings(ending: ';' | '{'): void {
    while (this.#pending.hasLineStarts) {
      const found = this.#findForgottenEnding(ending)
      if (!found) return
      this.#insertEnding(found)
    }
  }

  #findForgottenEnding(ending: ';' | '{'): ForgottenEnding | undefined {
    if (this.#rows) return findForgottenRowEnd(this.#pending, this.#rows.entry?.rowLength)
    const directive = this.#pendingDirective()
    return findForgottenEnding(this.#pending, ending, directive, ({ token }) => this.#directiveNameAt(token))
  }

  #directiveNameAt(token: number): string | undefined {
    if (this.#tokens.kind(token) !== TokenKind.Word) return undefined
    const { name, entry } = this.#directiveAt(token)
    return entry && name
  }

  #insertEnding({ before, missing }: ForgottenEnding): void {
    const { name, entry } = this.#pendingDirective()
    const statement = this.#add(name, this.#pending.firstToken, this.#lastWordBefore(before.token))
    this.#pending.dropBefore(before)
    if (missing === ';') {
      this.#report(problems.missingSemicolon(statement, !this.#pending.hasRunawayQuote))
      return
    }
    this.#report(problems.missingOpeningBrace(statement))
    this.#enter({ statement, entry })
  }

  #lastWordBefore(token: number): number {
    let index = token - 1
    while (!isWord(this.#tokens.kind(index))) index--
    return index
  }

  /** Whether a block opens here that can't stand in this block, but could in the one around it: a `}` is missing. */
  #isBlockForgottenToClose(): boolean {
    const { entry } = this.#directiveAt(this.#pending.firstToken)
    if (!this.#block || !entry || entry.block === 'never') return false
    return this.#rows !== undefined || this.#pendingDirective().entry?.block === 'never'
  }
}
