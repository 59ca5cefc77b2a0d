import { lstatSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Journal, readJournal } from './journal.ts'
import { type FolderLock, type LockContent, LockedError, type LockOptions, lockFolder, readLock } from './lock.ts'
import { DONE_JOURNAL, JOURNAL, temporaryName } from './names.ts'
import { PinnedFolder } from './pinned-folder.ts'
import { type Recovery, recover } from './recover.ts'
import { NO_STEPS } from './steps.ts'
import { codeOf, reasonOf, WriteError } from './write-error.ts'

export interface SessionOptions extends LockOptions {
  /** The run's id. */
  readonly id: string
  /** The folder of the main configuration. */
  readonly journalFolder: string
  /** Whether this run may write a file. */
  readonly mayWrite: (path: string) => boolean
}

/** The folders that a run has for itself, with what other runs left in them put in order. */
export class LockedFolders {
  readonly recoveries: Recovery[] = []
  hasWaited = false
  readonly #options: SessionOptions
  readonly #held = new Map<string, { readonly folder: PinnedFolder; readonly lock: FolderLock }>()

  /** @throws WriteError where another run keeps one, or can't be undone */
  static async lock(paths: Iterable<string>, options: SessionOptions): Promise<LockedFolders> {
    const locked = new LockedFolders(options)
    try {
      // In one order, so that no two runs wait for each other.
      for (const path of [...new Set(paths)].sort()) await locked.#lock(path)
    } catch (error) {
      locked.release()
      throw error
    }
    return locked
  }

  private constructor(options: SessionOptions) {
    this.#options = options
  }

  release(): void {
    for (const { folder, lock } of [...this.#held.values()].reverse()) {
      lock.release()
      folder.close()
    }
    this.#held.clear()
  }

  async #lock(path: string): Promise<void> {
    if (this.#held.has(path)) return
    const lock = await this.#take(path)
    this.hasWaited ||= lock.hasWaited
    const { predecessor } = lock
    await this.#recover(path)
    if (!predecessor) return
    rmSync(this.#folder(path).at(temporaryName(predecessor.id, 'journal')), { force: true })
    if (hasJournalOf(predecessor)) await this.#lock(predecessor.journalFolder)
  }

  async #take(path: string): Promise<FolderLock> {
    const { id, journalFolder } = this.#options
    const folder = new PinnedFolder(path)
    try {
      const lock = await lockFolder(folder, id, journalFolder, this.#options)
      this.#held.set(path, { folder, lock })
      return lock
    } catch (error) {
      folder.close()
      if (error instanceof WriteError || codeOf(error) === undefined) throw error
      throw new WriteError(`can't lock the folder ${path}: ${reasonOf(error).split(',')[0]}; nothing was written`)
    }
  }

  #folder(path: string): PinnedFolder {
    const held = this.#held.get(path)
    if (!held) throw new Error(`${path} is not locked`)
    return held.folder
  }

  async #recover(path: string): Promise<void> {
    const { mayWrite, afterStep = NO_STEPS } = this.#options
    for (;;) {
      const recovery = await recover(this.#folder(path), mayWrite, afterStep, (journal) => this.#clearLocks(journal))
      if (!recovery) return
      this.recoveries.push(recovery)
    }
  }

  async #clearLocks({ id, files }: Journal): Promise<void> {
    for (const folder of new Set(files.map(({ path }) => dirname(path))))
      if (!this.#held.has(folder)) await this.#clearLock(folder, id)
  }

  /** The interrupted run had locked the folders of all its files. Who has taken a lock over since, keeps it. */
  async #clearLock(path: string, id: string): Promise<void> {
    const folder = new PinnedFolder(path)
    try {
      const left = readLock(folder)
      if (typeof left !== 'object' || left.id !== id) return
      const lock = await lockFolder(folder, this.#options.id, this.#options.journalFolder, { waitMs: 0 })
      lock.release()
    } catch (error) {
      if (!(error instanceof LockedError)) throw error
    } finally {
      folder.close()
    }
  }
}

/** A lock may have come with a pull request: it leads nowhere but to a journal of the same run. */
function hasJournalOf({ id, journalFolder }: LockContent): boolean {
  if (![JOURNAL, DONE_JOURNAL].some((name) => lstatSync(`${journalFolder}/${name}`, { throwIfNoEntry: false })))
    return false
  const folder = new PinnedFolder(journalFolder)
  try {
    return [JOURNAL, DONE_JOURNAL].some((name) => readJournal(folder, name)?.id === id)
  } finally {
    folder.close()
  }
}
