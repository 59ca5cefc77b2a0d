import { writeFileSync } from 'node:fs'
import type { ConfigurationFile } from '../config/index.ts'
import type { LintedRoots } from '../lint/lint-roots.ts'
import type { Problem } from '../lint/problem.ts'
import { formatterFor, type Report, type Stats, type Tool } from '../report/index.ts'
import { plural } from '../report/summary.ts'
import { pruneBaseline } from './baseline.ts'
import { withGuardedOutput } from './github-log.ts'
import { CommandError, type ExitCode, type Io } from './io.ts'
import type { Job } from './job.ts'
import { type Output, refuseToOverwrite } from './outputs.ts'
import { packageVersion } from './package.ts'
import { pageOf } from './pages.ts'
import { projectFolder } from './project-folder.ts'
import { mainName, rulesOf } from './targets.ts'
import { displayFor } from './terminal.ts'

/** Where a report goes: beside a text on standard output, it has to stand on standard error. */
export type Target = 'out' | 'err'

export async function writeReport(
  job: Job,
  linted: LintedRoots,
  fixed: readonly Problem[] = [],
  target: Target = 'out',
): Promise<void> {
  const { args, io, watch, outputs, baseline } = job
  const { problems, files, reported } = linted
  const shown = args.quiet ? problems.filter(({ severity }) => severity === 'error') : problems
  const report: Report = {
    problems: shown,
    hiddenCount: problems.length - shown.length,
    fixed,
    files: reported,
    knownCount: baseline?.baseline.knownCount ?? 0,
    partOf: job.targets.filter((target) => isPart(target, job)).map((target) => mainName(target, io.cwd)),
    isFixing: args.fix,
    isUnsafe: args.unsafeFixes,
  }
  refuseToOverwrite(outputs, files, job.files, io.cwd)
  for (const output of outputs) {
    const format = await formatterFor(output.format)
    const isForTerminal = io.isTerminal && output.file === undefined && target === 'out'
    const display = { ...displayFor(io, args.color, isForTerminal), cwd: projectFolder(output.format, io) }
    const said = args.stats && output.format === 'json' ? { ...report, stats: statsOf(job, files) } : report
    write(
      output,
      watch.watch('report', () => format(said, display, toolOf(job))),
      target === 'out' ? printer(output, io) : io.err,
    )
  }
  if (baseline) pruneBaseline(baseline, linted, args, io)
  await writeStats(job, files)
}

/** Whether something is said about a configuration, and nothing about its main file. */
function isPart({ path, options }: Job['targets'][number], { files }: Job): boolean {
  return options.reported?.has(files.realPath(path)) === false
}

/** `--stats` */
export async function writeStats(job: Job, files: readonly ConfigurationFile[]): Promise<void> {
  if (!job.args.stats) return
  const { statsTable } = await import('../report/stats.ts')
  job.io.err(statsTable(statsOf(job, files)))
}

function statsOf({ watch }: Job, files: readonly ConfigurationFile[]): Stats {
  return watch.stats(files.map(({ path }) => path))
}

/** In a step of GitHub's, only the format that is made of its commands may give any. */
function printer({ format }: Output, io: Io): Io['err'] {
  return format === 'github' ? io.out : withGuardedOutput(io, JSON_FORMATS.has(format)).out
}

const JSON_FORMATS: ReadonlySet<Output['format']> = new Set(['json', 'sarif', 'gitlab'])

/** Few formats ask. */
function toolOf({ targets }: Job): Tool {
  return {
    get version() {
      return packageVersion()
    },
    get rules() {
      return rulesOf(targets)
    },
    pageOf,
  }
}

function write({ file }: Output, text: string, print: Io['err']): void {
  if (file === undefined) {
    print(text)
    return
  }
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new CommandError(`the report can't be written: ${(error as Error).message}`)
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
