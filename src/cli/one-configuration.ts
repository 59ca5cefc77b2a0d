import { rules } from '../../rules/index.ts'
import { Model } from '../effective/index.ts'
import type { LintOptions } from '../lint/lint.ts'
import { optionsOfRoot, UnreadableRootError } from '../lint/lint-roots.ts'
import type { RegisteredRule } from '../lint/rule.ts'
import { displayPath } from '../report/paths.ts'
import { CommandError, type Io } from './io.ts'
import { prepare } from './job.ts'
import { unreadable } from './lint.ts'
import type { LintArguments } from './lint-options.ts'

export interface OneConfiguration {
  readonly model: Model
  /** Those of ngxlint and of the settings' plugins. */
  readonly rules: readonly RegisteredRule[]
  readonly run: LintOptions
}

/** The one configuration that a command is about: named, or found as `ngxlint` finds it; with the settings that hold for it. */
export async function oneConfiguration(args: LintArguments, io: Io, command: string): Promise<OneConfiguration> {
  const job = await prepare(args, io)
  const [path, ...others] = job.roots
  if (path === undefined || others.length > 0) {
    const names = job.roots.map((root) => displayPath(root, io.cwd)).join(', ')
    throw new CommandError(`${command} is about one configuration, and here are several: ${names}`)
  }
  const options = optionsOfRoot(path, job.options)
  const configuration = job.reader.load(path, options.load)
  if ('failure' in configuration) throw unreadable(new UnreadableRootError(path, configuration.failure), job)
  return {
    model: new Model(configuration, options.target, options.webSockets),
    rules: options.rules ?? rules,
    run: options,
  }
}
