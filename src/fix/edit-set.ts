import { conflict, countWhile, type Edit, sameEdit } from '../syntax/index.ts'

/** Edits of one file that can all be made, in order. */
export class EditSet {
  readonly #edits: Edit[] = []

  get edits(): readonly Edit[] {
    return this.#edits
  }

  /** Whether the edit can be made along with all that are here. */
  takes(edit: Edit): boolean {
    return this.#near(edit).every((made) => !conflict(made, edit))
  }

  /** Adds an edit that does not conflict, unless it is here already. */
  add(edit: Edit): void {
    if (this.#near(edit).some((made) => sameEdit(made, edit))) return
    let index = this.#firstEndingAt(edit.start)
    while (index < this.#edits.length && isBefore(this.#edits[index] as Edit, edit)) index++
    this.#edits.splice(index, 0, edit)
  }

  /** Those that share a byte or an end with this one. None overlap, so all are next to each other. */
  #near({ start, end }: Edit): Edit[] {
    const near: Edit[] = []
    for (let index = this.#firstEndingAt(start); index < this.#edits.length; index++) {
      const made = this.#edits[index] as Edit
      if (made.start > end) break
      near.push(made)
    }
    return near
  }

  /** Index of the first edit that ends at or after an offset. */
  #firstEndingAt(offset: number): number {
    return countWhile(this.#edits.length, (index) => (this.#edits[index] as Edit).end < offset)
  }
}

/** Insertions at one place keep the order in which they come. */
function isBefore(made: Edit, edit: Edit): boolean {
  return made.start < edit.start || (made.start === edit.start && made.end <= edit.end)
}
