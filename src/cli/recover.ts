import { existsSync } from 'node:fs'
import { DONE_JOURNAL, JOURNAL, LOCK } from '../fix/write/names.ts'
import { sanitize } from '../report/sanitize.ts'
import type { Job } from './job.ts'
import { mainFolders } from './main-folders.ts'

/** Undoes what an interrupted run has begun. Each start looks for it; there is hardly ever anything to see. */
export async function recoverInterrupted(job: Job): Promise<void> {
  if (job.isDump) return
  const left = mainFolders(job).filter((folder) =>
    [LOCK, JOURNAL, DONE_JOURNAL].some((name) => existsSync(`${folder}/${name}`)),
  )
  if (left.length === 0) return
  const { LockedFolders } = await import('../fix/write/locked-folders.ts')
  const { LockedError } = await import('../fix/write/lock.ts')
  const { WriteError } = await import('../fix/write/write-error.ts')
  const { sessionOptions } = await import('./session.ts')
  const { tellRecoveries } = await import('./tell-recoveries.ts')
  const { args, io } = job
  try {
    const locked = await LockedFolders.lock(left, { ...sessionOptions(job), waitMs: 0 })
    try {
      tellRecoveries(locked.recoveries, io)
    } finally {
      locked.release()
    }
  } catch (error) {
    if (!(error instanceof WriteError)) throw error
    // It is at work just now: who has something to write will wait for it.
    if (error instanceof LockedError) return
    // Who only looks may look.
    if (args.fix && !args.diff) throw error
    if (!args.quiet) io.err(`ngxlint: ${sanitize(error.message)}\n`)
  }
}
