import type { SessionOptions } from '../fix/write/locked-folders.ts'
import { newRunId } from '../fix/write/run-id.ts'
import { sanitize } from '../report/sanitize.ts'
import type { Job } from './job.ts'
import { mainFolders } from './main-folders.ts'
import { ownFiles } from './own-files.ts'
import { afterStepOf } from './write-steps.ts'

/** How long a second run waits for the first. Even a test by nginx is over by then, unless a name server is not there. */
const WAIT_MS = 10_000

export function sessionOptions(job: Job): SessionOptions {
  const own = ownFiles(job)
  const [journalFolder = job.io.cwd] = mainFolders(job)
  return {
    id: newRunId(),
    journalFolder,
    mayWrite: (path) => own.has(path),
    waitMs: WAIT_MS,
    onWait: (holder) => job.io.err(`ngxlint: waiting for ${sanitize(holder)}\n`),
    afterStep: afterStepOf(job.io),
  }
}
