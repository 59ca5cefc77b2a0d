import { startOfBlanks } from './scan.ts'
import type { SourceFile, Span } from './source.ts'
import { StatementTable } from './statements.ts'
import { TokenKind, type TokenTable } from './token.ts'
import { tokensOf } from './tokens-of.ts'
import { readWord, type Word } from './word.ts'
import type { Wording, WordingTable } from './wording.ts'

/** What is wrong with a file's tokens or blocks. */
export interface SyntaxProblem extends Span {
  readonly message: string
  /** Where the other half of the trouble stands, as the brace that was never closed. */
  readonly related?: Span & { readonly message: string }
  /** The bytes that mend it, where only one repair makes sense. */
  readonly repair?: Span & { readonly text: string }
  /** Bytes that most likely mend it, where a person has to say whether that was meant. */
  readonly guess?: Span & { readonly text: string }
}

/**
 * A name, its arguments, and `;` or a block. Syntax only: what the name means is the business of later folders.
 * A statement without any word is one that an erroneous file made: a block that has no name.
 */
export class Statement {
  /** What it shares with all statements that are written alike. */
  readonly wording: Wording
  #children: readonly Statement[] | undefined
  #words: readonly Word[] | undefined

  /** @param index its number in the tree, in the order in which they start */
  constructor(
    readonly tree: SyntaxTree,
    readonly index: number,
  ) {
    this.wording = tree.wordingOf(index)
  }

  /** Value of its first word. */
  get name(): string {
    return this.wording.name
  }

  get parent(): Statement | undefined {
    const parent = this.tree.table.parent(this.index)
    return parent === -1 ? undefined : this.tree.statement(parent)
  }

  /** The statements of its block; undefined where it has none. */
  get children(): readonly Statement[] | undefined {
    const { table } = this.tree
    if (!table.hasBlock(this.index)) return undefined
    this.#children ??= this.tree.statementsBetween(this.index + 1, table.next(this.index))
    return this.#children
  }

  /** Index of its first token. */
  get firstToken(): number {
    return this.tree.tokens.indexAt(this.start)
  }

  /** Index of its `;` or `{`, or of its last word where that was forgotten. */
  get lastToken(): number {
    return this.firstToken + this.wording.tokenCount - 1
  }

  /** Index of the last token that belongs to it, its block included. */
  get endToken(): number {
    return this.tree.tokens.indexAt(this.end - 1)
  }

  get words(): readonly Word[] {
    this.#words ??= this.#readWords()
    return this.#words
  }

  get arguments(): readonly Word[] {
    return this.words.slice(1)
  }

  /** The values of its words, its name first; cheaper than `words`, which remembers where each of them stands. */
  get values(): readonly string[] {
    return this.wording.values
  }

  /** The value of one word, as cheap. */
  value(index: number): string | undefined {
    return this.wording.values[index]
  }

  /** How many words it has. */
  get wordCount(): number {
    return this.wording.wordCount
  }

  /** Whether a char stands in its head; few statements hold a `$`. */
  holds(char: string): boolean {
    return this.wording.holds(char)
  }

  get start(): number {
    return this.tree.table.start(this.index)
  }

  /** Offset of its `}`, -1 where there is none: a block that was never closed ends with its last statement. */
  get closingBrace(): number {
    return this.tree.table.isClosed(this.index) ? this.end - 1 : -1
  }

  /** After its `;` or `}`, or after its last word where neither is there. */
  get end(): number {
    return this.tree.table.end(this.index)
  }

  /** From its name to the last argument. */
  get head(): Span {
    const { start } = this
    return { start, end: start + this.wording.headLength }
  }

  /** Between the braces; undefined for a statement without a block. */
  get body(): Span | undefined {
    const { table } = this.tree
    if (!table.hasBlock(this.index)) return undefined
    const end = table.isClosed(this.index) ? this.end - 1 : this.end
    return { start: this.start + this.wording.byteLength, end }
  }

  /** Whether its `;`, or both of its braces, are there. */
  get isTerminated(): boolean {
    const { table } = this.tree
    return this.wording.isEnded && table.hasBlock(this.index) === table.isClosed(this.index)
  }

  get text(): string {
    return this.tree.source.text.slice(this.start, this.end)
  }

  #readWords(): Word[] {
    const { text, source } = this.tree
    const { start: from } = this
    return this.wording.words.map(({ start, end, quoted }) => {
      const word = readWord(text, from + start, from + end, quoted)
      return text === source.text ? word : { ...word, raw: source.text.slice(word.start, word.end) }
    })
  }
}

/** A file's tokens, its statements, and what is wrong with it. */
export class SyntaxTree {
  /** The statements as numbers. An object is made of one when somebody asks for it. */
  readonly table: StatementTable
  readonly problems: SyntaxProblem[] = []
  /** Where bytes stand that are no text of nginx's own: code of Lua, what was not read. In order. */
  readonly raw: Span[] = []
  #tokens: TokenTable | undefined
  #isSure: boolean | undefined
  /** Few of a large file: a place for each would take eight bytes of all. */
  #made: Map<number, Statement> | undefined
  #statements: readonly Statement[] | undefined

  /**
   * @param text what was read: the file's own text, or one of the same length that stands for it
   * @param wordings those of its statements, and of those of other files
   */
  constructor(
    readonly source: SourceFile,
    readonly text: string,
    readonly wordings: WordingTable,
  ) {
    this.table = new StatementTable(text.length)
  }

  /**
   * Whether what is wrong with its tokens and blocks leaves no doubt: of each problem one repair makes sense, and it has been read as
   * the text with these made is.
   */
  get isSure(): boolean {
    this.#isSure ??= this.problems.every(({ repair }) => repair !== undefined)
    return this.#isSure
  }

  /** Made when somebody asks: they take nearly as much memory as the text, and most files are never edited. */
  get tokens(): TokenTable {
    this.#tokens ??= tokensOf(this)
    return this.#tokens
  }

  /** The statements outside of any block, in order. */
  get statements(): readonly Statement[] {
    this.#statements ??= this.statementsBetween(0, this.table.length)
    return this.#statements
  }

  /** The statement of this number: always the same object. */
  statement(index: number): Statement {
    this.#made ??= new Map()
    const made = this.#made.get(index)
    if (made) return made
    const statement = new Statement(this, index)
    this.#made.set(index, statement)
    return statement
  }

  /** One statement and those beside it, up to another. */
  statementsBetween(start: number, end: number): Statement[] {
    const found: Statement[] = []
    for (let index = start; index < end; index = this.table.next(index)) found.push(this.statement(index))
    return found
  }

  wordingOf(index: number): Wording {
    return this.wordings.at(this.table.wording(index))
  }

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
