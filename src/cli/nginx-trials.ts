import { dirname } from 'node:path'
import type { FixResult } from '../fix/fix-configuration.ts'
import type { Trial } from '../fix/write/trial.ts'
import { type LintedRoot, optionsOfRoot } from '../lint/lint-roots.ts'
import { displayPath } from '../report/paths.ts'
import { CommandError } from './io.ts'
import type { Job } from './job.ts'

/**
 * What `--test[=COMMAND]` asks of the new state: the command, or nginx itself for each configuration that changes.
 * @throws CommandError where nginx can't be asked
 */
export function trialsOf(job: Job, result: FixResult): Trial[] {
  const { args, io } = job
  if (args.test === undefined) return []
  const where = { cwd: io.cwd, env: io.env }
  if (args.test !== '') {
    const shell = { file: '/bin/sh', args: ['-c', args.test] }
    return [{ ...shell, ...where, readsFilesItself: false, objection: () => undefined }]
  }
  const changed = new Set(result.changes.map(({ realPath }) => realPath))
  return result.after.roots
    .filter(({ configuration }) => configuration.files.some(({ realPath }) => changed.has(realPath)))
    .map((root) => ({ ...nginxOn(root, job, result), ...where, readsFilesItself: true }))
}

/** `-T` reads all as `-t` does, and prints what it has read: that shows whether it was the new texts. */
function nginxOn(root: LintedRoot, { options, io }: Job, { changes }: FixResult) {
  const { path, configuration } = root
  const name = displayPath(path, io.cwd)
  const { prefix, mappings = [] } = optionsOfRoot(path, options).load ?? {}
  if (configuration.isFragment || configuration.main.isStock)
    throw new CommandError(
      `--test: ${name} is a part of a configuration; name the nginx.conf around it, or --test=COMMAND`,
    )
  if (mappings.length > 0 || (prefix !== undefined && prefix !== dirname(path)))
    throw new CommandError('--test: nginx knows no path map or prefix like that; say how to test with --test=COMMAND')
  const files = new Set(configuration.files.map(({ realPath }) => realPath))
  const expected = changes.filter(({ realPath }) => files.has(realPath))
  return {
    file: 'nginx',
    args: ['-T', '-c', path],
    objection: (output: string) => {
      const unread = expected.find(({ newText }) => !output.includes(`:\n${newText}\n`))
      return (
        unread && `nginx did not read the fixed ${displayPath(unread.path, io.cwd)}, so its test says nothing of it`
      )
    },
  }
}
