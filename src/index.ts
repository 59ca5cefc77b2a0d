/**
 * ngxlint from a program; docs/api.md shows how.
 *
 *     import { explainHandshake, fix, lint } from 'ngxlint'
 *
 *     const { problems } = lint('/etc/nginx/nginx.conf')
 *     const { changes } = fix('/etc/nginx/nginx.conf') // new texts; nothing is written
 *     const { verdict } = explainHandshake('wss://example.com/socket', '/etc/nginx/nginx.conf')
 */
import { rules } from '../rules/index.ts'
import {
  type Configuration,
  type ConfigurationFiles,
  type Directive,
  type LoadOptions,
  loadConfiguration as loadFrom,
} from './config/index.ts'
import { diskFiles } from './config/node-files.ts'
import { parseSocketUrl } from './diagnose/socket-url.ts'
import { type Trace, type TraceOptions, trace } from './diagnose/trace.ts'
import { Model } from './effective/index.ts'
import { type FixOptions, type FixResult, fixConfigurations } from './fix/fix-configuration.ts'
import { findFaults } from './fix/prove.ts'
import {
  type LintedRoot,
  type LintedRoots,
  lintRoots,
  type RootOptions,
  UnreadableRootError,
} from './lint/lint-roots.ts'
import type { Place } from './lint/problem.ts'
import { placeOf } from './lint/run.ts'
import { type ShownPlace, showPlace } from './report/place.ts'

export {
  type Block,
  type Configuration,
  type ConfigurationFile,
  type ConfigurationFiles,
  Directive,
  type LoadOptions,
  memoryFiles,
  type PathMapping,
  type ReadFailure,
  walkDirectives,
} from './config/index.ts'
export { diskFiles } from './config/node-files.ts'
export type { Reason } from './diagnose/case.ts'
export type { Trace, TraceOptions } from './diagnose/trace.ts'
export type { Verdict } from './diagnose/verdict.ts'
export type { FileChange, FixOptions, FixResult } from './fix/fix-configuration.ts'
export { type LintedRoot, type RootOptions, UnreadableRootError } from './lint/lint-roots.ts'
export type { FileEdit, Fix, Place, Problem, RelatedPlace, Safety, Severity } from './lint/problem.ts'
export { defineRule, type Finding, type RegisteredRule, type Rule } from './lint/rule.ts'
export { type NginxVersion, parseVersion, type TargetVersion } from './nginx/version.ts'
export type { ShownPlace } from './report/place.ts'
export { bytesOfText, textOfBytes } from './syntax/index.ts'
export { rules }

/** The fixes of a configuration would do more than they should: a bug in ngxlint. Nothing has been written. */
export class FaultyFixError extends Error {
  override readonly name = 'FaultyFixError'
}

/**
 * Finds what is wrong in a configuration.
 * @param path of its main file, or of a fragment
 * @param files where it is read from; the disk where nothing is said
 * @returns its `problems`, in the order of its files, and what they were found in
 * @throws UnreadableRootError where the main file can't be read
 */
export function lint(path: string, options: RootOptions = {}, files: ConfigurationFiles = diskFiles): LintedRoot {
  return (lintRoots([path], files, rules, options) as LintedRoots & { readonly roots: readonly [LintedRoot] }).roots[0]
}

/**
 * Makes the fixes of a configuration in memory, and proves that they change nothing else.
 * @returns the new texts as `changes`, one char per byte (see `bytesOfText`); the problems that they cure as `fixed`;
 * those that are left as `after.problems`
 * @throws UnreadableRootError where the main file can't be read
 * @throws FaultyFixError where the proof fails
 */
export function fix(path: string, options: FixOptions = {}, files: ConfigurationFiles = diskFiles): FixResult {
  const result = fixConfigurations([path], files, rules, options)
  const [fault] = findFaults(result, options.unsafe === true)
  if (fault !== undefined) throw new FaultyFixError(fault)
  return result
}

/**
 * Reads a configuration and all that it includes.
 * @returns its directives, each of which knows its file and the include that it came by; includes that could not be
 * read are in `unresolved`
 * @throws UnreadableRootError where the main file can't be read
 */
export function loadConfiguration(
  path: string,
  options: LoadOptions = {},
  files: ConfigurationFiles = diskFiles,
): Configuration {
  const configuration = loadFrom(path, files, options)
  if ('failure' in configuration) throw new UnreadableRootError(path, configuration.failure)
  return configuration
}

/**
 * Follows a WebSocket handshake through a configuration.
 * @param url `wss://example.com/socket`, or the same with `ws`, `https` or `http`
 * @returns the `verdict`, whose `kind` is `opens`, `fails` or `unknown` and whose `reasons` name lines; the `outcome`
 * tells which server and location answer, and the request that the backend gets
 * @throws TypeError where the URL is none
 * @throws UnreadableRootError where the main file can't be read
 */
export function explainHandshake(
  url: string,
  path: string,
  options: TraceOptions & Pick<RootOptions, 'load' | 'target'> = {},
  files: ConfigurationFiles = diskFiles,
): Trace {
  const parsed = parseSocketUrl(url)
  if ('problem' in parsed) throw new TypeError(parsed.problem)
  const model = new Model(loadConfiguration(path, options.load, files), options.target)
  return trace(model, parsed, rules, options)
}

/** Where a problem or a directive stands: its file, and lines and columns from 1, in code points; the end excluded. */
export function locate(at: Place | Directive): ShownPlace {
  return showPlace(placeOf(at))
}
