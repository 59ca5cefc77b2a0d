import { rules } from '../../rules/index.ts'
import { type FixResult, fixConfigurations } from '../fix/fix-configuration.ts'
import { findFaults } from '../fix/prove.ts'
import { displayPath } from '../report/paths.ts'
import { sanitize } from '../report/sanitize.ts'
import { plural } from '../report/summary.ts'
import { CommandError, type ExitCode } from './io.ts'
import type { Job } from './job.ts'
import { exitCode, writeReport } from './output.ts'
import { tell } from './tell.ts'

/** `--fix` and `--diff`. */
export async function fix(job: Job): Promise<ExitCode> {
  const { args, files, roots, options, input } = job
  // What comes by standard input goes to standard output; the files around it are somebody else's.
  const editable = input !== undefined && !args.diff ? { editable: new Set([input]) } : {}
  const result = fixConfigurations(roots, files, rules, { ...options, unsafe: args.unsafeFixes, ...editable })
  if (args.verbose) tell(job, result.after)
  if (result.changes.length > 0) await prove(job, result)
  return args.diff ? printDiff(job, result) : writeFixes(job, result)
}

/** Nothing is written, nor shown as a patch, that changes more than it should. */
async function prove({ args, io }: Job, result: FixResult): Promise<void> {
  const faults = findFaults(result, args.unsafeFixes)
  const { secondOpinion } = await import('../fix/second-opinion.ts')
  for (const change of result.changes) {
    const opinion = secondOpinion(change)
    const name = displayPath(change.path, io.cwd)
    if (opinion.verdict === 'objects') faults.push(`${name}: to nginx-conf, ${opinion.reason}`)
    else if (args.verbose) {
      const said = opinion.verdict === 'agrees' ? 'sees the same changes' : `can't tell: ${opinion.reason}`
      io.err(`${sanitize(`${name}: second opinion: nginx-conf ${said}`)}\n`)
    }
  }
  const [first, ...more] = faults
  if (first === undefined) return
  const others = more.length > 0 ? ` (and ${plural(more.length, 'other difference')}, see --verbose)` : ''
  if (args.verbose) for (const fault of more) io.err(`${sanitize(fault)}\n`)
  throw new CommandError(
    `nothing was written, since the fixes would do more than they should; this is a bug in ngxlint, please report it: ${first}${others}`,
  )
}

async function printDiff({ io, args }: Job, { changes, after }: FixResult): Promise<ExitCode> {
  const { unifiedDiff } = await import('../fix/diff.ts')
  for (const { path, oldText, newText } of changes)
    io.out(Buffer.from(unifiedDiff(displayPath(path, io.cwd), oldText, newText), 'latin1'))
  const left = after.problems.filter(({ severity }) => severity === 'error').length
  if (left > 0 && !args.quiet)
    io.err(`ngxlint: ${plural(left, 'error')} left that ${changes.length > 0 ? 'this' : '--fix'} does not cure\n`)
  return changes.length > 0 ? 1 : 0
}

async function writeFixes(job: Job, { changes, fixed, after }: FixResult): Promise<ExitCode> {
  const { io, files, input } = job
  if (input !== undefined) {
    const text = changes.find(({ realPath }) => realPath === input)?.newText ?? textOf(files.read(input))
    io.out(Buffer.from(text, 'latin1'))
  } else if (changes.length > 0) {
    const { writeChanges } = await import('../fix/write-node.ts')
    writeChanges(changes)
  }
  await writeReport(job, after, fixed, input === undefined ? 'out' : 'err')
  return exitCode(job, after.problems)
}

function textOf(content: { readonly text: string } | { readonly failure: string }): string {
  return 'text' in content ? content.text : ''
}
