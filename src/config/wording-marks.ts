/** Tells whether a wording has been met in one of many rounds, without a set for each. */
export class WordingMarks {
  readonly #roundOf: Int32Array
  #round = 0

  /** @param count of the wordings there are */
  constructor(count: number) {
    this.#roundOf = new Int32Array(count)
  }

  /** Begins a round. What it gives is good until the next one. */
  start(): (wording: number) => boolean {
    const round = ++this.#round
    return (wording) => {
      if (this.#roundOf[wording] === round) return false
      this.#roundOf[wording] = round
      return true
    }
  }
}
