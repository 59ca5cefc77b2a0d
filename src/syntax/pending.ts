/** A word that starts a line in the middle of a statement. */
export interface LineStart {
  readonly token: number
  /** How many words of the statement stand before it. */
  readonly wordsBefore: number
}

/** The words since the last `;`, `{` or `}`: a statement that the parser is still reading. */
export class PendingStatement {
  /** Indexes of the tokens of its first and of its last word. */
  firstToken = 0
  lastToken = 0
  wordCount = 0
  /** Whether the end of one of its words is a guess, since the closing quote is missing. */
  hasRunawayQuote = false
  /** The words that start a line, each with its number since `clear`; empty for nearly every statement. */
  #lineStarts: LineStart[] = []
  #nextLineStart = 0
  #wordsDropped = 0

  add(token: number, startsLine: boolean): void {
    if (this.wordCount === 0) this.firstToken = token
    else if (startsLine) this.#lineStarts.push({ token, wordsBefore: this.#wordsDropped + this.wordCount })
    this.lastToken = token
    this.wordCount++
  }

  /** Whether it spans lines. */
  get hasLineStarts(): boolean {
    return this.#nextLineStart < this.#lineStarts.length
  }

  *lineStarts(): Generator<LineStart> {
    for (let index = this.#nextLineStart; index < this.#lineStarts.length; index++) {
      const { token, wordsBefore } = this.#lineStarts[index] as LineStart
      yield { token, wordsBefore: wordsBefore - this.#wordsDropped }
    }
  }

  /** Drops the words before a line start, for they turned out to be a statement of their own. Linear over all calls. */
  dropBefore(line: LineStart): void {
    this.firstToken = line.token
    this.wordCount -= line.wordsBefore
    this.#wordsDropped += line.wordsBefore
    while ((this.#lineStarts[this.#nextLineStart]?.token ?? Number.POSITIVE_INFINITY) <= line.token)
      this.#nextLineStart++
  }

  clear(): void {
    this.wordCount = 0
    this.hasRunawayQuote = false
    if (this.#lineStarts.length === 0) return
    this.#lineStarts = []
    this.#nextLineStart = 0
    this.#wordsDropped = 0
  }
}
