import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { Baseline, baselineOf, inOrder, type KnownProblem } from '../lint/baseline.ts'
import type { LintedRoots } from '../lint/lint-roots.ts'
import { displayPath } from '../report/paths.ts'
import { sanitize } from '../report/sanitize.ts'
import { plural } from '../report/summary.ts'
import { CommandError, type Io } from './io.ts'
import type { LintArguments } from './lint-options.ts'
import type { Target } from './targets.ts'

const DEFAULT_NAME = 'ngxlint.baseline.json'

/** A baseline that is in use. */
export interface BaselineFile {
  readonly path: string
  readonly baseline: Baseline
}

/** The baseline that the command line names, or the settings; undefined where there is none. */
export function readBaseline(args: LintArguments, targets: readonly Target[], cwd: string): BaselineFile | undefined {
  if (args.writeBaseline !== undefined || args.baseline === false) return undefined
  const path = baselinePath(args, targets, cwd)
  if (path === undefined) {
    if (args.pruneBaseline) throw new CommandError('--prune-baseline: name the baseline with --baseline FILE')
    return undefined
  }
  const known = readKnown(path, cwd)
  if (!known)
    throw new CommandError(
      `there is no baseline ${displayPath(path, cwd)}: write it with --write-baseline, or leave it out with --no-baseline`,
    )
  return { path, baseline: new Baseline(known, nameFrom(path)) }
}

/** `--write-baseline`: what there is now is known from now on. */
export function writeBaseline(
  args: LintArguments,
  targets: readonly Target[],
  { problems, reported }: LintedRoots,
  io: Io,
): void {
  const named = args.writeBaseline ? resolve(io.cwd, args.writeBaseline) : undefined
  const path = named ?? baselinePath(args, targets, io.cwd) ?? resolve(io.cwd, DEFAULT_NAME)
  // What is known of files that nobody looked at stays.
  const lookedAt = lookedAtBy(path, reported)
  const others = (readKnown(path, io.cwd) ?? []).filter(({ file }) => !lookedAt(file))
  write(path, inOrder([...others, ...baselineOf(problems, nameFrom(path))]))
  const name = displayPath(path, io.cwd)
  const hint = args.writeBaseline || path !== resolve(io.cwd, DEFAULT_NAME) ? '' : `; use it with --baseline ${name}`
  io.err(`${sanitize(`ngxlint: ${plural(problems.length, 'known problem')} in ${name}${hint}`)}\n`)
}

/** What is gone since the baseline was written: taken out with `--prune-baseline`, else told of. */
export function pruneBaseline(
  { path, baseline }: BaselineFile,
  { reported }: LintedRoots,
  { pruneBaseline: isPruning, quiet }: LintArguments,
  io: Io,
): void {
  const left = baseline.pruned(lookedAtBy(path, reported))
  const gone = baseline.size - left.reduce((sum, { count }) => sum + count, 0)
  if (gone === 0 || (quiet && !isPruning)) return
  const name = displayPath(path, io.cwd)
  if (isPruning) write(path, left)
  const what = isPruning ? 'taken out' : '--prune-baseline takes them out'
  io.err(
    `${sanitize(`ngxlint: ${plural(gone, 'known problem')} of ${name} ${gone === 1 ? 'is' : 'are'} gone: ${what}`)}\n`,
  )
}

function baselinePath({ baseline }: LintArguments, targets: readonly Target[], cwd: string): string | undefined {
  if (typeof baseline === 'string') return resolve(cwd, baseline)
  const settings = targets.find((target) => target.settings?.settings.baseline !== undefined)?.settings
  return settings && resolve(dirname(settings.path), settings.settings.baseline ?? '')
}

/** Files go by their names from the folder of the baseline: it is the same on every machine. */
function nameFrom(baseline: string): (path: string) => string {
  return (path) => relative(dirname(baseline), path).replaceAll('\\', '/')
}

/** Tells, by the names in a baseline, the files that were looked at; one that is gone has no problems either. */
function lookedAtBy(baseline: string, reported: LintedRoots['reported']): (file: string) => boolean {
  const names = new Set(reported.map((file) => nameFrom(baseline)(file.path)))
  return (file) => names.has(file) || !exists(resolve(dirname(baseline), file))
}

function exists(path: string): boolean {
  try {
    readFileSync(path)
    return true
  } catch {
    return false
  }
}

function readKnown(path: string, cwd: string): KnownProblem[] | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
  try {
    const { version, problems } = JSON.parse(text)
    if (version === 1 && problems.every(isKnownProblem)) return problems
  } catch {
    // It is told below.
  }
  throw new CommandError(`${displayPath(path, cwd)} is no baseline of ngxlint`)
}

function isKnownProblem({ rule, file, line, count }: Readonly<Record<string, unknown>>): boolean {
  return [rule, file, line].every((text) => typeof text === 'string') && Number.isInteger(count)
}

/** An entry a line: a diff shows what became known, and what is gone. */
function write(path: string, problems: readonly KnownProblem[]): void {
  const lines = problems.map((problem) => `    ${JSON.stringify(problem)}`)
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`
  try {
    writeFileSync(path, `{\n  "version": 1,\n  "problems": ${list}\n}\n`)
  } catch (error) {
    throw new CommandError(`the baseline can't be written: ${(error as Error).message}`)
  }
}
