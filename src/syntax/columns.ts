import { countUpTo } from './binary-search.ts'

/** Bytes that are counted at once. */
const STEP = 256

/**
 * Columns in a long line. What lies before a place is counted from the checkpoint before it, not from the start of the
 * line: a configuration of one line may have a problem in each of its directives.
 */
export class LongLine {
  readonly #text: string
  readonly #start: number
  readonly #count: (bytes: string) => number
  /** Where each step ends, and how many code points lie before that. */
  readonly #ends: number[]
  readonly #counts: number[] = [0]

  constructor(text: string, start: number, count: (bytes: string) => number) {
    this.#text = text
    this.#start = start
    this.#count = count
    this.#ends = [start]
  }

  /** Code points from the start of the line to an offset in it. */
  countTo(offset: number): number {
    const known = this.#ends.length - 1
    for (let index = known; (this.#ends[index] as number) + STEP <= offset; index++) this.#step(index)
    const last = countUpTo(offset, this.#ends) - 1
    const at = this.#ends[last] as number
    return (this.#counts[last] as number) + this.#count(this.#text.slice(at, offset))
  }

  #step(index: number): void {
    const from = this.#ends[index] as number
    const end = this.#boundary(from + STEP)
    this.#ends.push(end)
    this.#counts.push((this.#counts[index] as number) + this.#count(this.#text.slice(from, end)))
  }

  /** A place near by that splits no character: UTF-8 has at most four bytes to one. */
  #boundary(near: number): number {
    let at = near
    while (at > near - 4 && at > this.#start && isContinuation(this.#text.charCodeAt(at))) at--
    return isContinuation(this.#text.charCodeAt(at)) ? near : at
  }
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte < 0xc0
}
