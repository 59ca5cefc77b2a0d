/** Kinds of token. Numbers, since a file of 100 MB has some twenty million of them. */
export const TokenKind = {
  Blank: 0,
  Comment: 1,
  Word: 2,
  Quoted: 3,
  Semicolon: 4,
  Open: 5,
  Close: 6,
  /** The code inside a Lua block. */
  Raw: 7,
  /** Bytes that nginx refuses where they stand: a second `;`, a `}` without its `{`. */
  Stray: 8,
} as const
export type TokenKind = (typeof TokenKind)[keyof typeof TokenKind]

export function isWord(kind: TokenKind): boolean {
  return kind === TokenKind.Word || kind === TokenKind.Quoted
}

/**
 * The tokens of a file. They tile it: each starts where the one before ends, the first at 0, the last ends with the
 * file. That is what makes the tree lossless.
 */
export class TokenTable {
  #ends: Int32Array
  #kinds: Uint8Array
  #length = 0

  /** @param textLength of the file: nearly all have fewer tokens than a fifth of it, and need not grow */
  constructor(textLength: number) {
    const capacity = Math.ceil(textLength / 5) + 16
    this.#ends = new Int32Array(capacity)
    this.#kinds = new Uint8Array(capacity)
  }

  get length(): number {
    return this.#length
  }

  kind(index: number): TokenKind {
    return this.#kinds[index] as TokenKind
  }

  start(index: number): number {
    return index === 0 ? 0 : (this.#ends[index - 1] as number)
  }

  end(index: number): number {
    return this.#ends[index] as number
  }

  /** Adds the token that goes from the last one's end to `end`; returns its index. */
  push(kind: TokenKind, end: number): number {
    if (this.#length === this.#ends.length) this.#grow()
    this.#ends[this.#length] = end
    this.#kinds[this.#length] = kind
    return this.#length++
  }

  #grow(): void {
    const ends = new Int32Array(this.#ends.length * 2)
    ends.set(this.#ends)
    this.#ends = ends
    const kinds = new Uint8Array(this.#kinds.length * 2)
    kinds.set(this.#kinds)
    this.#kinds = kinds
  }
}
