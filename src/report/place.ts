import type { Place } from '../lint/problem.ts'
import { displayPath, projectPath } from './paths.ts'

/** Where something is, in numbers from 1; columns count code points, the end is the place after the last one. */
export interface ShownPlace {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** @param cwd the folder that the path is relative to; without one it is whole */
export function showPlace({ file, span }: Place, cwd?: string): ShownPlace {
  const start = file.source.positionAt(span.start)
  const end = file.source.positionAt(span.end)
  return {
    file: cwd === undefined ? file.path : displayPath(file.path, cwd),
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
  }
}

/** The same, for who shows it beside the files of a project. */
export function placeInProject(place: Place, root: string): ShownPlace {
  return { ...showPlace(place), file: projectPath(place.file, root) }
}
