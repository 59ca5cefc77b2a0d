import { rules } from '../../rules/index.ts'
import { lintRoots, UnreadableRootError } from '../lint/lint-roots.ts'
import { didYouMean, nearestTo } from '../lint/suggest.ts'
import { displayPath } from '../report/paths.ts'
import { writeBaseline } from './baseline.ts'
import { commandNames } from './command-names.ts'
import { CommandError, type ExitCode, type Io } from './io.ts'
import { type Job, prepare } from './job.ts'
import type { LintArguments } from './lint-options.ts'
import { exitCode, writeReport } from './output.ts'
import { recoverInterrupted } from './recover.ts'
import { tell } from './tell.ts'

/** `ngxlint [paths…]` */
export async function lint(args: LintArguments, io: Io): Promise<ExitCode> {
  if (args.printConfig !== undefined) {
    const { printConfig } = await import('./print-config.ts')
    return printConfig(args.printConfig, args, io)
  }
  const job = await prepare(args, io)
  try {
    await recoverInterrupted(job)
    if ((args.diff || args.fix) && args.writeBaseline === undefined) {
      const { fix } = await import('./fix.ts')
      return await fix(job)
    }
    const linted = lintRoots(job.roots, job.files, rules, job.options)
    if (args.verbose) tell(job, linted)
    if (args.writeBaseline !== undefined) {
      writeBaseline(args, job.targets, linted, job.io)
      return 0
    }
    await writeReport(job, linted)
    return exitCode(job, linted.problems)
  } catch (error) {
    throw error instanceof UnreadableRootError ? unreadable(error, job) : error
  } finally {
    job.watch.end()
  }
}

export function unreadable({ path, failure }: UnreadableRootError, { io, args }: Job): CommandError {
  const name = displayPath(path, io.cwd)
  switch (failure) {
    case 'missing': {
      const command = args.paths.length === 1 ? nearestTo(args.paths[0] ?? '', commandNames) : undefined
      return new CommandError(`${name}: no such file or folder${command ? didYouMean(command, commandNames) : ''}`)
    }
    case 'unreadable':
      return new CommandError(`${name}: no permission to read it`)
    case 'not a file':
      return new CommandError(`${name}: no regular file, but a device, pipe or socket`)
    case 'too large':
      return new CommandError(`${name}: too large for a configuration`)
  }
}
