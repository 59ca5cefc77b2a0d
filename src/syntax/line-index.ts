import { countUpTo } from './binary-search.ts'

/** Bytes from one mark to the next, at the least. */
const STEP = 512

/**
 * Where the lines of a text start. One line in some five hundred bytes is marked, and the lines behind it are counted from
 * there: to keep the start of each took a sixth of what the text itself takes.
 */
export class LineIndex {
  /** How many lines there are; one more than there are line feeds. */
  readonly count: number
  readonly #text: string
  /** Marked lines: the first one, and each that starts a step or more behind the mark before it. */
  readonly #lines: Uint32Array
  /** Where these start. So each line that is not marked starts within a step behind a mark, however long lines are. */
  readonly #starts: Uint32Array

  constructor(text: string) {
    const most = Math.floor(text.length / STEP) + 1
    const lines = new Uint32Array(most)
    const starts = new Uint32Array(most)
    let line = 1
    let marks = 0
    let markFrom = 0
    for (let start = 0; ; line++) {
      if (start >= markFrom) {
        lines[marks] = line
        starts[marks++] = start
        markFrom = start + STEP
      }
      const lineFeed = text.indexOf('\n', start)
      if (lineFeed === -1) break
      start = lineFeed + 1
    }
    this.count = line
    this.#text = text
    this.#lines = lines.subarray(0, marks)
    this.#starts = starts.subarray(0, marks)
  }

  /** The line, from 1, that holds the byte at `offset`; the last one for the end of the text. */
  lineAt(offset: number): number {
    const mark = countUpTo(offset, this.#starts) - 1
    const nextMarked = this.#lines[mark + 1] ?? this.count + 1
    let line = this.#lines[mark] as number
    let next = this.#starts[mark] as number
    while (line + 1 < nextMarked) {
      next = this.#text.indexOf('\n', next) + 1
      if (next > offset) break
      line++
    }
    return line
  }

  /** Offset of the first byte of a line, counted from 1; the end of the text for lines that it has not got. */
  startOf(line: number): number {
    if (line > this.count) return this.#text.length
    const mark = countUpTo(line, this.#lines) - 1
    let start = this.#starts[mark] as number
    for (let counted = this.#lines[mark] as number; counted < line; counted++)
      start = this.#text.indexOf('\n', start) + 1
    return start
  }
}
