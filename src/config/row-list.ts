import { countUpTo } from '../syntax/index.ts'
import type { Placement } from './directive.ts'

/** Statements in their places: millions, and no object for each. */
export class RowList {
  /** Of each the number of its statement, and that of its wording. */
  #rows = new Int32Array(8)
  length = 0
  /** Runs of statements of one placement, and where each begins. */
  readonly #placements: Placement[] = []
  readonly #starts: number[] = []
  /** The run that was asked for last: lists are mostly read from end to end. */
  #run = 0

  push(placement: Placement, row: number, wording: number): void {
    const at = this.length * 2
    if (at === this.#rows.length) {
      const rows = new Int32Array(this.#rows.length * 2)
      rows.set(this.#rows)
      this.#rows = rows
    }
    this.#rows[at] = row
    this.#rows[at + 1] = wording
    if (this.#placements.at(-1) !== placement) {
      this.#placements.push(placement)
      this.#starts.push(this.length)
    }
    this.length++
  }

  row(index: number): number {
    return this.#rows[index * 2] as number
  }

  wording(index: number): number {
    return this.#rows[index * 2 + 1] as number
  }

  placement(index: number): Placement {
    const starts = this.#starts
    if ((starts[this.#run + 1] as number) <= index) this.#run++
    if ((starts[this.#run] as number) > index || (starts[this.#run + 1] as number) <= index)
      this.#run = countUpTo(index, starts) - 1
    return this.#placements[this.#run] as Placement
  }
}
