import { rules } from '../../rules/index.ts'
import { type FixResult, fixConfigurations } from '../fix/fix-configuration.ts'
import type { PlanOptions } from '../fix/plan.ts'
import { findFaults } from '../fix/prove.ts'
import { displayPath } from '../report/paths.ts'
import { sanitize } from '../report/sanitize.ts'
import { plural } from '../report/summary.ts'
import { CommandError, type ExitCode } from './io.ts'
import type { Job } from './job.ts'
import { exitCode, writeReport, writeStats } from './output.ts'
import { refuseToOverwrite } from './outputs.ts'
import { ownFiles } from './own-files.ts'
import { printBytes, printPatch } from './raw-output.ts'
import { tell } from './tell.ts'
import { tellForeign } from './tell-foreign.ts'

/** `--fix` and `--diff`. */
export async function fix(job: Job): Promise<ExitCode> {
  const result = await makeFixes(job)
  if (job.args.verbose) tell(job, result.after)
  return job.args.diff ? printDiff(job, result) : writeFixes(job, result)
}

/** In memory. */
async function makeFixes(job: Job): Promise<FixResult> {
  const { args, files, roots, options, watch } = job
  const editable = editableFiles(job)
  const result = watch.watch('fix', () =>
    fixConfigurations(roots, files, rules, { ...options, unsafe: args.unsafeFixes, editable }),
  )
  if (result.changes.length > 0) await prove(job, result)
  return result
}

function editableFiles(job: Job): NonNullable<PlanOptions['editable']> {
  const { args, input, isDump } = job
  // What a dump holds is of another machine, and goes into a patch.
  if (isDump) return { has: () => true }
  // What comes by standard input goes to standard output; the files around it are somebody else's.
  return input !== undefined && !args.diff ? new Set([input]) : ownFiles(job)
}

/** Nothing is written, nor shown as a patch, that changes more than it should. */
async function prove({ args, io, watch: { watch } }: Job, result: FixResult): Promise<void> {
  const faults = watch('proof', () => findFaults(result, args.unsafeFixes))
  const { secondOpinion } = await import('../fix/second-opinion.ts')
  for (const change of result.changes) {
    const opinion = watch('second opinion', () => secondOpinion(change), change.path)
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

async function printDiff(job: Job, { changes, after }: FixResult): Promise<ExitCode> {
  const { io, args } = job
  const { unifiedDiff } = await import('../fix/diff.ts')
  // By the real path: `patch` and `git apply` write to no link, as those of sites-enabled, nor behind one.
  const patches = changes.map(({ realPath, oldText, newText, history }) =>
    unifiedDiff(displayPath(realPath, io.cwd), oldText, newText, history),
  )
  printPatch(io, patches.join(''))
  if (job.input === undefined) tellForeign(job, after.problems)
  const left = after.problems.filter(({ severity }) => severity === 'error').length
  if (left > 0 && !args.quiet)
    io.err(`ngxlint: ${plural(left, 'error')} left that ${changes.length > 0 ? 'this' : '--fix'} does not cure\n`)
  await writeStats(job, after.files)
  return changes.length > 0 ? 1 : 0
}

async function writeFixes(job: Job, planned: FixResult): Promise<ExitCode> {
  const { io, files, input } = job
  // Before anything is written.
  refuseToOverwrite(job.outputs, planned.after.files, files, io.cwd)
  let result = planned
  if (input !== undefined) {
    const change = planned.changes.find(({ realPath }) => realPath === input)
    printBytes(io, change?.newText ?? textOf(files.read(input)))
  } else if (planned.changes.length > 0) {
    const { write } = await import('./write.ts')
    result = await write(job, planned, () => makeFixes(job))
  }
  const { after, fixed } = result
  if (input === undefined) tellForeign(job, after.problems)
  await writeReport(job, after, fixed, input === undefined ? 'out' : 'err')
  return exitCode(job, after.problems)
}

function textOf(content: { readonly text: string } | { readonly failure: string }): string {
  return 'text' in content ? content.text : ''
}
