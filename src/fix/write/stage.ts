import { linkSync } from 'node:fs'
import { basename } from 'node:path'
import type { FileChange } from '../fix-configuration.ts'
import { type Kept, keepAttributes } from './attributes.ts'
import { refuseIfChanged } from './check-file.ts'
import { writeNewFile } from './new-file.ts'
import type { PinnedFolder } from './pinned-folder.ts'
import { codeOf, WriteError } from './write-error.ts'

/** Writes the new text beside the file, with all that the file keeps, and makes sure that it is on the disk. */
export function stageNew({ path, realPath, newText }: FileChange, folder: PinnedFolder, name: string): Kept {
  try {
    return writeBeside(folder, basename(realPath), name, newText)
  } catch (error) {
    throw error instanceof WriteError ? new WriteError(`${path}: ${error.message}; nothing was written`) : error
  }
}

/**
 * Gives the old file a second name, by which it can take its place again. Where the file system has no links, a copy
 * has to do.
 */
export function keepOld(change: FileChange, folder: PinnedFolder, name: string): void {
  const file = basename(change.realPath)
  try {
    linkSync(folder.at(file), folder.at(name))
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(codeOf(error) ?? '')) throw error
    writeBeside(folder, file, name, change.oldText)
  }
  // What was just kept is what was read: a file that took its place meanwhile does not slip through.
  refuseIfChanged(change, folder.at(name))
}

function writeBeside(folder: PinnedFolder, file: string, name: string, text: string): Kept {
  const path = folder.at(name)
  let kept: Kept = 'all'
  writeNewFile(path, Buffer.from(text, 'latin1'), (descriptor) => {
    kept = keepAttributes(folder.at(file), path, descriptor)
  })
  return kept
}
