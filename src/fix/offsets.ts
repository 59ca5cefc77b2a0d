import type { Edit, Span } from '../syntax/index.ts'

/** Where places of an edited text were before its edits, through any number of passes. */
export class OffsetHistory {
  readonly #passes: (readonly Edit[])[] = []

  /** Remembers one pass's edits, whose offsets are those of the text before it. */
  push(edits: readonly Edit[]): void {
    this.#passes.push([...edits].sort((one, other) => one.start - other.start || one.end - other.end))
  }

  get isEmpty(): boolean {
    return this.#passes.length === 0
  }

  /** The offset in the first text of what is at `offset` now; for new bytes, the place where they were put. */
  original(offset: number): number {
    return this.#passes.reduceRight((at, edits) => before(at, edits), offset)
  }

  originalSpan({ start, end }: Span): Span {
    const first = this.original(start)
    return { start: first, end: Math.max(first, this.original(end)) }
  }

  /** The spans of the first text, of this length, that no edit touched; an insertion ends one and starts the next. */
  kept(length: number): Span[] {
    let spans: Span[] = [{ start: 0, end: length }]
    const before = new OffsetHistory()
    for (const edits of this.#passes) {
      for (const edit of edits) {
        const start = before.original(edit.start)
        const end = Math.max(start, before.original(edit.end))
        spans = spans.flatMap((span) => without(span, start, end))
      }
      before.#passes.push(edits)
    }
    return spans
  }

  /** The offset now of what was at `offset` in the first text; of replaced bytes, that of the replacement's start. */
  current(offset: number): number {
    return this.#passes.reduce((at, edits) => after(at, edits), offset)
  }
}

/** @param edits in order */
function before(offset: number, edits: readonly Edit[]): number {
  let shift = 0
  for (const { start, end, text } of edits) {
    if (offset < start + shift) break
    const newEnd = start + shift + text.length
    if (offset < newEnd) return Math.min(start + (offset - start - shift), end)
    shift += text.length - (end - start)
  }
  return offset - shift
}

/** @param edits in order */
function after(offset: number, edits: readonly Edit[]): number {
  let shift = 0
  for (const { start, end, text } of edits) {
    if (offset < start) break
    // What stands where something is inserted moves behind it.
    if (offset < end) return start + shift
    shift += text.length - (end - start)
  }
  return offset + shift
}

function without(span: Span, start: number, end: number): Span[] {
  if (end < span.start || start > span.end) return [span]
  const pieces = [
    { start: span.start, end: Math.min(start, span.end) },
    { start: Math.max(end, span.start), end: span.end },
  ]
  return pieces.filter((piece) => piece.end > piece.start)
}
