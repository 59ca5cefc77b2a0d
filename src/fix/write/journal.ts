import { createHash } from 'node:crypto'
import { renameSync, rmSync } from 'node:fs'
import { isAbsolute, normalize } from 'node:path'
import { DONE_JOURNAL, isRunId, JOURNAL, temporaryName } from './names.ts'
import { writeNewFile } from './new-file.ts'
import type { PinnedFolder } from './pinned-folder.ts'
import { readRegular } from './read-regular.ts'
import { WriteError } from './write-error.ts'

/** What a run is about to write, kept beside the main configuration until all of it is written. */
export interface Journal {
  readonly version: 1
  readonly id: string
  readonly files: readonly JournalEntry[]
}

export interface JournalEntry {
  /** The file itself, behind symbolic links. */
  readonly path: string
  /** Hashes of the old text and of the new one, by which a file is known not to be anybody else's work. */
  readonly oldHash: string
  readonly newHash: string
}

const JOURNAL_LIMIT = 64 * 1024 * 1024

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function writeJournal(folder: PinnedFolder, journal: Journal): void {
  const temporary = folder.at(temporaryName(journal.id, 'journal'))
  writeNewFile(temporary, Buffer.from(`${JSON.stringify(journal, null, 1)}\n`))
  try {
    renameSync(temporary, folder.at(JOURNAL))
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  folder.sync()
}

/** From here on the run is done: what is interrupted later is not undone. */
export function markDone(folder: PinnedFolder): void {
  renameSync(folder.at(JOURNAL), folder.at(DONE_JOURNAL))
  folder.sync()
}

export function removeJournal(folder: PinnedFolder, name: string): void {
  rmSync(folder.at(name), { force: true })
  folder.sync()
}

/**
 * Undefined where there is none.
 * @throws WriteError where it is none of ours: it may have come with a pull request
 */
export function readJournal(folder: PinnedFolder, name: string): Journal | undefined {
  const bytes = readRegular(folder.at(name), JOURNAL_LIMIT)
  if (!bytes) return undefined
  try {
    const journal = JSON.parse(bytes.toString()) as Journal
    if (journal.version === 1 && isRunId(journal.id) && journal.files.every(isEntry)) return journal
  } catch {}
  throw new WriteError(`${folder.path}/${name} is no journal that this ngxlint can read: look at it, and remove it`)
}

function isEntry({ path, oldHash, newHash }: JournalEntry): boolean {
  return isAbsolute(path) && normalize(path) === path && [oldHash, newHash].every((hash) => /^[0-9a-f]{64}$/.test(hash))
}
