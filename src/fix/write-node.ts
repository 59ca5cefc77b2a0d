import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { FileChange } from './fix-configuration.ts'

/** Files could not be written; none has changed, but for those that the message names. */
export class WriteError extends Error {
  override readonly name = 'WriteError'
}

/** A new text beside the file that it is for. */
interface Staged {
  readonly change: FileChange
  readonly temporary: string
}

/**
 * Writes all new texts or none. Each goes into a file beside its own first and is on the disk before any takes its
 * place, by a rename, which either happens or does not: nginx, reloading at that moment, reads one text or the other.
 * The files are those behind symbolic links (as sites-enabled has them), so the links stay; mode and owner stay too.
 * @throws WriteError
 */
export function writeChanges(changes: readonly FileChange[]): void {
  const staged: Staged[] = []
  try {
    for (const change of changes) staged.push({ change, temporary: stage(change) })
    // Once more, since staging may have taken a while.
    for (const change of changes) refuseIfChanged(change)
  } catch (error) {
    for (const { temporary } of staged) rmSync(temporary, { force: true })
    throw asWriteError(error)
  }
  putInPlace(staged)
}

function putInPlace(staged: readonly Staged[]): void {
  const done: Staged[] = []
  try {
    for (const next of staged) {
      renameSync(next.temporary, next.change.realPath)
      done.push(next)
    }
  } catch (error) {
    for (const { temporary } of staged) rmSync(temporary, { force: true })
    const lost = done.filter(({ change }) => !restore(change))
    const names = lost.map(({ change }) => change.path).join(', ')
    throw asWriteError(error, lost.length > 0 ? `; fixed all the same, since it could not be undone: ${names}` : '')
  }
  for (const folder of new Set(staged.map(({ change }) => dirname(change.realPath)))) syncFolder(folder)
}

/** Puts the old text back in the place of the new one. */
function restore(change: FileChange): boolean {
  try {
    const undone = { ...change, oldText: change.newText, newText: change.oldText }
    renameSync(stage(undone), change.realPath)
    return true
  } catch {
    return false
  }
}

/** Writes the new text beside the file, and makes sure that it is on the disk. */
function stage(change: FileChange): string {
  refuseIfChanged(change)
  const { realPath, newText } = change
  const temporary = join(dirname(realPath), `.${basename(realPath)}.ngxlint-${randomBytes(6).toString('hex')}`)
  const { mode, uid, gid } = statSync(realPath)
  // O_EXCL: never follow a link that somebody else put there. Nobody else may read it until it has its mode.
  const descriptor = openSync(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
  try {
    writeWhole(descriptor, Buffer.from(newText, 'latin1'))
    keepOwner(temporary, descriptor, uid, gid)
    fchmodSync(descriptor, mode & 0o7777)
    fsyncSync(descriptor)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  } finally {
    closeSync(descriptor)
  }
  return temporary
}

function writeWhole(descriptor: number, bytes: Buffer): void {
  let at = 0
  while (at < bytes.length) at += writeSync(descriptor, bytes, at)
}

/** Before the mode, since a change of owner takes the set-user bits away. */
function keepOwner(temporary: string, descriptor: number, uid: number, gid: number): void {
  const status = fstatSync(descriptor)
  if (status.uid === uid && status.gid === gid) return
  chownSync(temporary, uid, gid)
  chmodSync(temporary, 0o600)
}

/** What somebody wrote since the file was read must not be lost. */
function refuseIfChanged({ path, realPath, oldText }: FileChange): void {
  if (!readFileSync(realPath).equals(Buffer.from(oldText, 'latin1')))
    throw new WriteError(`${path} has changed since it was read; nothing was written: run ngxlint again`)
}

/** A rename is on the disk when its folder is. */
function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, constants.O_RDONLY)
    try {
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  } catch {
    // Not every file system can; the texts themselves are safe.
  }
}

function asWriteError(error: unknown, more = ''): WriteError {
  if (error instanceof WriteError) return error
  const { message } = error as Error
  return new WriteError(`can't write the fixes: ${message}${more || '; nothing was written'}`)
}
