import { accessSync, constants, lstatSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { FileChange } from '../fix-configuration.ts'
import type { PinnedFolder } from './pinned-folder.ts'
import { readRegular } from './read-regular.ts'
import { codeOf, reasonOf, WriteError } from './write-error.ts'

/** Write bits of anybody. Root may write all the same, but who took them away had a reason. */
const WRITE_BITS = 0o222

/**
 * Whether a file may be replaced, before anything is done.
 * @throws WriteError where not
 */
export function checkFile(change: FileChange, folder: PinnedFolder, allowsHardLinks: boolean): void {
  checkWritable(change, folder)
  const file = folder.at(basename(change.realPath))
  const status = lstatSync(file)
  if (status.nlink > 1 && !allowsHardLinks)
    throw new WriteError(
      `${change.path} has ${status.nlink} names (hard links), and the others would keep the old text; nothing was written: --allow-hardlinks writes it all the same`,
    )
  refuseIfChanged(change, file)
}

/**
 * Whether a file and its folder take what is written.
 * @throws WriteError where not
 */
export function checkWritable(change: FileChange, folder: PinnedFolder): void {
  const file = folder.at(basename(change.realPath))
  if (!lstatSync(file, { throwIfNoEntry: false })?.isFile()) throw changed(change)
  refuseReadOnly(folder.at('.'), `the folder of ${change.path}`)
  refuseReadOnly(file, change.path)
}

/**
 * What somebody wrote since the file was read must not be lost.
 * @param path where it is now
 */
export function refuseIfChanged(change: FileChange, path: string): void {
  const wanted = Buffer.from(change.oldText, 'latin1')
  if (!readRegular(path, wanted.length)?.equals(wanted)) throw changed(change)
}

function changed({ path }: FileChange): WriteError {
  return new WriteError(`${path} has changed since it was read; nothing was written: run ngxlint again`)
}

function refuseReadOnly(path: string, name: string): void {
  const { mode } = statSync(path)
  if ((mode & WRITE_BITS) === 0)
    throw new WriteError(`${name} is read-only (mode ${(mode & 0o7777).toString(8)}); nothing was written`)
  try {
    accessSync(path, constants.W_OK)
  } catch (error) {
    const why = codeOf(error) === 'EROFS' ? 'is on a read-only file system' : 'may not be written by this user'
    throw new WriteError(`${name} ${why} (${reasonOf(error).split(',')[0]}); nothing was written`)
  }
}
