import type { ReadFailure } from '../config/files.ts'
import type { ConfigurationFile } from '../config/index.ts'
import { type Configuration, type ConfigurationFiles, ConfigurationReader, type LoadOptions } from '../config/index.ts'
import type { Model } from '../effective/index.ts'
import { FoundProblems } from './found-problems.ts'
import { withoutHeldFixes } from './held-fixes.ts'
import { type LintOptions, lintConfiguration } from './lint.ts'
import { inOrder } from './order.ts'
import type { Problem } from './problem.ts'
import type { RegisteredRule } from './rule.ts'
import { unwatched } from './watch.ts'

export interface RootOptions extends LintOptions {
  readonly load?: LoadOptions
  /** In the place of the rules that hold for all. */
  readonly rules?: readonly RegisteredRule[]
  /** The files, by real path, that something is to be said about; all where nothing is said. */
  readonly reported?: FileSet
}

/** Files by real path, which need not be listed. */
export type FileSet = Pick<ReadonlySet<string>, 'has'>

/** Options for several configurations. */
export interface RootsOptions extends RootOptions {
  /** Has read the configurations before; where nothing is said, they are read from the files. */
  readonly reader?: ConfigurationReader
  /** What holds for the configuration with this main file, beside and before what holds for all. */
  readonly perRoot?: (path: string) => RootOptions
  /** Takes out the problems that are known and accepted. */
  readonly withoutKnown?: (problems: readonly Problem[]) => readonly Problem[]
}

/** A configuration that was named, and what is to be said about it. */
export interface LintedRoot {
  readonly path: string
  readonly configuration: Configuration
  readonly model: Model
  readonly problems: readonly Problem[]
}

export interface LintedRoots {
  readonly roots: readonly LintedRoot[]
  /** Each file once, in the order of the roots. */
  readonly files: readonly ConfigurationFile[]
  /** What is to be said about all of them, once for each place. */
  readonly problems: readonly Problem[]
  /** The files that something was to be said about. */
  readonly reported: readonly ConfigurationFile[]
}

/** The main file of a configuration could not be read. */
export class UnreadableRootError extends Error {
  override readonly name = 'UnreadableRootError'
  constructor(
    readonly path: string,
    readonly failure: ReadFailure,
  ) {
    super(`${path}: ${failure}`)
  }
}

/**
 * Lints configurations, each for itself. A file may belong to several: what they say alike is said once.
 * @throws UnreadableRootError
 */
export function lintRoots(
  paths: readonly string[],
  files: ConfigurationFiles,
  rules: readonly RegisteredRule[],
  options: RootsOptions = {},
): LintedRoots {
  return joinRoots(
    paths.map((path) => lintRoot(path, files, rules, options)),
    options,
  )
}

/**
 * Lints one of several configurations.
 * @throws UnreadableRootError
 */
export function lintRoot(
  path: string,
  files: ConfigurationFiles,
  rules: readonly RegisteredRule[],
  options: RootsOptions,
): LintedRoot {
  const { watch = unwatched, reader = new ConfigurationReader(files) } = options
  const own = optionsOfRoot(path, options)
  const configuration = watch('read', () => reader.load(path, own.load), path)
  if ('failure' in configuration) throw new UnreadableRootError(path, configuration.failure)
  return { path, configuration, ...lintConfiguration(configuration, own.rules ?? rules, own) }
}

/** What holds for one of several configurations. */
export function optionsOfRoot(path: string, options: RootsOptions): RootOptions {
  return { ...options, ...options.perRoot?.(path) }
}

/** What several configurations, each linted for itself, have to say together. */
export function joinRoots(linted: readonly LintedRoot[], options: RootsOptions): LintedRoots {
  const wanted = new Set<string>()
  const byRealPath = new Map<string, ConfigurationFile>()
  const roots = linted.map((root): LintedRoot => {
    const { reported } = optionsOfRoot(root.path, options)
    for (const file of root.configuration.files) {
      if (reported?.has(file.realPath) ?? true) wanted.add(file.realPath)
      if (!byRealPath.has(file.realPath)) byRealPath.set(file.realPath, file)
    }
    const named = reported ? within(reported, root.problems) : root.problems
    const { path, configuration } = root
    const problems = withoutHeldFixes(named, configuration)
    // Not copied, since it may yet have to be made.
    return {
      path,
      configuration,
      problems,
      get model() {
        return root.model
      },
    }
  })
  const read = [...byRealPath.values()]
  const problems = roots.length === 1 ? (roots[0]?.problems ?? []) : merged(roots, read)
  return {
    roots,
    files: read,
    problems: options.withoutKnown?.(problems) ?? problems,
    reported: read.filter(({ realPath, isStock }) => wanted.has(realPath) && !isStock),
  }
}

/** The problems of some files. A fix that would change others is none of theirs. */
function within(files: FileSet, problems: readonly Problem[]): Problem[] {
  return problems
    .filter(({ file }) => files.has(file.realPath))
    .map((problem) =>
      problem.fix?.edits.every(({ file }) => files.has(file.realPath)) === false
        ? { ...problem, fix: undefined }
        : problem,
    )
}

function merged(roots: readonly LintedRoot[], files: readonly ConfigurationFile[]): Problem[] {
  const byRule = new Map<string, FoundProblems>()
  for (const root of roots)
    for (const problem of root.problems) {
      const ofRule = byRule.get(problem.ruleId) ?? new FoundProblems()
      byRule.set(problem.ruleId, ofRule)
      ofRule.add(problem, root)
    }
  const all = [...byRule.values()].flatMap((ofRule) => ofRule.all())
  return inOrder(all.filter(saidByAll(roots)), files)
}

function placeKey({ ruleId, file, span }: Problem): string {
  return `${ruleId} ${file.realPath} ${span.start} ${span.end}`
}

/** A suppression that one of the configurations needs is not unused. */
function saidByAll(roots: readonly LintedRoot[]): (problem: Problem) => boolean {
  return (problem) => {
    if (problem.ruleId !== 'unused-suppression') return true
    const key = placeKey(problem)
    const having = roots.filter(({ configuration }) =>
      configuration.files.some(({ realPath }) => realPath === problem.file.realPath),
    )
    return having.every((root) => root.problems.some((candidate) => placeKey(candidate) === key))
  }
}
