import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { LintedRoots } from '../lint/lint-roots.ts'
import type { Problem } from '../lint/problem.ts'
import { formatterFor, type Report } from '../report/index.ts'
import { plural } from '../report/summary.ts'
import { CommandError, type ExitCode } from './io.ts'
import type { Job } from './job.ts'
import { displayFor } from './terminal.ts'

/** Where a report goes: beside a text on standard output, it has to stand on standard error. */
export type Target = 'out' | 'err'

export async function writeReport(
  job: Job,
  { problems, files }: Pick<LintedRoots, 'problems' | 'files'>,
  fixed: readonly Problem[] = [],
  target: Target = 'out',
): Promise<void> {
  const { args, io } = job
  const report: Report = {
    problems: args.quiet ? problems.filter(({ severity }) => severity === 'error') : problems,
    fixed,
    fileCount: files.length,
    isFixing: args.fix,
    isUnsafe: args.unsafeFixes,
  }
  const format = await formatterFor(job.format)
  const isForTerminal = io.isTerminal && args.outputFile === undefined && target === 'out'
  const text = format(report, displayFor(io, args.color, isForTerminal))
  if (args.outputFile !== undefined && args.outputFile !== '-') writeFile(args.outputFile, text, job)
  else if (target === 'out') io.out(text)
  else io.err(text)
}

function writeFile(name: string, text: string, { io }: Job): void {
  try {
    writeFileSync(resolve(io.cwd, name), text)
  } catch (error) {
    throw new CommandError(`--output-file: can't write ${name}: ${(error as Error).message}`)
  }
}

/** 1 as long as an error is left, or more warnings than are allowed. */
export function exitCode({ maxWarnings, io }: Job, problems: readonly Problem[]): ExitCode {
  if (problems.some(({ severity }) => severity === 'error')) return 1
  const warnings = problems.filter(({ severity }) => severity === 'warn').length
  if (warnings <= maxWarnings) return 0
  io.err(`ngxlint: ${plural(warnings, 'warning')}, and no more than ${maxWarnings} allowed\n`)
  return 1
}
