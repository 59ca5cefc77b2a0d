import { conflict } from '../syntax/index.ts'
import type { FileEdit, Fix } from './problem.ts'

/** One fix of two for one place, as safe as the less safe of them; none where they want different things of it. */
export function joinFixes(one: Fix, other: Fix): Fix | undefined {
  const known = new Set(one.edits.map(editKey))
  const more = other.edits.filter((edit) => !known.has(editKey(edit)))
  if (more.some((edit) => one.edits.some((made) => areInTheWay(made, edit)))) return undefined
  const restores = [...new Set([...(one.restores ?? []), ...(other.restores ?? [])])]
  return {
    safety: one.safety === 'safe' ? other.safety : one.safety,
    edits: [...one.edits, ...more],
    ...(restores.length > 0 ? { restores } : {}),
  }
}

/** Two insertions at one place are made one after the other. */
export function areInTheWay(made: FileEdit, fresh: FileEdit): boolean {
  const areInsertions = made.edit.start === made.edit.end && fresh.edit.start === fresh.edit.end
  return made.file.realPath === fresh.file.realPath && !areInsertions && conflict(made.edit, fresh.edit)
}

function editKey({ file, edit }: FileEdit): string {
  return `${file.realPath} ${edit.start} ${edit.end} ${edit.text}`
}
