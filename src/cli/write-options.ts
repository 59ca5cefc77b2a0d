import { CommandError } from './io.ts'
import type { LintArguments } from './lint-options.ts'

/** @throws CommandError for options of writing where nothing is to be written: they would be taken for kept promises */
export function checkWriteOptions({ backup, test, allowHardLinks, fix, diff, paths }: LintArguments): void {
  const given = [
    ...(backup === undefined ? [] : ['--backup']),
    ...(test === undefined ? [] : ['--test']),
    ...(allowHardLinks ? ['--allow-hardlinks'] : []),
  ]
  const [first] = given
  if (first === undefined) return
  if (!fix) throw new CommandError(`${first} is for --fix: without it nothing is written`)
  if (diff) throw new CommandError(`${first}: with --diff nothing is written`)
  if (paths.includes('-')) throw new CommandError(`${first}: what comes by standard input is not written to a file`)
}
