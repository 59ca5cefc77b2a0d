import type { FileEdit, Problem } from '../lint/problem.ts'
import { touchesTag } from '../lint/templates.ts'
import { conflict, type Edit } from '../syntax/index.ts'
import { EditSet } from './edit-set.ts'

export interface PlanOptions {
  /** Whether fixes that may change more than their message says are made too. */
  readonly unsafe?: boolean
  /** The files that may be edited, by real path; all where nothing is said. */
  readonly editable?: { has(realPath: string): boolean }
}

/** What one pass of fixing does. */
export interface Plan {
  /** The edits of each file, by its real path; none in conflict with another. */
  readonly edits: ReadonlyMap<string, readonly Edit[]>
  /** The problems whose edits are all among them. */
  readonly chosen: readonly Problem[]
}

/**
 * Chooses the edits of one pass. A problem's edits are made all or none. Equal edits of several problems are made
 * once; where two can't both be made, the problem that comes first in the report wins, and the other is seen again in
 * the next pass, when it may have been cured along with the first.
 */
export function planFixes(problems: readonly Problem[], { unsafe = false, editable }: PlanOptions = {}): Plan {
  const sets = new Map<string, EditSet>()
  const chosen: Problem[] = []
  for (const problem of problems) {
    const { fix } = problem
    if (!fix || (fix.safety === 'unsafe' && !unsafe)) continue
    if (fix.edits.some(touchesTag)) continue
    if (editable && !fix.edits.every(({ file }) => editable.has(file.realPath))) continue
    assertConsistent(problem, fix.edits)
    if (!fix.edits.every(({ file, edit }) => sets.get(file.realPath)?.takes(edit) ?? true)) continue
    for (const { file, edit } of fix.edits) setOf(sets, file.realPath).add(edit)
    chosen.push(problem)
  }
  return { edits: new Map([...sets].map(([realPath, set]) => [realPath, set.edits])), chosen }
}

function setOf(sets: Map<string, EditSet>, realPath: string): EditSet {
  let set = sets.get(realPath)
  if (!set) {
    set = new EditSet()
    sets.set(realPath, set)
  }
  return set
}

/** A rule whose edits are in each other's way has a bug that no later pass would cure. */
function assertConsistent({ ruleId }: Problem, edits: readonly FileEdit[]): void {
  const ordered = inOrderOfPlaces(edits)
  for (const [index, { file, edit }] of ordered.entries()) {
    const { text } = file.source
    if (edit.start < 0 || edit.end < edit.start || edit.end > text.length)
      throw new RangeError(`${ruleId}: an edit from ${edit.start} to ${edit.end} is not in ${file.path}`)
    const before = ordered[index - 1]
    if (before?.file.realPath === file.realPath && overlap(before.edit, edit))
      throw new RangeError(`${ruleId}: two edits of one problem overlap in ${file.path} at ${edit.start}`)
  }
}

/** Of those that overlap, two are neighbours then. */
function inOrderOfPlaces(edits: readonly FileEdit[]): readonly FileEdit[] {
  const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other))
  return [...edits].sort(
    (one, other) =>
      compare(one.file.realPath, other.file.realPath) ||
      one.edit.start - other.edit.start ||
      one.edit.end - other.edit.end,
  )
}

/** Two insertions at one place are made in their order; anything else that shares a byte is a mistake. */
function overlap(one: Edit, other: Edit): boolean {
  const areInsertions = one.start === one.end && other.start === other.end
  return !areInsertions && conflict(one, other)
}
