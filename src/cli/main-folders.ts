import { dirname } from 'node:path'
import type { Job } from './job.ts'

/** Where journal and lock of a run are: beside its main configurations, by whatever links they are named. */
export function mainFolders({ roots, files }: Pick<Job, 'roots' | 'files'>): string[] {
  return [...new Set(roots.map((path) => dirname(files.realPath(path))))]
}
