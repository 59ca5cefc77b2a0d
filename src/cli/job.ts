import { resolve } from 'node:path'
import {
  type ConfigurationFiles,
  ConfigurationReader,
  type Dump,
  filesOfDump,
  type Refusal,
  refusalIn,
} from '../config/index.ts'
import { diskFiles } from '../config/node-files.ts'
import { overlayFiles } from '../fix/overlay.ts'
import { ruleIdsOf } from '../lint/lint.ts'
import type { RootsOptions } from '../lint/lint-roots.ts'
import { parseRuleSettings } from '../lint/settings/command-line.ts'
import { displayPath } from '../report/paths.ts'
import { sanitize } from '../report/sanitize.ts'
import { type BaselineFile, readBaseline } from './baseline.ts'
import { checkOptions } from './check-options.ts'
import { CommandError, type Io } from './io.ts'
import type { LintArguments } from './lint-options.ts'
import { type Output, readOutputs, refuseToOverwrite } from './outputs.ts'
import { RunWatch } from './run-watch.ts'
import { SettingsFinder } from './settings.ts'
import { findTargets, rulesOf, type Target } from './targets.ts'

/** What a command line asks for, checked and ready to be done. */
export interface Job {
  readonly args: LintArguments
  readonly io: Io
  /** Absolute paths of the configurations' main files. */
  readonly roots: readonly string[]
  readonly files: ConfigurationFiles
  /** Has read some of them already, to find out which belong together. */
  readonly reader: ConfigurationReader
  readonly targets: readonly Target[]
  readonly options: RootsOptions
  readonly baseline: BaselineFile | undefined
  readonly outputs: readonly Output[]
  readonly maxWarnings: number
  /** How many threads may lint at once; undefined: as many as there are processors. */
  readonly threads: number | undefined
  /** The real path that standard input goes by; undefined where it is not asked for. */
  readonly input: string | undefined
  /** Whether it is all in one file, as `nginx -T` prints it. */
  readonly isDump: boolean
  readonly watch: RunWatch
}

/** @throws CommandError for what can't be done */
export async function prepare(args: LintArguments, world: Io): Promise<Job> {
  checkOptions(args)
  const watch = new RunWatch(world)
  const { io } = watch
  const outputs = readOutputs(args.format, args.outputFile, io.cwd)
  const maxWarnings = readMaxWarnings(args.maxWarnings)
  const threads = readThreads(args.threads)
  const { files: uncounted, input } = await inputFiles(args, io)
  const files = watch.counted(uncounted)
  const names = args.paths.map((name) => (name === '-' ? inputName(args) : name))
  const settings = new SettingsFinder(io.cwd, args.config)
  const reader = new ConfigurationReader(files)
  const { targets, notes } = await watch.watch('find', () => findTargets({ args, names, files, reader, settings, io }))
  if (!args.quiet) for (const note of [...settings.notes, ...notes]) io.err(`ngxlint: ${sanitize(note)}\n`)
  const paths = targets.map(({ path }) => path)
  refuseToOverwrite(
    outputs,
    paths.map((path) => ({ realPath: files.realPath(path) })),
    files,
    io.cwd,
  )
  const dump = dumpAmong(paths, reader, args, io.cwd)
  const dumped = dump && watch.counted(inMemoryOf(dump))
  const what = dumped
    ? { roots: [dump.main], files: dumped, reader: new ConfigurationReader(dumped) }
    : { roots: paths, files, reader }
  const baseline = readBaseline(args, targets, io.cwd)
  // All that a dump holds has been named with it.
  const { reported: _, ...optionsOfDump } = targets[0]?.options ?? {}
  const { load = {}, target = 'unknown', webSockets = {} } = targets[0]?.options ?? {}
  const options: RootsOptions = {
    load,
    target,
    webSockets,
    settings: parseRuleSettings(args.rule, ruleIdsOf(rulesOf(targets))),
    watch: watch.watch,
    ...(baseline && { withoutKnown: baseline.baseline.without }),
    perRoot: (path) => (dump ? optionsOfDump : (targets.find((target) => target.path === path)?.options ?? {})),
  }
  return {
    args,
    io,
    ...what,
    targets,
    options,
    baseline,
    outputs,
    maxWarnings,
    threads,
    input,
    isDump: dump !== undefined,
    watch,
  }
}

/** They take as much memory as files of the disk. */
function inMemoryOf({ files }: Dump): ConfigurationFiles {
  return { ...files, ...(diskFiles.directiveLimit && { directiveLimit: diskFiles.directiveLimit }) }
}

/** What `nginx -T` prints is a whole tree of files in one. It is given alone. */
function dumpAmong(
  paths: readonly string[],
  reader: ConfigurationReader,
  { fix, diff }: LintArguments,
  cwd: string,
): Dump | undefined {
  const [path] = paths
  const content = path !== undefined && paths.length === 1 ? reader.peek(path) : undefined
  if (!content || 'failure' in content) return undefined
  const refusal = refusalIn(content.text)
  if (refusal) throw new CommandError(`${displayPath(path as string, cwd)} ${withoutDump(refusal)}`)
  const dump = filesOfDump(content.text)
  if (dump && fix && !diff)
    throw new CommandError(
      `${displayPath(path as string, cwd)} is a dump of nginx -T: --fix has no files to write; --diff prints a patch for them`,
    )
  return dump
}

function withoutDump({ reason, main }: Refusal): string {
  const instead = main === undefined ? '' : `; lint the files themselves: ngxlint ${main}`
  return `holds no configuration, but what nginx says of one that it refuses: ${reason}${instead}`
}

function readMaxWarnings(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new CommandError(`--max-warnings: "${text}" is no number of warnings`)
}

function readThreads(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text)
  throw new CommandError(`--threads: "${text}" is no number of threads`)
}

function inputName(args: LintArguments): string {
  return args.stdinFilename ?? '<stdin>'
}

async function inputFiles(
  args: LintArguments,
  io: Io,
): Promise<{ files: ConfigurationFiles; input: string | undefined }> {
  if (!args.paths.includes('-')) {
    return { files: diskFiles, input: undefined }
  }
  const input = diskFiles.realPath(resolve(io.cwd, inputName(args)))
  const text = await io.readInput()
  // An editor, which names what it hands over, may well have nothing in it.
  if (text.trim() === '' && args.stdinFilename === undefined)
    throw new CommandError('standard input is empty: has the command failed that should print a configuration?')
  return { files: overlayFiles(diskFiles, new Map([[input, text]])), input }
}
