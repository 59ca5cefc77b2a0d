import { loadConfiguration } from '../config/index.ts'
import { Model } from '../effective/index.ts'
import { UnreadableRootError } from '../lint/lint-roots.ts'
import { displayPath } from '../report/paths.ts'
import { CommandError, type Io } from './io.ts'
import { prepare } from './job.ts'
import { unreadable } from './lint.ts'
import type { LintArguments } from './lint-options.ts'

/** What the one configuration means that a command is about: named, or found as `ngxlint` finds it. */
export async function modelOfOne(args: LintArguments, io: Io, command: string): Promise<Model> {
  const job = await prepare(args, io)
  const [path, ...others] = job.roots
  if (path === undefined || others.length > 0) {
    const names = job.roots.map((root) => displayPath(root, io.cwd)).join(', ')
    throw new CommandError(`${command} is about one configuration, and here are several: ${names}`)
  }
  const configuration = loadConfiguration(path, job.files, job.options.load)
  if ('failure' in configuration) throw unreadable(new UnreadableRootError(path, configuration.failure), job)
  return new Model(configuration, job.options.target)
}
