import type { Span } from './source.ts'

/** Bytes to put in the place of a span of the text; an empty span inserts. */
export interface Edit extends Span {
  readonly text: string
}

/**
 * Whether two edits can't both be made: they touch a byte in common, or insert different text at one place. An
 * insertion at either end of a span that the other edit replaces is no conflict.
 */
export function conflict(one: Edit, other: Edit): boolean {
  if (sameEdit(one, other)) return false
  if (isInsertion(one) && isInsertion(other)) return one.start === other.start
  return one.start < other.end && other.start < one.end
}

export function sameEdit(one: Edit, other: Edit): boolean {
  return one.start === other.start && one.end === other.end && one.text === other.text
}

function isInsertion(edit: Edit): boolean {
  return edit.start === edit.end
}

/** The text with all edits made. They must not conflict; equal ones are made once. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((one, other) => one.start - other.start || one.end - other.end)
  const parts: string[] = []
  let at = 0
  let previous: Edit | undefined
  for (const edit of ordered) {
    if (previous && sameEdit(previous, edit)) continue
    if (edit.start < at) throw new RangeError(`edit at ${edit.start} overlaps the one before it`)
    parts.push(text.slice(at, edit.start), edit.text)
    at = edit.end
    previous = edit
  }
  parts.push(text.slice(at))
  return parts.join('')
}

/** Deletions that overlap, as those of neighbours that share the blanks between them, made into one each. */
export function mergeDeletions(deletions: readonly Edit[]): Edit[] {
  const merged: Edit[] = []
  for (const edit of [...deletions].sort((one, other) => one.start - other.start)) {
    const last = merged.at(-1)
    if (last && edit.start < last.end) merged[merged.length - 1] = { ...last, end: Math.max(last.end, edit.end) }
    else merged.push(edit)
  }
  return merged
}
