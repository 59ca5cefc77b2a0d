import { existsSync, lstatSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { rules } from '../../rules/index.ts'
import { diskFiles } from '../config/node-files.ts'
import { type LintedRoots, lintRoots, UnreadableRootError } from '../lint/lint-roots.ts'
import { didYouMean, nearestFileName } from '../lint/suggest.ts'
import { displayPath } from '../report/paths.ts'
import { writeBaseline } from './baseline.ts'
import { commandNames } from './command-names.ts'
import { compiled } from './compiled.ts'
import { failureWords } from './failure-words.ts'
import { CommandError, type ExitCode, type Io } from './io.ts'
import { type Job, prepare } from './job.ts'
import { type LintArguments, lintOptions } from './lint-options.ts'
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
    const linted =
      (await inThreads(job)) ?? lintRoots(job.roots, job.files, rules, { ...job.options, reader: job.reader })
    if (args.verbose) tell(job, linted)
    if (args.writeBaseline !== undefined) {
      writeBaseline(args, job.targets, linted, job.io)
      return 0
    }
    await writeReport(job, linted)
    compiled.hasLinted = true
    return exitCode(job, linted.problems)
  } catch (error) {
    throw error instanceof UnreadableRootError ? unreadable(error, job) : error
  } finally {
    job.watch.end()
  }
}

/** Few runs have several configurations, and need the means for it. */
async function inThreads(job: Job): Promise<LintedRoots | undefined> {
  if (job.roots.length < 2 || job.threads === 1) return undefined
  const { lintParallel } = await import('./lint-parallel.ts')
  return lintParallel(job)
}

export function unreadable({ path, failure }: UnreadableRootError, { io, args }: Job): CommandError {
  const why = failure === 'missing' && isLink(path) ? `a symbolic link that leads nowhere` : failureWords[failure]
  return new CommandError(`${displayPath(path, io.cwd)}: ${why}${meantInstead(path, args)}`)
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
}

/** For a path that is not there: a command that was mistyped, or a file beside it. */
function meantInstead(path: string, { paths: [first] }: LintArguments): string {
  if (existsSync(path) || isLink(path)) return ''
  if (first !== undefined && basename(path) === first) {
    if (first === 'lint' || first === 'check') return '; name the files alone, as in "ngxlint nginx.conf"'
    if (Object.hasOwn(lintOptions, first)) return `; did you mean "--${first}"?`
    const command = didYouMean(first, [...commandNames, 'help'])
    if (command !== '') return command
  }
  const name = nearestFileName(basename(path), diskFiles.list(dirname(path)))
  return name === undefined ? '' : `; did you mean "${name}"?`
}
