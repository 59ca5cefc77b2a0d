import type { FileEdit, Fix } from './problem.ts'

/** One fix of two for one place, as safe as the less safe of them. */
export function joinFixes(one: Fix, other: Fix): Fix {
  const known = new Set(one.edits.map(editKey))
  const more = other.edits.filter((edit) => !known.has(editKey(edit)))
  const restores = [...new Set([...(one.restores ?? []), ...(other.restores ?? [])])]
  return {
    safety: one.safety === 'safe' ? other.safety : one.safety,
    edits: [...one.edits, ...more],
    ...(restores.length > 0 ? { restores } : {}),
  }
}

function editKey({ file, edit }: FileEdit): string {
  return `${file.realPath} ${edit.start} ${edit.end} ${edit.text}`
}
