import type { ByteWindow } from './byte-window.ts'
import {
  BACKSLASH,
  DOLLAR,
  isBlank,
  mayEndHead,
  mayOverflowBuffer,
  OPEN_BRACE,
  PlainByte,
  plainByte,
  SEMICOLON,
} from './scan.ts'
import { type Span, textOfBytes } from './source.ts'
import { isWord, TokenKind, TokenTable } from './token.ts'
import { wordValue } from './word.ts'

/** Chars that say whether there is something to look at: a variable, a named group of a regex, a second line. */
const MARKS = '$?\n'
const markOfByte = new Uint8Array(256)
for (let mark = 0; mark < MARKS.length; mark++) markOfByte[MARKS.charCodeAt(mark)] = 1 << mark

/** Where a word of a wording stands, from its start. */
interface WordPlace extends Span {
  readonly quoted: boolean
}

/**
 * The bytes of a statement from its name to its `;` or `{`. Statements that are written alike share one, in all files of
 * a configuration: of a million lines that a program made, some ten thousand differ. What can be told from the words
 * alone is to be asked once for each wording, and remembered by it (`Map<Wording, …>`) or by its `id`.
 */
export class Wording {
  readonly #table: WordingTable
  #text: string | undefined
  #values: readonly string[] | undefined
  #argumentValues: readonly string[] | undefined
  #marks: number | undefined

  /**
   * @param id its number in the table: from 0, without gaps
   * @param name value of its first word; empty where it has none
   */
  constructor(
    table: WordingTable,
    readonly id: number,
    readonly name: string,
  ) {
    this.#table = table
  }

  get tokenCount(): number {
    return this.#table.tokenCount(this.id)
  }

  get byteLength(): number {
    return this.#table.byteLength(this.id)
  }

  /** The bytes up to the end of its last word. */
  get headLength(): number {
    return this.#table.headLength(this.id)
  }

  /** Whether a `;` or `{` is at its end. */
  get isEnded(): boolean {
    return this.#table.isEnded(this.id)
  }

  get words(): readonly WordPlace[] {
    return this.#table.wordsOf(this.id)
  }

  /** As it is written, `;` or `{` included. */
  get text(): string {
    this.#text ??= this.#table.textOf(this.id)
    return this.#text
  }

  /** Whether a char stands in it; few hold a `$`. */
  holds(char: string): boolean {
    const mark = MARKS.indexOf(char)
    if (mark === -1) return this.text.includes(char)
    this.#marks ??= this.#table.marksOf(this.id)
    return ((this.#marks >> mark) & 1) !== 0
  }

  /** The values of its words, its name first. */
  get values(): readonly string[] {
    this.#values ??= this.wordCount === 0 ? [] : [this.name].concat(this.argumentValues)
    return this.#values
  }

  /** How many words it has; cheaper than to ask for their values. */
  get wordCount(): number {
    return this.#table.wordCount(this.id)
  }

  /** The values of its words but the first. */
  get argumentValues(): readonly string[] {
    this.#argumentValues ??= this.#table.argumentValuesOf(this.id)
    return this.#argumentValues
  }
}

/** Steps of one search: wordings can be made up to have equal hashes, and then are not shared rather than searched for long. */
const PROBE_LIMIT = 16
const EMPTY = -1

/** The different wordings of the statements of some files. */
export class WordingTable {
  /** What they consist of, one behind the other, and the tokens of that. */
  #bytes = new Uint8Array(1 << 8)
  readonly #tokens = new TokenTable(1 << 6)
  #byteEnds = new Uint32Array(1 << 4)
  #tokenEnds = new Uint32Array(1 << 4)
  #hashes = new Int32Array(1 << 4)
  #nameIds = new Uint32Array(1 << 4)
  #length = 0
  readonly #names: string[] = []
  readonly #nameIdOf = new Map<string, number>()
  /** Ids of those that are shared, where their hash says, or soon behind that. */
  #slots = new Int32Array(1 << 6).fill(EMPTY)
  readonly #made: Wording[] = []

  get length(): number {
    return this.#length
  }

  at(id: number): Wording {
    // Without a hole, since V8 is slower with arrays that have some.
    for (let next = this.#made.length; next <= id; next++) this.#made.push(new Wording(this, next, this.nameOf(next)))
    return this.#made[id] as Wording
  }

  nameOf(id: number): string {
    return this.name(this.nameId(id))
  }

  /** The name of this number. */
  name(nameId: number): string {
    return this.#names[nameId] as string
  }

  /** The number of its name: from 0, without gaps. */
  nameId(id: number): number {
    return this.#nameIds[id] as number
  }

  /** The number of a name; undefined where no statement has it. */
  numberOfName(name: string): number | undefined {
    return this.#nameIdOf.get(name)
  }

  tokenCount(id: number): number {
    return (this.#tokenEnds[id] as number) - this.#tokenStart(id)
  }

  byteLength(id: number): number {
    return (this.#byteEnds[id] as number) - this.#byteStart(id)
  }

  /** Whether it is the head of a block: the last token is a `{`. */
  endsInBrace(id: number): boolean {
    return this.#lastKind(id) === TokenKind.Open
  }

  /** Whether a `;` or `{` is at its end. */
  isEnded(id: number): boolean {
    return !isWord(this.#lastKind(id))
  }

  /** The bytes up to the end of its last word. */
  headLength(id: number): number {
    let token = (this.#tokenEnds[id] as number) - 1
    while (token > this.#tokenStart(id) && !isWord(this.#tokens.kind(token))) token--
    return this.#tokens.end(token) - this.#byteStart(id)
  }

  textOf(id: number): string {
    return textOfBytes(this.#bytes.subarray(this.#byteStart(id), this.#byteEnds[id]))
  }

  /** Whether these bytes stand in one of them, or in two that are one behind the other in the table. */
  includes(bytes: string): boolean {
    return Buffer.from(this.#bytes.buffer, 0, this.#byteStart(this.#length)).includes(bytes, 0, 'latin1')
  }

  /** A bit for each of the chars in MARKS that stands in it; no text need be made for that. */
  marksOf(id: number): number {
    const end = this.#byteEnds[id] as number
    let marks = 0
    for (let at = this.#byteStart(id); at < end; at++) marks |= markOfByte[this.#bytes[at] as number] as number
    return marks
  }

  wordCount(id: number): number {
    let count = 0
    for (let token = this.#tokenStart(id); token < (this.#tokenEnds[id] as number); token++)
      if (isWord(this.#tokens.kind(token))) count++
    return count
  }

  argumentValuesOf(id: number): string[] {
    const text = this.textOf(id)
    const values: string[] = []
    let isName = true
    this.#eachWord(id, (start, end, quoted) => {
      if (!isName) values.push(wordValue(text, start, end, quoted))
      isName = false
    })
    // What has grown has room for sixteen more; this is kept.
    return values.slice()
  }

  wordsOf(id: number): WordPlace[] {
    const words: WordPlace[] = []
    this.#eachWord(id, (start, end, quoted) => words.push({ start, end, quoted }))
    return words
  }

  #eachWord(id: number, look: (start: number, end: number, quoted: boolean) => void): void {
    const tokens = this.#tokens
    const from = this.#byteStart(id)
    for (let token = this.#tokenStart(id); token < (this.#tokenEnds[id] as number); token++) {
      const kind = tokens.kind(token)
      if (isWord(kind)) look(tokens.start(token) - from, tokens.end(token) - from, kind === TokenKind.Quoted)
    }
  }

  /** Adds the tokens of a wording to those of a file, for a statement that starts at an offset. */
  pushTokens(id: number, tokens: TokenTable, start: number): void {
    tokens.pushAs(this.#tokens, this.#tokenStart(id), this.#tokenEnds[id] as number, start - this.#byteStart(id))
  }

  /**
   * The wording of the statement that starts here, or -1 where it is neither known nor plain. This is the way of nearly all
   * the lines of a large file: a look at each byte, one search, and the bytes compared. Bytes that once were read as a statement
   * without trouble are one wherever they stand; so the end needs no more than to be guessed. It is never looked for beyond
   * the statement: that would cost the square of the time where nothing is known.
   * @param start its place in the window
   */
  find(window: ByteWindow, start: number): number {
    const { bytes } = window
    let hash = 0
    for (let at = start; ; at++) {
      const code = bytes[at] as number
      hash = (Math.imul(hash, 31) + code) | 0
      if (!mayEndHead(code)) continue
      if (code === OPEN_BRACE) {
        const before = bytes[at - 1] as number
        if (before === DOLLAR) continue
        if (!isBlank(before)) return EMPTY
      } else if (code !== SEMICOLON) return EMPTY
      const known = this.#search(bytes, start, at + 1, hash)
      return known === EMPTY ? this.#addPlain(window, start, at + 1, hash) : known
    }
  }

  /**
   * The wording that some tokens of a file are, whose bytes are in the window.
   * @param name the value of its first word
   * @param mayShare whether the same bytes will be the same tokens wherever a statement starts with them
   */
  add(
    { bytes, start: offset }: ByteWindow,
    tokens: TokenTable,
    firstToken: number,
    lastToken: number,
    name: string,
    mayShare: boolean,
  ): number {
    const start = tokens.start(firstToken) - offset
    const end = tokens.end(lastToken) - offset
    let hash = 0
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0
    if (mayShare) {
      const known = this.#search(bytes, start, end, hash)
      if (known !== EMPTY) return known
    }
    this.#tokens.pushAs(tokens, firstToken, lastToken + 1, this.#byteStart(this.#length) - start - offset)
    return this.#addRow(bytes, start, end, hash, name, mayShare)
  }

  /** Adds a statement whose words have no backslashes, no braces, and no quotes but around them; where it is none, -1. */
  #addPlain(window: ByteWindow, start: number, end: number, hash: number): number {
    const { bytes } = window
    if (mayOverflowBuffer(start, end)) return EMPTY
    const tokensBefore = this.#tokens.length
    const distance = this.#byteStart(this.#length) - start
    let nameEnd = start
    for (let at = start; at < end - 1; ) {
      const kind = plainByte[bytes[at] as number]
      if (kind === PlainByte.Blank) {
        while (isBlank(bytes[at] as number)) at++
        this.#tokens.push(TokenKind.Blank, at + distance)
        continue
      }
      const isQuoted = kind === PlainByte.Quote
      if (isQuoted && nameEnd > start) at = endOfPlainQuote(bytes, at, end)
      else if (kind === PlainByte.Word)
        while ((plainByte[bytes[at] as number] as PlainByte) <= PlainByte.WithinWord) at++
      else at = end
      if (at > end - 1 || !(at === end - 1 || isBlank(bytes[at] as number))) {
        this.#tokens.truncate(tokensBefore)
        return EMPTY
      }
      if (nameEnd === start) nameEnd = at
      this.#tokens.push(isQuoted ? TokenKind.Quoted : TokenKind.Word, at + distance)
    }
    if (nameEnd === start) return EMPTY
    this.#tokens.push(bytes[end - 1] === SEMICOLON ? TokenKind.Semicolon : TokenKind.Open, end + distance)
    return this.#addRow(bytes, start, end, hash, window.textOf(start, nameEnd), true)
  }

  #lastKind(id: number): TokenKind {
    return this.#tokens.kind((this.#tokenEnds[id] as number) - 1)
  }

  /** Adds a wording whose tokens have been added. */
  #addRow(bytes: Uint8Array, start: number, end: number, hash: number, name: string, mayShare: boolean): number {
    const id = this.#length++
    if (this.#length > this.#byteEnds.length) this.#growColumns()
    const byteStart = this.#byteStart(id)
    const byteEnd = byteStart + end - start
    while (byteEnd > this.#bytes.length) this.#bytes = grown(this.#bytes)
    for (let at = start; at < end; at++) this.#bytes[byteStart + at - start] = bytes[at] as number
    this.#byteEnds[id] = byteEnd
    this.#tokenEnds[id] = this.#tokens.length
    this.#hashes[id] = hash
    this.#nameIds[id] = this.#idOfName(name)
    if (mayShare) this.#share(id)
    return id
  }

  #search(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1
    for (let probe = 0, slot = mixed(hash); probe < PROBE_LIMIT; probe++, slot++) {
      const id = this.#slots[slot & mask] as number
      if (id === EMPTY) return EMPTY
      if (this.#hashes[id] === hash && this.byteLength(id) === end - start && this.#isAt(id, bytes, start)) return id
    }
    return EMPTY
  }

  /** Whether its bytes stand here. */
  #isAt(id: number, bytes: Uint8Array, start: number): boolean {
    const known = this.#bytes
    const end = this.#byteEnds[id] as number
    for (let byte = this.#byteStart(id), at = start; byte < end; byte++, at++)
      if (known[byte] !== bytes[at]) return false
    return true
  }

  #share(id: number): void {
    if (this.#length * 2 > this.#slots.length) this.#growSlots()
    const mask = this.#slots.length - 1
    for (let probe = 0, slot = mixed(this.#hashes[id] as number); probe < PROBE_LIMIT; probe++, slot++) {
      if (this.#slots[slot & mask] !== EMPTY) continue
      this.#slots[slot & mask] = id
      return
    }
  }

  #growSlots(): void {
    const known = this.#slots
    this.#slots = new Int32Array(known.length * 2).fill(EMPTY)
    for (const id of known) if (id !== EMPTY) this.#share(id)
  }

  #growColumns(): void {
    this.#byteEnds = grown(this.#byteEnds)
    this.#tokenEnds = grown(this.#tokenEnds)
    this.#hashes = grown(this.#hashes)
    this.#nameIds = grown(this.#nameIds)
  }

  #idOfName(name: string): number {
    const known = this.#nameIdOf.get(name)
    if (known !== undefined) return known
    this.#nameIdOf.set(name, this.#names.length)
    return this.#names.push(internalized(name)) - 1
  }

  #byteStart(id: number): number {
    return id === 0 ? 0 : (this.#byteEnds[id - 1] as number)
  }

  #tokenStart(id: number): number {
    return id === 0 ? 0 : (this.#tokenEnds[id - 1] as number)
  }
}

/**
 * The string as V8 keeps the names of properties: two such are compared, and looked up in an object, by their address. Names
 * are compared more often than anything else.
 */
function internalized(name: string): string {
  return Object.keys({ [name]: true })[0] as string
}

/** Where a quoted word without a backslash ends; where it does not before `end`, that. */
function endOfPlainQuote(bytes: Uint8Array, start: number, end: number): number {
  const quote = bytes[start]
  for (let at = start + 1; at < end && bytes[at] !== BACKSLASH; at++) if (bytes[at] === quote) return at + 1
  return end
}

function mixed(hash: number): number {
  return hash ^ (hash >>> 15)
}

function grown<Column extends Uint8Array | Uint32Array | Int32Array>(column: Column): Column {
  const longer = new (column.constructor as new (length: number) => Column)(column.length * 2)
  longer.set(column)
  return longer
}
