import { countWhile, type Edit, type Span } from '../syntax/index.ts'

/** Where places of an edited text were before its edits, through any number of passes. */
export class OffsetHistory {
  readonly #passes: Pass[] = []

  /** Remembers one pass's edits, whose offsets are those of the text before it. */
  push(edits: readonly Edit[]): void {
    this.#passes.push(new Pass(edits))
  }

  /** The offset in the first text of what is at `offset` now; for new bytes, the place where they were put. */
  original(offset: number): number {
    return this.#passes.reduceRight((at, pass) => pass.before(at), offset)
  }

  originalSpan({ start, end }: Span): Span {
    const first = this.original(start)
    return { start: first, end: Math.max(first, this.original(end)) }
  }

  /** The offset now of what was at `offset` in the first text; of replaced bytes, that of the replacement's start. */
  current(offset: number): number {
    return this.#passes.reduce((at, pass) => pass.after(at), offset)
  }

  /** The spans of the first text, of this length, that no edit touched; an insertion ends one and starts the next. */
  kept(length: number): Span[] {
    const touched: Span[] = []
    const before = new OffsetHistory()
    for (const pass of this.#passes) {
      for (const edit of pass.edits) touched.push(before.originalSpan(edit))
      before.#passes.push(pass)
    }
    touched.sort((one, other) => one.start - other.start || one.end - other.end)
    const spans: Span[] = []
    let at = 0
    for (const { start, end } of [...touched, { start: length, end: length }]) {
      if (start > at) spans.push({ start: at, end: start })
      at = Math.max(at, end)
    }
    return spans
  }
}

class Pass {
  /** In order. */
  readonly edits: readonly Edit[]
  /** How far the edits before each one have moved it. */
  readonly #shifts: number[] = []

  constructor(edits: readonly Edit[]) {
    this.edits = [...edits].sort((one, other) => one.start - other.start || one.end - other.end)
    let shift = 0
    for (const { start, end, text } of this.edits) {
      this.#shifts.push(shift)
      shift += text.length - (end - start)
    }
  }

  before(offset: number): number {
    const [edit, shift] = this.#lastWhere((candidate, moved) => candidate.start + moved <= offset)
    if (!edit) return offset
    const start = edit.start + shift
    if (offset < start + edit.text.length) return Math.min(edit.start + (offset - start), edit.end)
    return offset - shift - edit.text.length + (edit.end - edit.start)
  }

  after(offset: number): number {
    const [edit, shift] = this.#lastWhere((candidate) => candidate.start <= offset)
    if (!edit) return offset
    if (offset < edit.end) return edit.start + shift
    // What stands where something is inserted moves behind it.
    return offset + shift + edit.text.length - (edit.end - edit.start)
  }

  /** The last edit for which something holds that holds for all before it. */
  #lastWhere(holds: (edit: Edit, shift: number) => boolean): readonly [edit: Edit | undefined, shift: number] {
    const { edits } = this
    const last = countWhile(edits.length, (index) => holds(edits[index] as Edit, this.#shifts[index] as number)) - 1
    return [edits[last], this.#shifts[last] ?? 0]
  }
}
