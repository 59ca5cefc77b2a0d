import type { Recovery } from '../fix/write/recover.ts'
import { displayPath } from '../report/paths.ts'
import { sanitize } from '../report/sanitize.ts'
import { plural } from '../report/summary.ts'
import type { Io } from './io.ts'

/** What became of runs that had been interrupted: always said, since it is not what was asked for. */
export function tellRecoveries(recoveries: readonly Recovery[], io: Io): void {
  const show = (path: string) => displayPath(path, io.cwd)
  const say = (text: string) => io.err(`ngxlint: ${sanitize(text)}\n`)
  for (const { wasDone, restored, changed } of recoveries) {
    if (wasDone)
      say('an earlier run was interrupted after it had written all its files; what it left behind is removed')
    else if (restored.length > 0)
      say(
        `an earlier run was interrupted: ${plural(restored.length, 'file')} restored to the old state: ${restored.map(show).join(', ')}`,
      )
    else say('an earlier run was interrupted before it had changed any file; what it left behind is removed')
    for (const { path, copy } of changed)
      say(`${show(path)} has been changed since, and stays as it is; what it was before that run is in ${show(copy)}`)
  }
}
