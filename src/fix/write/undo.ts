import { lstatSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { hashOf, type Journal } from './journal.ts'
import { newName, oldName } from './names.ts'
import type { PinnedFolder } from './pinned-folder.ts'
import { readRegular } from './read-regular.ts'
import type { AfterStep } from './steps.ts'

export interface Undone {
  /** Files that have their old text again. */
  readonly restored: readonly string[]
  /** Files that somebody has changed meanwhile, and where their old text is. */
  readonly changed: readonly { readonly path: string; readonly copy: string }[]
}

/** Larger files were never read, so never written. */
const FILE_LIMIT = 1 << 30

/**
 * Gives every file of a run its old text back, which is still there as a file of its own: by a rename, that needs no
 * space on a full disk and brings mode, owner and attributes along. May be interrupted, and is then done anew.
 */
export function undo({ id, files }: Journal, folders: Folders, afterStep: AfterStep): Undone {
  const restored: string[] = []
  const changed: { path: string; copy: string }[] = []
  for (const [index, { path, oldHash, newHash }] of files.entries()) {
    const folder = folders.of(path)
    const file = folder.at(basename(path))
    const old = folder.at(oldName(id, index))
    const fresh = folder.at(newName(id, index))
    const kept = hashIn(old)
    const current = hashIn(file)
    // A new text that is still on its way has not taken the place of anything.
    const isReplaced = kept !== undefined && !lstatSync(fresh, { throwIfNoEntry: false })
    if (isReplaced && current === newHash) {
      renameSync(old, file)
      restored.push(path)
      afterStep(`restored ${path}`)
    } else if (isReplaced && current !== oldHash && current !== kept)
      changed.push({ path, copy: `${folder.path}/${oldName(id, index)}` })
    else for (const left of [old, fresh]) rmSync(left, { force: true })
    afterStep(`cleared up beside ${path}`)
  }
  folders.sync()
  return { restored, changed }
}

/** Takes away what a run that is done has kept of the old state. */
export function clearUp({ id, files }: Journal, folders: Folders, afterStep: AfterStep): void {
  for (const [index, { path }] of files.entries()) {
    const folder = folders.of(path)
    for (const name of [oldName(id, index), newName(id, index)]) rmSync(folder.at(name), { force: true })
    afterStep(`cleared up beside ${path}`)
  }
  folders.sync()
}

function hashIn(path: string): string | undefined {
  const bytes = readRegular(path, FILE_LIMIT)
  return bytes && hashOf(bytes)
}

/** The folders of a run's files, each opened once. */
export class Folders {
  readonly #opened = new Map<string, PinnedFolder>()
  readonly #open: (path: string) => PinnedFolder

  constructor(open: (path: string) => PinnedFolder) {
    this.#open = open
  }

  of(file: string): PinnedFolder {
    return this.folder(dirname(file))
  }

  folder(path: string): PinnedFolder {
    let folder = this.#opened.get(path)
    if (!folder) {
      folder = this.#open(path)
      this.#opened.set(path, folder)
    }
    return folder
  }

  all(): readonly PinnedFolder[] {
    return [...this.#opened.values()]
  }

  sync(): void {
    for (const folder of this.all()) folder.sync()
  }

  close(): void {
    for (const folder of this.all()) folder.close()
    this.#opened.clear()
  }
}
