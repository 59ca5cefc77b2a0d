import type { ConfigurationFile } from '../config/index.ts'
import type { Place, Problem } from '../lint/problem.ts'

/** A problem as it goes from one thread to another: its files by their real paths. */
export type PackedProblem = Packed<Problem>

/** The same data, with files by real path wherever they stand in it. */
type Packed<T> = T extends ConfigurationFile
  ? string
  : T extends object
    ? { readonly [Key in keyof T]: Packed<T[Key]> }
    : T

export function packProblems(problems: readonly Problem[]): PackedProblem[] {
  return problems.map(({ file, related, fix, ...problem }) => ({
    ...problem,
    file: file.realPath,
    related: related.map((place) => ({ ...place, file: place.file.realPath })),
    fix: fix && { ...fix, edits: fix.edits.map(({ file, edit }) => ({ file: file.realPath, edit })) },
  }))
}

/** @param files those of the configuration that the problems are of */
export function unpackProblems(packed: readonly PackedProblem[], files: readonly ConfigurationFile[]): Problem[] {
  const byRealPath = new Map(files.map((file) => [file.realPath, file]))
  const fileAt = (realPath: string): Place['file'] => byRealPath.get(realPath) as ConfigurationFile
  return packed.map(({ file, related, fix, ...problem }) => ({
    ...problem,
    file: fileAt(file),
    related: related.map((place) => ({ ...place, file: fileAt(place.file) })),
    fix: fix && { ...fix, edits: fix.edits.map(({ file, edit }) => ({ file: fileAt(file), edit })) },
  }))
}
