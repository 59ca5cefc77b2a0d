import { cut } from './excerpt.ts'
import { sanitize } from './sanitize.ts'
import type { Style } from './style.ts'
import { widthOf, wrap } from './width.ts'

/** Lines wider than this are hard to read, whatever the terminal. */
const WIDEST = 100
const NARROWEST = 40
/** The column that all sections' texts stand at. */
export const HANG = 10

/** Writes sections of short lines for a terminal, all of them within its width, and all of them safe to show. */
export class Page {
  readonly #lines: string[] = []
  readonly #width: number

  constructor(
    width: number,
    readonly style: Style,
  ) {
    this.#width = Math.max(NARROWEST, Math.min(width, WIDEST))
  }

  heading(title: string, text = ''): void {
    if (this.#lines.length > 0) this.#lines.push('')
    const indent = Math.max(HANG, title.length + 1)
    const [first = '', ...more] = wrapLong(sanitize(text), this.#width - indent)
    this.#lines.push(`${this.style.bold(title)}${' '.repeat(indent - title.length)}${first}`.trimEnd())
    for (const line of more) this.#lines.push(' '.repeat(indent) + line)
  }

  /** A text, wrapped, from a column on; `mark` stands before its first line and may be coloured. */
  text(text: string, { indent = 2, mark = '', paint = same }: TextOptions = {}): void {
    const [first = '', ...more] = wrapLong(sanitize(text), this.#width - indent - (mark === '' ? 0 : mark.length + 1))
    const hang = ' '.repeat(indent + (mark === '' ? 0 : mark.length + 1))
    const head = ' '.repeat(indent) + (mark === '' ? '' : `${paint(mark)} `)
    this.#lines.push(head + (mark === '' ? paint(first) : first))
    for (const line of more) this.#lines.push(hang + (mark === '' ? paint(line) : line))
  }

  /** Two columns: the left one is cut to what the right one leaves; without room it goes below. */
  pair(left: string, right: string, indent = 2): void {
    const what = sanitize(left)
    const from = sanitize(right)
    const room = this.#width - indent - widthOf(from) - 2
    const start = ' '.repeat(indent)
    if (widthOf(what) <= room)
      this.#lines.push(
        from === '' ? start + what : start + what + ' '.repeat(room - widthOf(what) + 2) + this.style.dim(from),
      )
    else {
      for (const line of wrapLong(what, this.#width - indent)) this.#lines.push(start + line)
      for (const line of wrapLong(from, this.#width - indent - 4))
        this.#lines.push(`${start}    ${this.style.dim(line)}`)
    }
  }

  /** A heading whose text are pairs: the first one stands beside the title. */
  headedPairs(title: string, pairs: readonly (readonly [left: string, right: string])[]): void {
    if (this.#lines.length > 0) this.#lines.push('')
    const start = this.#lines.length
    for (const [left, right] of pairs) this.pair(left, right, HANG)
    this.#lines[start] = this.style.bold(title) + (this.#lines[start] ?? '').slice(title.length)
  }

  /** One line, cut where it would not fit; URLs stay whole, since people copy them. */
  line(text: string, indent = 2, paint: (text: string) => string = same): void {
    const safe = sanitize(text)
    const shown = safe.startsWith('https://') ? safe : cut(safe, this.#width - indent)
    this.#lines.push(' '.repeat(indent) + paint(shown))
  }

  /** A line across, with a title in it. */
  rule(title: string): void {
    this.#lines.push('', this.style.dim(`── ${title} ${'─'.repeat(Math.max(2, this.#width - title.length - 4))}`))
  }

  blank(): void {
    this.#lines.push('')
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`
  }
}

interface TextOptions {
  readonly indent?: number
  readonly mark?: string
  readonly paint?: (text: string) => string
}

const same = (text: string): string => text

/** Wrapped at spaces; a word that is longer than a line is broken, but for URLs, which people copy. */
function wrapLong(text: string, width: number): string[] {
  return wrap(text, width).flatMap((line) => {
    if (widthOf(line) <= width || /https?:\/\//.test(line)) return [line]
    const pieces: string[] = []
    for (let rest = [...line]; rest.length > 0; rest = rest.slice(width)) pieces.push(rest.slice(0, width).join(''))
    return pieces
  })
}
