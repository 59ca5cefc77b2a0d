import type { ReadFailure } from '../config/index.ts'

/** Why a file can't be read, behind its name. */
export const failureWords: Readonly<Record<ReadFailure, string>> = {
  missing: 'no such file or folder',
  unreadable: 'no permission to read it',
  'not a file': 'no regular file, but a device, pipe or socket',
  'too large': 'too large for a configuration',
}
