import type { Problem } from '../lint/problem.ts'
import { displayPath } from '../report/paths.ts'
import { sanitize } from '../report/sanitize.ts'
import type { Job } from './job.ts'
import { ownFiles } from './own-files.ts'

/** Fixes that were not made since they are for files that nobody named. */
export function tellForeign(job: Job, problems: readonly Problem[]): void {
  const { args, io, isDump } = job
  if (args.quiet || isDump) return
  const own = ownFiles(job)
  const foreign = new Set<string>()
  for (const { fix } of problems) {
    if (!fix || (fix.safety === 'unsafe' && !args.unsafeFixes)) continue
    for (const { file } of fix.edits) if (!own.has(file.realPath)) foreign.add(file.path)
  }
  if (foreign.size === 0) return
  const show = (path: string) => displayPath(path, io.cwd)
  const names = [...foreign].map(show).join(', ')
  io.err(
    `${sanitize(`ngxlint: not fixed, since it is outside of ${own.folders.map(show).join(', ')}: ${names}; name it too to have it fixed`)}\n`,
  )
}
