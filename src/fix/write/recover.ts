import { rmSync } from 'node:fs'
import { basename } from 'node:path'
import { type Journal, readJournal, removeJournal } from './journal.ts'
import { DONE_JOURNAL, JOURNAL, temporaryName } from './names.ts'
import { PinnedFolder } from './pinned-folder.ts'
import type { AfterStep } from './steps.ts'
import { clearUp, Folders, type Undone, undo } from './undo.ts'
import { WriteError } from './write-error.ts'

/** What became of a run that was interrupted. */
export interface Recovery extends Undone {
  readonly journal: Journal
  /** Whether it had written all its files, so that they stay. */
  readonly wasDone: boolean
}

/**
 * Undoes the run whose journal is in this folder, or ends it where all was written. The caller holds the folder's lock.
 * @param mayWrite whether a file may be written. Journals may come with pull requests: one can't lead out of the folders
 * that this run may write to, nor remove but files of its own names.
 * @param clearLocks removes the locks that the run has left in other folders
 * @throws WriteError
 */
export async function recover(
  journalFolder: PinnedFolder,
  mayWrite: (path: string) => boolean,
  afterStep: AfterStep,
  clearLocks: (journal: Journal) => Promise<void> = async () => {},
): Promise<Recovery | undefined> {
  for (const name of [JOURNAL, DONE_JOURNAL]) {
    const journal = readJournal(journalFolder, name)
    if (!journal) continue
    const elsewhere = journal.files.find(({ path }) => !mayWrite(path))
    if (elsewhere)
      throw new WriteError(
        `a run that was interrupted, as ${journalFolder.path}/${name} says, also wrote ${elsewhere.path}, which this one may not: name it too`,
      )
    const folders = new Folders((path) => new PinnedFolder(path))
    try {
      const wasDone = name === DONE_JOURNAL
      const undone = wasDone ? finish(journal, folders, afterStep) : undo(journal, folders, afterStep)
      // As long as the journal is there, it is known where else to look.
      await clearLocks(journal)
      rmSync(journalFolder.at(temporaryName(journal.id, 'journal')), { force: true })
      removeJournal(journalFolder, name)
      afterStep(`removed ${basename(name)}`)
      return { journal, wasDone, ...undone }
    } finally {
      folders.close()
    }
  }
  return undefined
}

function finish(journal: Journal, folders: Folders, afterStep: AfterStep): Undone {
  clearUp(journal, folders, afterStep)
  return { restored: [], changed: [] }
}
