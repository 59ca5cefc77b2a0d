/**
 * The names of all that a run leaves in a folder while it is at work. They start with a dot, so that no `include *`
 * takes them for configurations, and hold the run's id, so that nothing else is ever taken for them and removed.
 */
const ID = /^[0-9a-f]{16}$/

export const LOCK = '.ngxlint-lock'
/** Its run is to be undone. */
export const JOURNAL = '.ngxlint-journal'
/** Its run is done, but for clearing up. */
export const DONE_JOURNAL = '.ngxlint-journal-done'
export const BACKUP_FOLDER = '.ngxlint-backup'

export function isRunId(text: unknown): text is string {
  return typeof text === 'string' && ID.test(text)
}

export function temporaryName(id: string, what: string): string {
  return `.ngxlint-${id}-${what}`
}

/** The new text of a run's nth file, on its way. */
export const newName = (id: string, index: number): string => temporaryName(id, `${index}.new`)
/** The old one, for as long as it may be needed. */
export const oldName = (id: string, index: number): string => temporaryName(id, `${index}.old`)
