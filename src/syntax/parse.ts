import { ByteWindow } from './byte-window.ts'
import { type Directive, type ForgottenEnding, findForgottenEnding, findForgottenRowEnd } from './forgotten.ts'
import { bareGrammar, type Grammar, type GrammarEntry } from './grammar.ts'
import { KnownDirectives, Shortcut, shortcutOf } from './known-directives.ts'
import { endOfLua } from './lua.ts'
import { PendingStatement } from './pending.ts'
import * as problems from './problems.ts'
import { endOfRegex, isQuantifier } from './regex.ts'
import { endOfRunawayQuote, isRunawayQuote } from './runaway.ts'
import {
  CLOSE_BRACE,
  commentOverflowsBuffer,
  DOUBLE_QUOTE,
  endOfBareWord,
  endOfBlanks,
  endOfComment,
  endOfQuotedWord,
  HASH,
  hasLineFeed,
  isBlank,
  mayFollowQuote,
  mayOverflowBuffer,
  OPEN_BRACE,
  SEMICOLON,
  SINGLE_QUOTE,
  wordOverflowsBuffer,
} from './scan.ts'
import type { SourceFile, Span } from './source.ts'
import type { StatementTable } from './statements.ts'
import { isWord, TokenKind, TokenTable } from './token.ts'
import { type SyntaxProblem, SyntaxTree } from './tree.ts'
import { unclosedBlockProblem } from './unclosed.ts'
import { readWord } from './word.ts'
import { WordingTable } from './wording.ts'

/** What stands behind a quote that nothing else than its end is missing of. */
const MAY_BE_CLOSED = /^[^"';{}\n]*[^"';{}\s\\]$/

/** In the place of a statement's or wording's number. */
const NONE = -1

/**
 * Reads a file as nginx does, but goes on after an error, so that one forgotten `;` does not hide the rest.
 * Never throws, whatever the input; its problems are in `tree.problems`, in the order of the file.
 * @param text read in the place of the file's own; of the same length, so that offsets mean the same
 * @param wordings those of the files before; to these the file's own are added
 * @param weightLimit of the statements (see `StatementTable`); what follows the first one too many is not read
 */
export function parse(
  source: SourceFile,
  grammar: Grammar = bareGrammar,
  text = source.text,
  wordings = new WordingTable(),
  weightLimit = Number.POSITIVE_INFINITY,
): SyntaxTree {
  return new Parser(source, grammar, text, wordings, weightLimit).parse()
}

/**
 * Problems that anybody may want to know of: each takes two kilobytes, up to where it is told. A file with more is no
 * configuration, and what follows the first one too many is not read.
 */
export const PROBLEM_LIMIT = 500_000

/** Words that a directive may have: `server_name` with all the hosts of a large platform has some ten thousand. */
const WORD_LIMIT = 1_000_000

/** A block that is being read. */
interface OpenBlock {
  /** Number of the statement that it belongs to. */
  readonly statement: number
  readonly entry: GrammarEntry | undefined
  /** Number of the last statement in it so far; -1 where there is none. */
  lastChild: number
}

class Parser {
  readonly #text: string
  readonly #window: ByteWindow
  /** Those of the pending statement. */
  readonly #tokens = new TokenTable()
  readonly #statements: StatementTable
  readonly #wordings: WordingTable
  readonly #tree: SyntaxTree
  readonly #weightLimit: number
  readonly #directives: KnownDirectives
  /** The blocks that are open here, outermost first. */
  readonly #open: OpenBlock[] = []
  /** The innermost of them. */
  #block: OpenBlock | undefined
  readonly #pending = new PendingStatement()
  /** How many problems there were before the pending statement. */
  #problemsBefore = 0
  /** Problems met that leave a `}` too many, and those that leave one too few: the same mistake isn't reported twice. */
  #blocksNotOpened = 0
  #blocksNotAllowed = 0
  /**
   * The last statement outside of any block that may be the head of one, in a file that does not tell: the `server` of an
   * upstream or of http. A `}` too many, with statements before it, tells.
   */
  #maybeHead = NONE
  /** The last statement outside of any block. */
  #lastAtTop = NONE
  /** Whether a line feed stands between the last word and here. */
  #atLineStart = false
  #at = 0

  constructor(source: SourceFile, grammar: Grammar, text: string, wordings: WordingTable, weightLimit: number) {
    this.#weightLimit = weightLimit
    this.#text = text
    this.#window = new ByteWindow(text)
    this.#directives = KnownDirectives.of(grammar, wordings)
    this.#wordings = wordings
    this.#tree = new SyntaxTree(source, text, wordings)
    this.#statements = this.#tree.table
  }

  parse(): SyntaxTree {
    const text = this.#text
    for (;;) {
      if (this.#pending.wordCount === 0) this.#knownStatements()
      if (this.#at >= text.length) break
      if (this.#isTooMuch()) {
        this.#giveUp()
        break
      }
      const code = text.charCodeAt(this.#at)
      if (isBlank(code)) this.#blanks()
      else if (code === HASH) this.#comment()
      else if (code === SEMICOLON) this.#semicolon()
      else if (code === OPEN_BRACE) this.#openingBrace()
      else if (code === CLOSE_BRACE) this.#closingBrace()
      else this.#wordAt(code)
    }
    this.#endOfFile()
    this.#tree.problems.sort((one, other) => one.start - other.start)
    return this.#tree
  }

  /** Adds the token from here to `end` to those of the pending statement; returns its index. */
  #push(kind: TokenKind, end: number): number {
    this.#at = end
    return this.#tokens.push(kind, end)
  }

  #report(problem: SyntaxProblem): void {
    this.#tree.problems.push(problem)
  }

  #isTooMuch(): boolean {
    return (
      this.#tree.problems.length > PROBLEM_LIMIT ||
      this.#pending.wordCount > WORD_LIMIT ||
      this.#statements.weight > this.#weightLimit
    )
  }

  /** What follows is one token, which nobody looks at. */
  #giveUp(): void {
    const span = { start: this.#at, end: this.#text.length }
    this.#tree.raw.push(span)
    this.#at = span.end
    if (this.#pending.wordCount > WORD_LIMIT) this.#report(problems.tooManyWords(span))
  }

  // Tokens

  #blanks(): void {
    const end = endOfBlanks(this.#text, this.#at)
    if (hasLineFeed(this.#text, this.#at, end)) this.#atLineStart = true
    this.#push(TokenKind.Blank, end)
  }

  #comment(): void {
    const start = this.#at
    const end = endOfComment(this.#text, start)
    if (this.#pending.wordCount > 0) this.#push(TokenKind.Comment, end)
    else this.#at = end
    if (commentOverflowsBuffer(this.#text, start, end)) this.#report(problems.tooLongComment({ start, end }))
  }

  #wordAt(code: number): void {
    if (this.#pending.wordCount === 0) {
      this.#problemsBefore = this.#tree.problems.length
      this.#tokens.restart(this.#at)
    }
    if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) this.#quotedWord()
    else this.#bareWord()
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
      this.#report(problems.missingClosingQuote(text, word, this.#closesAtEnd(word)))
      return
    }
    this.#word(TokenKind.Quoted, end)
    if (overflows) this.#report(problems.tooLongWord(text, { start, end }))
    // A `}` is met again as the end of a block whose last statement has no `;`.
    else if (!mayEndHere && text.charCodeAt(end) !== CLOSE_BRACE) this.#report(problems.unexpectedAfterQuote(text, end))
  }

  /** Whether the pending word, whose closing quote is missing, can end only before the `;` of its line. */
  #closesAtEnd({ start, end }: Span): boolean {
    const text = this.#text
    if (text.charCodeAt(endOfBlanks(text, end)) !== SEMICOLON || !MAY_BE_CLOSED.test(text.slice(start + 1, end)))
      return false
    const pieces = text.slice(start + 1, end).split(/[ \t]+/).length
    if (pieces === 1) return true
    if (this.#rows) return false
    // Closed before one of its blanks, what stands behind would be arguments of their own.
    const { entry } = this.#pendingDirective()
    const count = this.#pending.wordCount - 1
    const accepts = (more: number) => entry?.accepts(count + more, ';') === true
    return accepts(0) && !Array.from({ length: pieces - 1 }, (_, index) => index + 1).some(accepts)
  }

  #word(kind: TokenKind, end: number): void {
    this.#pending.add(this.#push(kind, end), this.#atLineStart)
    this.#atLineStart = false
  }

  // Known statements: the fast path

  /**
   * Reads statements whose wording is known or plain, of directives whose place and ending need no thought, and what is
   * between them: nearly all of a large file. Everything else takes the way of tokens, with the same result.
   */
  #knownStatements(): void {
    const window = this.#window
    const wordings = this.#wordings
    let { bytes, start } = window
    for (;;) {
      if (this.#at > window.lastStart) {
        window.moveTo(this.#at)
        bytes = window.bytes
        start = window.start
      }
      let at = this.#at - start
      while (isBlank(bytes[at] as number)) at++
      this.#at = start + at
      const code = bytes[at]
      if (code === HASH) {
        this.#comment()
        continue
      }
      if (code === CLOSE_BRACE && this.#block) {
        this.#at++
        this.#leave(this.#at)
        continue
      }
      const wording = wordings.find(window, at)
      if (wording === NONE) return
      const shortcut = this.#shortcut(wording)
      if (shortcut === Shortcut.None || this.#statements.weight > this.#weightLimit) return
      const end = this.#at + wordings.byteLength(wording)
      const statement = this.#addAs(wording, this.#at, end)
      this.#at = end
      if (shortcut === Shortcut.Block) this.#enter(statement, this.#entryHere(wordings.nameOf(wording)))
    }
  }

  #shortcut(wording: number): Shortcut {
    const endsInBrace = this.#wordings.endsInBrace(wording)
    if (this.#rows) return endsInBrace ? Shortcut.None : Shortcut.Statement
    const known = this.#directives.shortcut(wording)
    const shortcut = known === Shortcut.ByBlock ? shortcutOf(this.#entryHere(this.#wordings.nameOf(wording))) : known
    return endsInBrace === (shortcut === Shortcut.Block) ? shortcut : Shortcut.None
  }

  #semicolon(): void {
    const token = { start: this.#at, end: this.#at + 1 }
    if (this.#pending.wordCount === 0) {
      this.#at = token.end
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
    if (!isExplained) this.#report(problems.noOpeningBrace(this.#tree.statement(statement)))
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
    if (this.#pending.wordCount === 0) this.#tokens.restart(brace.start)
    const lastToken = this.#push(TokenKind.Open, brace.end)
    if (this.#pending.wordCount === 0) {
      this.#report(problems.blockWithoutName(brace))
      this.#enter(this.#add('', lastToken, lastToken, false), undefined)
      return
    }
    this.#insertForgottenEndings('{')
    while (this.#isBlockForgottenToClose()) {
      this.#report(problems.missingClosingBrace(this.#tree.statement(this.#leave())))
      this.#insertForgottenEndings('{')
    }
    const { name, entry } = this.#pendingDirective()
    const rows = this.#rows
    const statement = this.#addPending(name, lastToken)
    if (rows) this.#report(problems.blockInRows(this.#tree.statement(rows.statement), brace))
    else if (entry?.block === 'never') {
      this.#report(problems.blockNotAllowed(this.#tree.statement(statement), brace))
      this.#blocksNotAllowed++
    }
    this.#enter(statement, entry)
    if (entry?.content === 'raw') this.#rawBody()
  }

  #rawBody(): void {
    const end = endOfLua(this.#text, this.#at)
    if (end === this.#at) return
    this.#tree.raw.push({ start: this.#at, end })
    this.#at = end
  }

  #closingBrace(): void {
    const brace: Span = { start: this.#at, end: this.#at + 1 }
    if (this.#pending.wordCount > 0) this.#endWithoutSemicolon('unexpected "}"')
    this.#at = brace.end
    if (this.#block) {
      this.#leave(brace.end)
      return
    }
    if (this.#blocksNotOpened > 0) this.#blocksNotOpened--
    else if (this.#maybeHead !== NONE && this.#maybeHead !== this.#lastAtTop) {
      this.#report(problems.noOpeningBrace(this.#tree.statement(this.#maybeHead)))
      this.#maybeHead = NONE
    } else this.#report(problems.noOpenBlock(brace))
  }

  #endOfFile(): void {
    if (this.#pending.wordCount > 0) this.#endWithoutSemicolon('unexpected end of file')
    const unclosed = this.#open.map((block) => this.#tree.statement(block.statement))
    while (this.#block) this.#leave()
    if (unclosed.length > this.#blocksNotAllowed) this.#report(unclosedBlockProblem(this.#tree, unclosed))
  }

  // Statements and blocks

  /** Ends the pending statement before a `}` or the end of the file. */
  #endWithoutSemicolon(unexpected: string): void {
    this.#insertForgottenEndings(';')
    const { name, entry } = this.#pendingDirective()
    const { lastToken, hasRunawayQuote } = this.#pending
    const rows = this.#rows
    const statement = this.#addPending(name, lastToken)
    const reported = this.#tree.statement(statement)
    if (entry?.block === 'always') this.#report(problems.missingBlock(reported, unexpected))
    else if (!entry && !rows && problems.isNoDirective(reported))
      this.#report(problems.noDirective(reported, unexpected))
    else this.#report(problems.missingSemicolon(reported, !hasRunawayQuote, unexpected))
    if (entry?.block === 'always') this.#blocksNotOpened++
  }

  /** Makes a statement of the pending words, ended by `lastToken`. */
  #addPending(name: string, lastToken: number): number {
    const { firstToken } = this.#pending
    const statement = this.#add(name, firstToken, lastToken, this.#isPlain(firstToken, lastToken))
    this.#pending.clear()
    return statement
  }

  /**
   * Whether the bytes of the pending statement would be the same tokens wherever a statement starts with them: nothing was
   * wrong with them, and where each token ends could be told from them alone.
   */
  #isPlain(firstToken: number, lastToken: number): boolean {
    const start = this.#tokens.start(firstToken)
    const end = this.#tokens.end(lastToken)
    if (this.#tree.problems.length > this.#problemsBefore || hasLineFeed(this.#text, start, end)) return false
    if (mayOverflowBuffer(start, end)) return false
    if (this.#tokens.kind(lastToken) === TokenKind.Semicolon) return true
    // What stands behind a `{` tells whether it is a quantifier's, if it touches a word.
    return this.#tokens.kind(lastToken) === TokenKind.Open && this.#tokens.kind(lastToken - 1) === TokenKind.Blank
  }

  /** @param isPlain whether what is written alike may share its wording */
  #add(name: string, firstToken: number, lastToken: number, isPlain: boolean): number {
    const start = this.#tokens.start(firstToken)
    const end = this.#tokens.end(lastToken)
    this.#window.cover(start, end)
    const wording = this.#wordings.add(this.#window, this.#tokens, firstToken, lastToken, name, isPlain)
    return this.#addAs(wording, start, end)
  }

  #addAs(wording: number, start: number, end: number): number {
    const statement = this.#statements.push(start, end, wording, this.#block?.statement ?? NONE)
    if (this.#block) this.#block.lastChild = statement
    else this.#lastAtTop = statement
    return statement
  }

  #enter(statement: number, entry: GrammarEntry | undefined): void {
    this.#statements.open(statement)
    this.#block = { statement, entry, lastChild: NONE }
    this.#open.push(this.#block)
  }

  /** Closes the innermost block with its `}`, or without one where that was forgotten; returns its statement. */
  #leave(end?: number): number {
    const { statement, lastChild } = this.#open.pop() as OpenBlock
    this.#block = this.#open.at(-1)
    const lastOwn = this.#statements.end(lastChild === NONE ? statement : lastChild)
    this.#statements.close(statement, end ?? lastOwn, end !== undefined)
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
    const name = this.#valueOf(firstToken)
    return { name, entry: this.#entryHere(name) }
  }

  /** What the grammar says of a directive in this block. */
  #entryHere(name: string): GrammarEntry | undefined {
    const { entry } = this.#directives.named(name)
    return (this.#block && entry?.within?.get(this.#nameOf(this.#block.statement))) ?? entry
  }

  #nameOf(statement: number): string {
    return this.#wordings.nameOf(this.#statements.wording(statement))
  }

  #directiveAt(token: number): Directive {
    return this.#directives.named(this.#valueOf(token))
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
    const statement = this.#add(name, this.#pending.firstToken, this.#lastWordBefore(before.token), false)
    const reported = this.#tree.statement(statement)
    this.#pending.dropBefore(before)
    if (missing === ';') {
      this.#report(problems.missingSemicolon(reported, !this.#pending.hasRunawayQuote))
      return
    }
    this.#report(problems.missingOpeningBrace(reported))
    this.#enter(statement, entry)
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
