import { dirname, resolve } from 'node:path'
import { isWithin } from '../config/path.ts'
import type { Job } from './job.ts'

/** The files that a run may write. Includes may name any file of the machine, and some are none of its business. */
export interface OwnFiles {
  /** By real path. */
  has(realPath: string): boolean
  readonly folders: readonly string[]
}

/**
 * Those that the command line names, and those below the folders of these: where the main files lie, where relative
 * includes start, what a path map leads to. Links don't widen that: real paths are compared.
 */
export function ownFiles({ args, io, files, roots, targets }: Job): OwnFiles {
  const real = (path: string) => files.realPath(resolve(io.cwd, path))
  const named = new Set<string>()
  const folders = new Set<string>()
  for (const path of [...roots, ...args.paths]) {
    if (files.isFolder(resolve(io.cwd, path))) {
      folders.add(real(path))
      continue
    }
    named.add(real(path))
    folders.add(real(dirname(resolve(io.cwd, path)))).add(dirname(real(path)))
  }
  for (const { options } of targets) {
    const { prefix, mappings = [] } = options.load ?? {}
    if (prefix !== undefined) folders.add(real(prefix))
    for (const { to } of mappings) folders.add(real(to))
  }
  return {
    has: (realPath) => named.has(realPath) || [...folders].some((folder) => isWithin(realPath, folder)),
    folders: [...folders],
  }
}
