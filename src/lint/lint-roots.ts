import type { ReadFailure } from '../config/files.ts'
import type { ConfigurationFile } from '../config/index.ts'
import { type Configuration, type ConfigurationFiles, type LoadOptions, loadConfiguration } from '../config/index.ts'
import type { Model } from '../effective/index.ts'
import { type LintOptions, lintConfiguration } from './lint.ts'
import { inOrder } from './order.ts'
import type { FileEdit, Problem } from './problem.ts'
import type { RegisteredRule } from './rule.ts'

export interface RootOptions extends LintOptions {
  readonly load?: LoadOptions
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
  options: RootOptions = {},
): LintedRoots {
  const roots = paths.map((path) => {
    const configuration = loadConfiguration(path, files, options.load)
    if ('failure' in configuration) throw new UnreadableRootError(path, configuration.failure)
    return { path, configuration, ...lintConfiguration(configuration, rules, options) }
  })
  const byRealPath = new Map<string, ConfigurationFile>()
  for (const { configuration } of roots)
    for (const file of configuration.files) if (!byRealPath.has(file.realPath)) byRealPath.set(file.realPath, file)
  const read = [...byRealPath.values()]
  return { roots, files: read, problems: roots.length === 1 ? (roots[0]?.problems ?? []) : merged(roots, read) }
}

function merged(roots: readonly LintedRoot[], files: readonly ConfigurationFile[]): Problem[] {
  const byPlace = new Map<string, Problem>()
  for (const root of roots) {
    for (const problem of root.problems) {
      const key = placeKey(problem)
      const known = byPlace.get(key)
      byPlace.set(key, known ? { ...known, fix: sharedFix(known, problem) } : problem)
    }
  }
  return inOrder([...byPlace.values()].filter(saidByAll(roots)), files)
}

function placeKey({ ruleId, file, span }: Problem): string {
  return `${ruleId} ${file.realPath} ${span.start} ${span.end}`
}

/** A fix is made where every configuration that has the problem has one. */
function sharedFix(one: Problem, other: Problem): Problem['fix'] {
  if (!one.fix || !other.fix) return undefined
  const known = new Set(one.fix.edits.map(editKey))
  const more = other.fix.edits.filter((edit) => !known.has(editKey(edit)))
  const safety = one.fix.safety === 'safe' ? other.fix.safety : one.fix.safety
  return { safety, edits: [...one.fix.edits, ...more] }
}

function editKey({ file, edit }: FileEdit): string {
  return `${file.realPath} ${edit.start} ${edit.end} ${edit.text}`
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
