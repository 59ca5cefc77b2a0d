import { conflict, type Span } from '../syntax/index.ts'
import type { FileEdit, Fix } from './problem.ts'

/** One fix of several for one place, as safe as the least safe of them; none where they want different things of it. */
export function joinFixes(fixes: readonly Fix[]): Fix | undefined {
  const edits = [...new Map(fixes.flatMap((fix) => fix.edits.map((one) => [editKey(one), one]))).values()]
  if (areSomeInTheWay(edits)) return undefined
  const restores = [...new Set(fixes.flatMap((fix) => fix.restores ?? []))]
  return {
    safety: fixes.some(({ safety }) => safety === 'unsafe') ? 'unsafe' : 'safe',
    edits,
    ...(restores.length > 0 ? { restores } : {}),
  }
}

/** Two insertions at one place are made one after the other. */
export function areInTheWay(made: FileEdit, fresh: FileEdit): boolean {
  const areInsertions = made.edit.start === made.edit.end && fresh.edit.start === fresh.edit.end
  return made.file.realPath === fresh.file.realPath && !areInsertions && conflict(made.edit, fresh.edit)
}

/** In the order of places it is enough to look at the one before that reaches furthest. */
function areSomeInTheWay(edits: readonly FileEdit[]): boolean {
  const furthest = new Map<string, FileEdit>()
  for (const fresh of [...edits].sort((one, other) => bySpan(one.edit, other.edit))) {
    const { realPath } = fresh.file
    const made = furthest.get(realPath)
    if (made && areInTheWay(made, fresh)) return true
    if (!made || made.edit.end <= fresh.edit.end) furthest.set(realPath, fresh)
  }
  return false
}

function bySpan(one: Span, other: Span): number {
  return one.start - other.start || one.end - other.end
}

function editKey({ file, edit }: FileEdit): string {
  return `${file.realPath} ${edit.start} ${edit.end} ${edit.text}`
}
