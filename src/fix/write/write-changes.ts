import { renameSync } from 'node:fs'
import { basename } from 'node:path'
import type { FileChange } from '../fix-configuration.ts'
import { backUp } from './backup.ts'
import { checkFile, checkWritable, refuseIfChanged } from './check-file.ts'
import { hashOf, type Journal, markDone, removeJournal, writeJournal } from './journal.ts'
import { DONE_JOURNAL, JOURNAL, newName, oldName } from './names.ts'
import { PinnedFolder } from './pinned-folder.ts'
import { newRunId } from './run-id.ts'
import { keepOld, stageNew } from './stage.ts'
import { type AfterStep, NO_STEPS } from './steps.ts'
import { runTrial, type Trial } from './trial.ts'
import { clearUp, Folders, undo } from './undo.ts'
import { reasonOf, WriteError } from './write-error.ts'

export interface WriteOptions {
  /** The run's id, as its locks have it. */
  readonly id?: string
  /** The folder of the main configuration, where the journal is kept. */
  readonly journalFolder: string
  readonly allowsHardLinks?: boolean
  /** Where the originals are kept. */
  readonly backupFolder?: string
  /** What the new state has to pass, or the old one stays. */
  readonly trials?: readonly Trial[]
  readonly afterStep?: AfterStep
}

export interface Written {
  /** Whether access lists and extended attributes could be kept, where files have them. */
  readonly keptAttributes: boolean
}

/**
 * Writes all new texts or none, whatever comes in between. First each goes into a file beside its own, the old file
 * gets a second name, and both are on the disk before any new one takes its place, by a rename, which either happens or
 * does not: nginx, reloading at that moment, reads one text or the other. Until the last is in place a journal tells
 * the next run what to undo. The files are those behind symbolic links (as sites-enabled has them), so the links stay.
 * @throws WriteError
 */
export function writeChanges(changes: readonly FileChange[], options: WriteOptions): Written {
  return withFolders((folders) => new Transaction(changes, folders, options).run())
}

/**
 * Whether they can be written at all, before anything is done. What another run does to them just now is not looked at.
 * @throws WriteError where not
 */
export function checkAllWritable(changes: readonly FileChange[]): void {
  withFolders((folders) => {
    for (const change of changes) checkWritable(change, folders.of(change.realPath))
  })
}

function withFolders<Result>(work: (folders: Folders) => Result): Result {
  const folders = new Folders((path) => new PinnedFolder(path))
  try {
    return work(folders)
  } catch (error) {
    throw error instanceof WriteError ? error : notWritten(reasonOf(error))
  } finally {
    folders.close()
  }
}

function notWritten(reason: string): WriteError {
  return new WriteError(`can't write the fixes: ${reason}; nothing was written`)
}

class Transaction {
  readonly #changes: readonly FileChange[]
  readonly #folders: Folders
  readonly #options: WriteOptions
  readonly #afterStep: AfterStep
  readonly #journalFolder: PinnedFolder
  readonly #journal: Journal

  constructor(changes: readonly FileChange[], folders: Folders, options: WriteOptions) {
    this.#changes = changes
    this.#folders = folders
    this.#options = options
    this.#afterStep = options.afterStep ?? NO_STEPS
    this.#journalFolder = folders.folder(options.journalFolder)
    this.#journal = {
      version: 1,
      id: options.id ?? newRunId(),
      files: changes.map(({ realPath, oldText, newText }) => ({
        path: realPath,
        oldHash: hashOf(Buffer.from(oldText, 'latin1')),
        newHash: hashOf(Buffer.from(newText, 'latin1')),
      })),
    }
  }

  run(): Written {
    for (const change of this.#changes)
      checkFile(change, this.#folders.of(change.realPath), this.#options.allowsHardLinks === true)
    if (this.#options.backupFolder !== undefined) backUp(this.#changes, this.#options.backupFolder, this.#folders)
    writeJournal(this.#journalFolder, this.#journal)
    const keptAttributes = this.#orUndo(() => {
      this.#afterStep('wrote the journal')
      const kept = this.#stage()
      this.#replace()
      return kept
    })
    this.#clearUp()
    return { keptAttributes }
  }

  /** The new texts are beside their files, the old ones have second names, and all that is on the disk. */
  #stage(): boolean {
    let keptAll = true
    for (const [change, folder, index] of this.#each()) {
      keptAll = stageNew(change, folder, newName(this.#journal.id, index)) === 'all' && keptAll
      this.#afterStep(`staged ${change.path}`)
      keepOld(change, folder, oldName(this.#journal.id, index))
      this.#afterStep(`kept ${change.path}`)
    }
    this.#folders.sync()
    return keptAll
  }

  #replace(): void {
    const { trials = [] } = this.#options
    const staged = trials.length > 0 ? this.#stagedPaths() : []
    const untried = trials.filter((trial) => !runTrial(trial, staged))
    this.#refuseMovedFolders()
    for (const [change, folder, index] of this.#each()) {
      const file = folder.at(basename(change.realPath))
      // Once more, since all that may have taken a while.
      refuseIfChanged(change, file)
      renameSync(folder.at(newName(this.#journal.id, index)), file)
      this.#afterStep(`replaced ${change.path}`)
    }
    this.#folders.sync()
    for (const trial of untried) runTrial(trial)
    // Somebody may have had the old file open, and written to it until the last moment.
    for (const [change, folder, index] of this.#each())
      refuseIfChanged(change, folder.at(oldName(this.#journal.id, index)))
    this.#refuseMovedFolders()
    markDone(this.#journalFolder)
  }

  /** All is written: what of this can't be done now, the next run does. */
  #clearUp(): void {
    this.#afterStep('marked the journal as done')
    try {
      clearUp(this.#journal, this.#folders, this.#afterStep)
      removeJournal(this.#journalFolder, DONE_JOURNAL)
    } catch {
      return
    }
    this.#afterStep('removed the journal')
  }

  #orUndo<Result>(work: () => Result): Result {
    try {
      return work()
    } catch (error) {
      const lost = this.#undo()
      if (lost === undefined) throw error
      throw new WriteError(`${reasonOf(error)}; and then it could not all be undone: ${lost}`)
    }
  }

  /** What is not as it was, undefined where all is. */
  #undo(): string | undefined {
    try {
      const { changed } = undo(this.#journal, this.#folders, this.#afterStep)
      removeJournal(this.#journalFolder, JOURNAL)
      if (changed.length === 0) return undefined
      return changed
        .map(({ path, copy }) => `${path} has been changed meanwhile, its old text is in ${copy}`)
        .join('; ')
    } catch (error) {
      return `${reasonOf(error)}; the next run of ngxlint will try again, by ${this.#journalFolder.path}/${JOURNAL}`
    }
  }

  #refuseMovedFolders(): void {
    for (const folder of this.#folders.all())
      if (!folder.isInPlace())
        throw new WriteError(
          `${folder.path} is no longer the folder that it was; nothing was written: run ngxlint again`,
        )
  }

  *#each(): Generator<[FileChange, PinnedFolder, number]> {
    for (const [index, change] of this.#changes.entries()) yield [change, this.#folders.of(change.realPath), index]
  }

  #stagedPaths() {
    return [...this.#each()].map(([{ realPath }, folder, index]) => ({
      from: `${folder.path}/${newName(this.#journal.id, index)}`,
      to: realPath,
    }))
  }
}
