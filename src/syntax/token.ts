import { countWhile } from './binary-search.ts'

/** Kinds of token. Numbers of three bits, since a file of 100 MB has some twenty million of them. */
export const TokenKind = {
  Blank: 0,
  Comment: 1,
  Word: 2,
  Quoted: 3,
  /** Also one that nginx refuses where it stands, with no statement before it. */
  Semicolon: 4,
  Open: 5,
  /** Also one that closes nothing. */
  Close: 6,
  /** The code inside a Lua block. */
  Raw: 7,
} as const
export type TokenKind = (typeof TokenKind)[keyof typeof TokenKind]

const KIND_BITS = 3
const KIND_MASK = 7

export function isWord(kind: TokenKind): boolean {
  return kind === TokenKind.Word || kind === TokenKind.Quoted
}

/**
 * Tokens that tile what they are of: each starts where the one before ends, those of a file the first at 0, and the last
 * ends with the file. That is what makes the tree lossless.
 */
export class TokenTable {
  /** Of each its end and, in the lowest bits, its kind. No string of V8's is so long that an end would not fit. */
  #tokens: Uint32Array
  #length = 0
  #start = 0

  /** @param room for so many, before it has to grow */
  constructor(room = 16) {
    this.#tokens = new Uint32Array(room)
  }

  get length(): number {
    return this.#length
  }

  kind(index: number): TokenKind {
    return ((this.#tokens[index] as number) & KIND_MASK) as TokenKind
  }

  start(index: number): number {
    return index === 0 ? this.#start : this.end(index - 1)
  }

  end(index: number): number {
    return (this.#tokens[index] as number) >>> KIND_BITS
  }

  /** Adds the token that goes from the last one's end to `end`; returns its index. */
  push(kind: TokenKind, end: number): number {
    if (this.#length === this.#tokens.length) this.#grow()
    this.#tokens[this.#length] = (end << KIND_BITS) | kind
    return this.#length++
  }

  /** Adds tokens as some that are known, but so many bytes further on; returns the index of the first. */
  pushAs(known: TokenTable, from: number, to: number, distance: number): number {
    const first = this.#length
    while (first + to - from > this.#tokens.length) this.#grow()
    const source = known.#tokens
    const tokens = this.#tokens
    const shift = distance << KIND_BITS
    let at = first
    for (let index = from; index < to; index++) tokens[at++] = (source[index] as number) + shift
    this.#length = at
    return first
  }

  /** Takes the last ones away again, down to so many. */
  truncate(length: number): void {
    this.#length = length
  }

  /** Takes all away; the first to come starts here. */
  restart(start: number): void {
    this.#length = 0
    this.#start = start
  }

  /** The token that a byte belongs to. */
  indexAt(offset: number): number {
    return countWhile(this.#length - 1, (index) => this.end(index) <= offset)
  }

  #grow(): void {
    const tokens = new Uint32Array(this.#tokens.length * 2)
    tokens.set(this.#tokens)
    this.#tokens = tokens
  }
}
