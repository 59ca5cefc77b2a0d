import { spawnSync } from 'node:child_process'
import { reasonOf, WriteError } from './write-error.ts'

/** A command that says whether the new state is good. */
export interface Trial {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /**
   * Whether the command reads the files itself, in this process's view of the disk. What asks somebody else, as
   * `docker exec` does, would be shown the old files.
   */
  readonly readsFilesItself: boolean
  /** What is wrong although the command is content: that it did not look at the new files. */
  objection(output: string): string | undefined
}

/** The new state was refused; the old one is in place. */
export class TrialError extends WriteError {
  /** What the command said, as it said it. */
  readonly output: string

  constructor(message: string, output = '') {
    super(message)
    this.output = output
  }
}

/** A text, and the file that it is for. */
export interface StagedPath {
  readonly from: string
  readonly to: string
}

const TIMEOUT_MS = 60_000
const OUTPUT_LIMIT = 1 << 30

/** In a view of the disk of its own, new files are laid over old ones; nobody else sees it, and it ends by itself. */
const OVERLAY = 'while [ "$1" != -- ]; do mount --bind -- "$1" "$2" || exit 1; shift 2; done; shift; exec "$@"'

/**
 * Runs the command; where files are given, with the new ones laid over them for the command alone.
 * @returns whether it was run: such a view is for root on Linux, and not in every container
 * @throws TrialError where it refuses
 */
export function runTrial(trial: Trial, staged?: readonly StagedPath[]): boolean {
  if (!staged) {
    judge(trial, run(trial, trial.file, trial.args))
    return true
  }
  if (!trial.readsFilesItself || process.platform !== 'linux' || process.geteuid?.() !== 0) return false
  const overlay = ['--mount', '--propagation', 'private', '--', '/bin/sh', '-c', OVERLAY, 'sh']
  const prefix = [...overlay, ...staged.flatMap(({ from, to }) => [from, to]), '--']
  if (run(trial, 'unshare', [...prefix, 'true']).status !== 0) return false
  judge(trial, run(trial, 'unshare', [...prefix, trial.file, ...trial.args]))
  return true
}

type Ended = ReturnType<typeof run>

function run({ cwd, env }: Trial, file: string, args: readonly string[]) {
  return spawnSync(file, [...args], {
    cwd,
    env: { ...env },
    encoding: 'latin1',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
    maxBuffer: OUTPUT_LIMIT,
  })
}

function judge(trial: Trial, { status, signal, error, stdout, stderr }: Ended): void {
  const command = [trial.file, ...trial.args].join(' ')
  if (error && signal === null) throw new TrialError(`can't run "${command}" (${reasonOf(error)}); nothing was written`)
  if (signal !== null) throw new TrialError(`"${command}" was ended by ${signal}; the old files are in place`, stderr)
  // nginx says why on standard error, and other commands may on either.
  if (status !== 0)
    throw new TrialError(
      `"${command}" refuses the fixed files; the old ones are in place`,
      stderr.trim() === '' ? stdout : stderr,
    )
  const objection = trial.objection(stdout)
  if (objection !== undefined) throw new TrialError(`${objection}; the old files are in place`)
}
