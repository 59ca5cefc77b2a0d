/**
 * ngxlint from a program:
 *
 *     import { fix, lint } from 'ngxlint'
 *
 *     const { problems } = lint('/etc/nginx/nginx.conf')
 *     const { changes } = fix('/etc/nginx/nginx.conf') // new texts; nothing is written
 */
import { rules } from '../rules/index.ts'
import type { ConfigurationFiles } from './config/index.ts'
import { diskFiles } from './config/node-files.ts'
import { type FixOptions, type FixResult, fixConfigurations } from './fix/fix-configuration.ts'
import { findFaults } from './fix/prove.ts'
import { type LintedRoot, type LintedRoots, lintRoots, type RootOptions } from './lint/lint-roots.ts'

export {
  type Configuration,
  type ConfigurationFile,
  type ConfigurationFiles,
  Directive,
  type LoadOptions,
  loadConfiguration,
  memoryFiles,
} from './config/index.ts'
export { diskFiles } from './config/node-files.ts'
export type { FileChange, FixOptions, FixResult } from './fix/fix-configuration.ts'
export { type LintedRoot, type RootOptions, UnreadableRootError } from './lint/lint-roots.ts'
export type { Fix, Place, Problem, RelatedPlace, Safety, Severity } from './lint/problem.ts'
export { type NginxVersion, parseVersion, type TargetVersion } from './nginx/version.ts'
export { rules }

/** The fixes of a configuration would do more than they should: a bug in ngxlint. Nothing has been written. */
export class FaultyFixError extends Error {
  override readonly name = 'FaultyFixError'
}

/**
 * Finds what is wrong in a configuration, given the path of its main file.
 * @param files where it is read from; the disk where nothing is said
 * @throws UnreadableRootError where the main file can't be read
 */
export function lint(path: string, options: RootOptions = {}, files: ConfigurationFiles = diskFiles): LintedRoot {
  return (lintRoots([path], files, rules, options) as LintedRoots & { readonly roots: readonly [LintedRoot] }).roots[0]
}

/**
 * Makes the fixes of a configuration in memory, proves that they change nothing else, and gives the new texts.
 * @throws UnreadableRootError where the main file can't be read
 * @throws FaultyFixError where the proof fails
 */
export function fix(path: string, options: FixOptions = {}, files: ConfigurationFiles = diskFiles): FixResult {
  const result = fixConfigurations([path], files, rules, options)
  const [fault] = findFaults(result, options.unsafe === true)
  if (fault !== undefined) throw new FaultyFixError(fault)
  return result
}
