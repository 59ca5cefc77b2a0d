import { randomBytes } from 'node:crypto'

/** What the files that a run leaves while it is at work are told by. */
export function newRunId(): string {
  return randomBytes(8).toString('hex')
}
