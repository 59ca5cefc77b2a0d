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
export function ownFiles({ args, io, files, roots }: Job): OwnFiles {
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
  // Those of a settings file don't count: it may have come with a pull request.
  if (args.prefix !== undefined) folders.add(real(args.prefix))
  for (const mapping of args.pathMap) folders.add(real(mapping.slice(mapping.indexOf('=') + 1)))
  return {
    has: (realPath) => named.has(realPath) || [...folders].some((folder) => isWithin(realPath, folder)),
    folders: [...folders],
  }
}
