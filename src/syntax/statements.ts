const START = 0
const END = 1
const WORDING = 2
const PARENT = 3
const NEXT = 4
const WIDTH = 5

const HAS_BLOCK = 1
const IS_CLOSED = 2
const FLAG_BITS = 2

/**
 * The statements of a file as rows of numbers, in the order in which they start: those of a block follow its own row. A
 * large file has millions of them, of which most are never looked at one by one, so that objects are made on demand.
 */
export class StatementTable {
  #rows: Int32Array
  #length = 0
  #blockCount = 0

  /** @param textLength of the file: most have a statement in 30 bytes */
  constructor(textLength: number) {
    this.#rows = new Int32Array((Math.ceil(textLength / 25) + 4) * WIDTH)
  }

  get length(): number {
    return this.#length
  }

  /** How much memory they ask for, in statements without a block: one that has a block takes twice as much. */
  get weight(): number {
    return this.#length + this.#blockCount
  }

  /** Adds a statement behind all others; returns its index. */
  push(start: number, end: number, wording: number, parent: number): number {
    const at = this.#length * WIDTH
    if (at === this.#rows.length) this.#grow()
    const rows = this.#rows
    rows[at + START] = start
    rows[at + END] = end
    rows[at + WORDING] = wording << FLAG_BITS
    rows[at + PARENT] = parent
    rows[at + NEXT] = this.#length + 1
    return this.#length++
  }

  /** Says that a statement has a block, which what is pushed from now on may stand in. */
  open(index: number): void {
    this.#blockCount++
    this.#rows[index * WIDTH + WORDING] = (this.#rows[index * WIDTH + WORDING] as number) | HAS_BLOCK
  }

  /** Ends a block behind the statements that were pushed last. */
  close(index: number, end: number, hasBrace: boolean): void {
    const at = index * WIDTH
    this.#rows[at + END] = end
    this.#rows[at + NEXT] = this.#length
    if (hasBrace) this.#rows[at + WORDING] = (this.#rows[at + WORDING] as number) | IS_CLOSED
  }

  /** Offset of its first byte. */
  start(index: number): number {
    return this.#rows[index * WIDTH + START] as number
  }

  /** Offset after its last byte, its block included. */
  end(index: number): number {
    return this.#rows[index * WIDTH + END] as number
  }

  wording(index: number): number {
    return (this.#rows[index * WIDTH + WORDING] as number) >>> FLAG_BITS
  }

  hasBlock(index: number): boolean {
    return ((this.#rows[index * WIDTH + WORDING] as number) & HAS_BLOCK) !== 0
  }

  /** Whether its block has a `}`. */
  isClosed(index: number): boolean {
    return ((this.#rows[index * WIDTH + WORDING] as number) & IS_CLOSED) !== 0
  }

  /** The statement around it; -1 where there is none. */
  parent(index: number): number {
    return this.#rows[index * WIDTH + PARENT] as number
  }

  /** The first statement behind it and all that is in its block. Its children are from `index + 1` to there, each the next of the last. */
  next(index: number): number {
    return this.#rows[index * WIDTH + NEXT] as number
  }

  #grow(): void {
    const rows = new Int32Array(this.#rows.length * 2)
    rows.set(this.#rows)
    this.#rows = rows
  }
}
