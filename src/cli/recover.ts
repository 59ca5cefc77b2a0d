import { existsSync } from 'node:fs'
import { DONE_JOURNAL, JOURNAL, LOCK } from '../fix/write/names.ts'
import { sanitize } from '../report/sanitize.ts'
import type { Job } from './job.ts'
import { mainFolders } from './main-folders.ts'

/**
 * Undoes what an interrupted run has begun, and waits for one that is at work, so that what it writes is what is read.
 * Each start looks for them; there is hardly ever anything to see.
 */
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
  const writes = args.fix && !args.diff
  try {
    const options = sessionOptions(job)
    const locked = await LockedFolders.lock(left, writes ? options : { ...options, waitMs: 0 })
    try {
      tellRecoveries(locked.recoveries, io)
      job.reader.forget()
    } finally {
      locked.release()
    }
  } catch (error) {
    if (!(error instanceof WriteError)) throw error
    if (writes) throw error
    // Who only looks may look, at what is on its way, too.
    if (error instanceof LockedError) return
    if (!args.quiet) io.err(`ngxlint: ${sanitize(error.message)}\n`)
  }
}
