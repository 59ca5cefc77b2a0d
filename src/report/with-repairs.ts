import type { ConfigurationFile } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import type { FileEdit } from '../lint/problem.ts'
import { countWhile, type Edit, sameEdit } from '../syntax/index.ts'

/** How far from an edit a repair may stand, in bytes: minified files have one line of all. */
const REACH = 400

/**
 * The edits of a fix, and the repairs of syntax on their lines: while a file has any, `--fix` makes these first. Without them the lines
 * that it leaves would be shown as nginx does not take them. No repairs are put beside those of the syntax themselves.
 */
export function withRepairs(edits: readonly FileEdit[]): readonly FileEdit[] {
  const added = new Set<Edit>()
  const found: FileEdit[] = []
  for (const { file, edit } of edits) {
    for (const repair of repairsNear(file, edit)) {
      if (sameEdit(repair, edit)) return edits
      if (added.has(repair) || !isBeside(repair, edit, file)) continue
      added.add(repair)
      if (!edits.some((other) => other.file === file && overlap(repair, other.edit))) found.push({ file, edit: repair })
    }
  }
  // Of two insertions at one place the first one comes first: a ";" before what is put behind it.
  return found.length === 0 ? edits : [...found, ...edits]
}

const repairsOf = memoize((file: ConfigurationFile): readonly Edit[] =>
  file.tree.problems.flatMap(({ repair }) => repair ?? []).sort((one, other) => one.start - other.start),
)

function* repairsNear(file: ConfigurationFile, { start, end }: Edit): Generator<Edit> {
  const repairs = repairsOf(file)
  const first = countWhile(repairs.length, (index) => (repairs[index] as Edit).start < start - REACH)
  for (let index = first; index < repairs.length; index++) {
    const repair = repairs[index] as Edit
    if (repair.start > end + REACH) return
    yield repair
  }
}

function isBeside(repair: Edit, edit: Edit, { source }: ConfigurationFile): boolean {
  return (
    source.lineAt(repair.end) >= source.lineAt(edit.start) && source.lineAt(repair.start) <= source.lineAt(edit.end)
  )
}

function overlap(repair: Edit, edit: Edit): boolean {
  return repair.start < edit.end && edit.start < repair.end
}
