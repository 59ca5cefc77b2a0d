import { startOfBlanks } from './scan.ts'
import type { SourceFile, Span } from './source.ts'
import { isWord, TokenKind, type TokenTable } from './token.ts'
import { readWord, type Word, wordValue } from './word.ts'

/** What is wrong with a file's tokens or blocks. */
export interface SyntaxProblem extends Span {
  readonly message: string
  /** Where the other half of the trouble stands, as the brace that was never closed. */
  readonly related?: Span & { readonly message: string }
  /** The bytes that mend it, where only one repair makes sense. */
  readonly repair?: Span & { readonly text: string }
}

/**
 * A name, its arguments, and `;` or a block. Syntax only: what the name means is the business of later folders.
 * A statement without any word is one that an erroneous file made: a block that has no name.
 */
export class Statement {
  /** The statements of its block; undefined where it has none. */
  children: Statement[] | undefined
  /** Index of the last token that belongs to it, its block included. The parser sets it when it leaves the block. */
  endToken: number
  #words: readonly Word[] | undefined

  /**
   * @param firstToken index of its first token
   * @param lastToken index of its `;` or `{`, or of its last word where that was forgotten
   * @param name value of its first word
   */
  constructor(
    readonly tree: SyntaxTree,
    readonly parent: Statement | undefined,
    readonly firstToken: number,
    readonly lastToken: number,
    readonly name: string,
  ) {
    this.endToken = lastToken
  }

  get words(): readonly Word[] {
    this.#words ??= this.#readWords()
    return this.#words
  }

  get arguments(): readonly Word[] {
    return this.words.slice(1)
  }

  /** The values of its words, its name first; cheaper than `words`, which remembers where each of them stands. */
  get values(): string[] {
    if (this.#words) return this.#words.map(({ value }) => value)
    const values: string[] = []
    for (let index = this.firstToken; index <= this.lastToken; index++)
      if (isWord(this.tree.tokens.kind(index))) values.push(this.#valueAt(index))
    return values
  }

  /** The value of one word, as cheap. */
  value(index: number): string | undefined {
    if (this.#words) return this.#words[index]?.value
    let left = index
    for (let token = this.firstToken; token <= this.lastToken; token++)
      if (isWord(this.tree.tokens.kind(token)) && left-- === 0) return this.#valueAt(token)
    return undefined
  }

  /** How many words it has. */
  get wordCount(): number {
    let count = 0
    for (let token = this.firstToken; token <= this.lastToken; token++)
      if (isWord(this.tree.tokens.kind(token))) count++
    return count
  }

  /** Whether a char stands in its head; few statements hold a `$`, and to see that no word need be made. */
  holds(char: string): boolean {
    const { tokens, text } = this.tree
    const code = char.charCodeAt(0)
    const end = tokens.end(this.lastToken)
    for (let at = this.start; at < end; at++) if (text.charCodeAt(at) === code) return true
    return false
  }

  #valueAt(token: number): string {
    const { tokens, text } = this.tree
    return wordValue(text, tokens.start(token), tokens.end(token), tokens.kind(token) === TokenKind.Quoted)
  }

  get start(): number {
    return this.tree.tokens.start(this.firstToken)
  }

  /** Index of its `}` token, -1 where there is none: a block that was never closed ends with its last statement. */
  get closeToken(): number {
    if (!this.children || this.tree.tokens.kind(this.endToken) !== TokenKind.Close) return -1
    return this.children.at(-1)?.endToken === this.endToken ? -1 : this.endToken
  }

  /** After its `;` or `}`, or after its last word where neither is there. */
  get end(): number {
    return this.tree.tokens.end(this.endToken)
  }

  /** From its name to the last argument. */
  get head(): Span {
    const { tokens } = this.tree
    let last = this.lastToken
    while (last > this.firstToken && !isWord(tokens.kind(last))) last--
    return { start: this.start, end: tokens.end(last) }
  }

  /** Between the braces; undefined for a statement without a block. */
  get body(): Span | undefined {
    if (!this.children) return undefined
    const { tokens } = this.tree
    const end = this.closeToken === -1 ? this.end : tokens.start(this.closeToken)
    return { start: tokens.end(this.lastToken), end }
  }

  /** Whether its `;`, or both of its braces, are there. */
  get isTerminated(): boolean {
    const ending = this.tree.tokens.kind(this.lastToken)
    return ending === TokenKind.Semicolon || (ending === TokenKind.Open && this.closeToken !== -1)
  }

  get text(): string {
    return this.tree.source.text.slice(this.start, this.end)
  }

  #readWords(): Word[] {
    const { tokens, text, source } = this.tree
    const words: Word[] = []
    for (let index = this.firstToken; index <= this.lastToken; index++) {
      const kind = tokens.kind(index)
      if (!isWord(kind)) continue
      const word = readWord(text, tokens.start(index), tokens.end(index), kind === TokenKind.Quoted)
      words.push(text === source.text ? word : { ...word, raw: source.text.slice(word.start, word.end) })
    }
    return words
  }
}

/** A file's tokens, its statements, and what is wrong with it. */
export class SyntaxTree {
  /** The statements outside of any block, in order. */
  readonly statements: Statement[] = []
  readonly problems: SyntaxProblem[] = []

  /** @param text what was read: the file's own text, or one of the same length that stands for it */
  constructor(
    readonly source: SourceFile,
    readonly tokens: TokenTable,
    readonly text: string = source.text,
  ) {}

  /** Every comment, in order: from `#` to its last byte that is no blank. */
  *comments(): Generator<Span & { readonly text: string }> {
    for (let index = 0; index < this.tokens.length; index++) {
      if (this.tokens.kind(index) !== TokenKind.Comment) continue
      const start = this.tokens.start(index)
      const end = startOfBlanks(this.source.text, this.tokens.end(index))
      yield { start, end, text: this.source.text.slice(start, end) }
    }
  }
}

/** The file as it was: its tokens, one after the other. */
export function print(tree: SyntaxTree): string {
  const parts: string[] = []
  for (let index = 0; index < tree.tokens.length; index++)
    parts.push(tree.source.text.slice(tree.tokens.start(index), tree.tokens.end(index)))
  return parts.join('')
}

/** All statements under these, each before those in its block. Not recursive: files may nest thousands of levels. */
export function* walkStatements(statements: readonly Statement[]): Generator<Statement> {
  const pending = [...statements].reverse()
  for (let statement = pending.pop(); statement; statement = pending.pop()) {
    yield statement
    const children = statement.children
    if (children) for (let index = children.length - 1; index >= 0; index--) pending.push(children[index] as Statement)
  }
}
