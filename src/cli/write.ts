import { lstatSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { FixResult } from '../fix/fix-configuration.ts'
import { LockedFolders, type SessionOptions } from '../fix/write/locked-folders.ts'
import { BACKUP_FOLDER } from '../fix/write/names.ts'
import { TrialError } from '../fix/write/trial.ts'
import { checkAllWritable, writeChanges } from '../fix/write/write-changes.ts'
import { displayPath } from '../report/paths.ts'
import { sanitize } from '../report/sanitize.ts'
import { CommandError } from './io.ts'
import type { Job } from './job.ts'
import { mainFolders } from './main-folders.ts'
import { trialsOf } from './nginx-trials.ts'
import { sessionOptions } from './session.ts'
import { tellRecoveries } from './tell-recoveries.ts'
import { uninterrupted } from './uninterrupted.ts'

/**
 * Writes what fixing came to, with the folders locked that it lies in.
 * @param fixAnew for when another run was at work here meanwhile
 * @returns what was written
 */
export async function write(job: Job, planned: FixResult, fixAnew: () => Promise<FixResult>): Promise<FixResult> {
  checkAllWritable(planned.changes)
  const options = sessionOptions(job)
  const locked = await LockedFolders.lock([...mainFolders(job), ...foldersOf(planned)], options)
  try {
    tellRecoveries(locked.recoveries, job.io)
    const isStale = locked.hasWaited || locked.recoveries.length > 0
    const result = isStale ? await fixAnew() : planned
    if (result.changes.length > 0) writeLocked(job, result, options)
    return result
  } finally {
    locked.release()
  }
}

function foldersOf({ changes }: FixResult): string[] {
  return changes.map(({ realPath }) => dirname(realPath))
}

function writeLocked(job: Job, result: FixResult, { id, journalFolder, afterStep }: SessionOptions): void {
  const { args, io } = job
  const backup = backupFolder(job, id, journalFolder)
  const options = {
    id,
    journalFolder,
    allowsHardLinks: args.allowHardlinks,
    trials: trialsOf(job, result),
    ...(backup === undefined ? {} : { backupFolder: backup }),
    ...(afterStep ? { afterStep } : {}),
  }
  const { keptAttributes } = sayingWhy(job, () => uninterrupted(() => writeChanges(result.changes, options)))
  if (args.quiet) return
  if (!keptAttributes)
    io.err('ngxlint: mode and owner were kept; access lists and extended attributes need the cp of GNU coreutils\n')
  if (backup !== undefined)
    io.err(`ngxlint: the originals are in ${sanitize(displayPath(backup, io.cwd))}, by their whole paths\n`)
}

/** What nginx says goes before what we say of it. */
function sayingWhy<Result>({ io }: Job, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (error instanceof TrialError)
      for (const line of error.output.trimEnd().split('\n')) if (line !== '') io.err(`${sanitize(line)}\n`)
    throw error
  }
}

function backupFolder({ args, io }: Job, id: string, journalFolder: string): string | undefined {
  if (args.backup === undefined) return undefined
  const folder = args.backup === '' ? join(journalFolder, BACKUP_FOLDER) : resolve(io.cwd, args.backup)
  if (args.backup === '' && lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new CommandError(`${folder} is a link; name a folder: --backup=DIR`)
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  return join(folder, `${time}-${id.slice(0, 6)}`)
}
