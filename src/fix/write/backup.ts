import { mkdirSync, realpathSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { FileChange } from '../fix-configuration.ts'
import { keepAttributes } from './attributes.ts'
import { writeNewFile } from './new-file.ts'
import { PinnedFolder } from './pinned-folder.ts'
import type { Folders } from './undo.ts'
import { reasonOf, WriteError } from './write-error.ts'

/**
 * Copies the originals to a folder that must not be there yet, by their whole paths. It is for the eyes of its owner
 * only: configurations hold secrets.
 * @throws WriteError
 */
export function backUp(changes: readonly FileChange[], folder: string, folders: Folders): void {
  try {
    mkdirSync(dirname(folder), { recursive: true, mode: 0o700 })
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    throw notKept(folder, error)
  }
  try {
    const made = new Set([dirname(folder), folder])
    for (const { realPath, oldText } of changes) {
      const copy = join(folder, realPath)
      mkdirSync(dirname(copy), { recursive: true, mode: 0o700 })
      for (let at = dirname(copy); at !== folder; at = dirname(at)) made.add(at)
      const original = folders.of(realPath).at(basename(realPath))
      writeNewFile(copy, Buffer.from(oldText, 'latin1'), (descriptor) => keepAttributes(original, copy, descriptor))
    }
    for (const path of made) syncFolder(path)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw notKept(folder, error)
  }
}

function notKept(folder: string, error: unknown): WriteError {
  return new WriteError(`can't keep the originals in ${folder}: ${reasonOf(error)}; nothing was written`)
}

function syncFolder(path: string): void {
  const folder = new PinnedFolder(realpathSync.native(path))
  folder.sync()
  folder.close()
}
