import { resolve } from 'node:path'
import { rules } from '../../rules/index.ts'
import { type ConfigurationFiles, type Dump, filesOfDump, type LoadOptions, type PathMapping } from '../config/index.ts'
import { diskFiles } from '../config/node-files.ts'
import { overlayFiles } from '../fix/overlay.ts'
import { ruleIdsOf } from '../lint/lint.ts'
import type { RootOptions } from '../lint/lint-roots.ts'
import { parseRuleSettings } from '../lint/settings/command-line.ts'
import { displayPath } from '../report/paths.ts'
import { sanitize } from '../report/sanitize.ts'
import { CommandError, type Io } from './io.ts'
import type { LintArguments } from './lint-options.ts'
import { targetVersion } from './nginx-version.ts'
import { type Output, readOutputs } from './outputs.ts'
import { findRoot, namedRoots } from './roots.ts'
import { RunWatch } from './run-watch.ts'

/** What a command line asks for, checked and ready to be done. */
export interface Job {
  readonly args: LintArguments
  readonly io: Io
  /** Absolute paths of the configurations' main files. */
  readonly roots: readonly string[]
  readonly files: ConfigurationFiles
  readonly options: RootOptions
  readonly outputs: readonly Output[]
  readonly maxWarnings: number
  /** The real path that standard input goes by; undefined where it is not asked for. */
  readonly input: string | undefined
  /** Whether it is all in one file, as `nginx -T` prints it. */
  readonly isDump: boolean
  readonly watch: RunWatch
}

/** @throws CommandError for what can't be done */
export async function prepare(args: LintArguments, world: Io): Promise<Job> {
  const watch = new RunWatch(world)
  const { io } = watch
  const outputs = readOutputs(args.format, args.outputFile, io.cwd)
  const maxWarnings = readMaxWarnings(args.maxWarnings)
  const settings = parseRuleSettings(args.rule, ruleIdsOf(rules))
  const load = readLoadOptions(args, io)
  const target = await targetVersion(args.nginxVersion, io)
  const { files: uncounted, input } = await inputFiles(args, io)
  const files = watch.counted(uncounted)
  const named = args.paths.map((name) => (name === '-' ? inputName(args) : name))
  const { paths, notes } = watch.watch('find', () =>
    named.length === 0 ? findRoot(io.cwd) : namedRoots(named, io.cwd, files, load),
  )
  if (!args.quiet) for (const note of notes) io.err(`ngxlint: ${sanitize(note)}\n`)
  const dump = dumpAmong(paths, files, args, io.cwd)
  const what = dump ? { roots: [dump.main], files: watch.counted(dump.files) } : { roots: paths, files }
  const options: RootOptions = { target, settings, load, watch: watch.watch }
  return { args, io, ...what, options, outputs, maxWarnings, input, isDump: dump !== undefined, watch }
}

/** What `nginx -T` prints is a whole tree of files in one. It is given alone. */
function dumpAmong(
  paths: readonly string[],
  files: ConfigurationFiles,
  { fix, diff }: LintArguments,
  cwd: string,
): Dump | undefined {
  const [path] = paths
  const content = path !== undefined && paths.length === 1 ? files.read(path) : undefined
  const dump = content && 'text' in content ? filesOfDump(content.text) : undefined
  if (dump && fix && !diff)
    throw new CommandError(
      `${displayPath(path as string, cwd)} is a dump of nginx -T: --fix has no files to write; --diff prints a patch for them`,
    )
  return dump
}

function readMaxWarnings(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new CommandError(`--max-warnings: "${text}" is no number of warnings`)
}

function readLoadOptions(args: LintArguments, io: Io): LoadOptions {
  const mappings = args.pathMap.map((text) => readPathMapping(text, io.cwd))
  const prefix = args.prefix === undefined ? undefined : resolve(io.cwd, args.prefix)
  if (prefix !== undefined && !diskFiles.isFolder(prefix))
    throw new CommandError(`--prefix: ${args.prefix} is no folder`)
  return { mappings, ...(prefix === undefined ? {} : { prefix }) }
}

function readPathMapping(text: string, cwd: string): PathMapping {
  const [from = '', to = '', ...rest] = text.split('=')
  if (!from.startsWith('/') || to === '' || rest.length > 0)
    throw new CommandError(`--path-map: "${text}" is not FROM=TO, as in /etc/nginx=./conf`)
  return { from, to: resolve(cwd, to) }
}

function inputName(args: LintArguments): string {
  return args.stdinFilename ?? '<stdin>'
}

async function inputFiles(
  args: LintArguments,
  io: Io,
): Promise<{ files: ConfigurationFiles; input: string | undefined }> {
  if (!args.paths.includes('-')) {
    if (args.stdinFilename === undefined) return { files: diskFiles, input: undefined }
    throw new CommandError('--stdin-filename names what comes by standard input: give "-" as a path')
  }
  const input = diskFiles.realPath(resolve(io.cwd, inputName(args)))
  return { files: overlayFiles(diskFiles, new Map([[input, await io.readInput()]])), input }
}
