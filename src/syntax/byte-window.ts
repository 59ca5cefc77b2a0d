/**
 * The bytes of a text, some of them at a time, with a zero behind them. To look at bytes is faster than at the chars of a
 * string, and those of a whole file would take as much memory again.
 */
export class ByteWindow {
  readonly #text: string
  /** The zero is behind those that are in it, which need not fill it. */
  bytes: Uint8Array
  /** Offset of the first byte in the text. */
  start = 0
  /** Offset after the last one. */
  end = 0
  /** A statement of `MOST_BYTES` that starts here, or before, is in it as a whole. */
  lastStart = 0

  constructor(text: string) {
    this.#text = text
    this.bytes = Buffer.allocUnsafe(Math.min(SIZE, text.length) + 1)
    this.moveTo(0)
  }

  /** What the bytes between two places in it say. */
  textOf(from: number, to: number): string {
    return this.#text.slice(this.start + from, this.start + to)
  }

  /** Takes in what the text has from an offset on. */
  moveTo(start: number): void {
    const bytes = this.bytes as Buffer
    this.start = start
    this.end = Math.min(start + bytes.length - 1, this.#text.length)
    this.lastStart = this.end === this.#text.length ? this.end : this.end - MOST_BYTES
    bytes.write(this.#text.slice(start, this.end), 'latin1')
    bytes[this.end - start] = 0
  }

  /** Takes in all of a statement, be it longer than what it has room for. */
  cover(start: number, end: number): void {
    if (start >= this.start && end <= this.end) return
    if (end - start >= this.bytes.length) this.bytes = Buffer.allocUnsafe(end - start + 1)
    this.moveTo(start)
  }
}

/** More than nginx's buffer holds, and so more than a statement without trouble has. */
const MOST_BYTES = 1 << 13
/** Little to hold, and a thousand lines to read before more is asked for. */
const SIZE = 1 << 16
