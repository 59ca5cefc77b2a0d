import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { rules } from '../../rules/index.ts'
import type { Configuration } from '../config/index.ts'
import { Model } from '../effective/index.ts'
import { withBuiltIn } from '../lint/built-in.ts'
import { joinRoots, type LintedRoot, type LintedRoots, lintRoot, optionsOfRoot } from '../lint/lint-roots.ts'
import { NO_SETTINGS } from '../lint/settings/held.ts'
import type { Job } from './job.ts'
import type { Answer, Task } from './lint-worker.ts'
import { unpackProblems } from './packed-problems.ts'
import { workerEnvironment } from './worker-mark.ts'

/**
 * In bytes: a thread has to start, and to read its configurations anew, while another processor is busy with what V8
 * optimizes. For less it is not worth it: 3 MB each took longer in two threads than in one.
 */
const WORTH_A_THREAD = 10_000_000
/** The built command, which is the main thread's program and that of the others; beside the sources there is none. */
const COMMAND = fileURLToPath(new URL('main.js', import.meta.url))

/**
 * Lints independent configurations in several threads, with the results of one, in their order. Undefined where there are
 * not several large ones.
 */
export async function lintParallel(job: Job): Promise<LintedRoots | undefined> {
  const [own = [], ...others] = sharesOf(job)
  if (others.length === 0) return undefined
  const helpers = others.map((share) => new Helper(share.map((root) => taskOf(root, job))))
  try {
    const linted = new Map<string, LintedRoot>()
    const options = { ...job.options, reader: job.reader }
    const lintHere = ({ path }: Root) => linted.set(path, lintRoot(path, job.files, rules, options))
    for (const root of own) lintHere(root)
    for (const helper of helpers) await helper.end
    for (const [index, share] of others.entries()) {
      for (const root of share) {
        const done = rootOf(root, helpers[index]?.answers.get(root.path), job)
        // What went wrong there goes wrong here as well, and is told as ever.
        if (done) linted.set(root.path, done)
        else lintHere(root)
      }
    }
    return joinRoots(
      job.roots.map((path) => linted.get(path) as LintedRoot),
      job.options,
    )
  } finally {
    for (const helper of helpers) helper.stop()
  }
}

interface Root {
  readonly path: string
  readonly configuration: Configuration
  readonly bytes: number
}

/** Who lints what: this thread first, then the others. One share alone where threads are of no use. */
function sharesOf(job: Job): readonly (readonly Root[])[] {
  const { args, input, isDump, roots: paths, threads = availableParallelism() } = job
  // Standard input can't be read again, and how long each stage takes is asked of one thread.
  if (threads < 2 || paths.length < 2 || input !== undefined || isDump || args.stats || !existsSync(COMMAND)) return []
  const roots: Root[] = []
  for (const path of paths) {
    const configuration = job.reader.load(path, optionsOfRoot(path, job.options).load)
    if ('failure' in configuration) return []
    const bytes = configuration.files.reduce((sum, { source }) => sum + source.text.length, 0)
    roots.push({ path, configuration, bytes })
  }
  return share(roots, Math.min(threads, paths.length), (root) => canLeave(root, job))
}

/** The largest first, each to whoever has the least so far. */
function share(roots: readonly Root[], count: number, canLeave: (root: Root) => boolean): Root[][] {
  const shares = Array.from({ length: count }, (): Root[] => [])
  const [here = []] = shares
  for (const root of roots.toSorted((one, other) => other.bytes - one.bytes)) {
    const candidates = canLeave(root) ? shares : [here]
    candidates.reduce((least, other) => (bytesOf(other) < bytesOf(least) ? other : least)).push(root)
  }
  const worthy = shares.filter((one) => one !== here && bytesOf(one) >= WORTH_A_THREAD)
  here.push(...shares.filter((one) => one !== here && !worthy.includes(one)).flat())
  return [here, ...worthy]
}

function bytesOf(roots: readonly Root[]): number {
  return roots.reduce((sum, { bytes }) => sum + bytes, 0)
}

/** Rules of plugins are functions, which can't be sent to a thread. */
function canLeave({ path }: Root, { options }: Job): boolean {
  const own = optionsOfRoot(path, options).rules ?? rules
  const builtIn = new Set(withBuiltIn(rules))
  return own.every((registered) => builtIn.has(registered))
}

function taskOf({ path, configuration }: Root, { options }: Job): Task {
  const {
    load = {},
    target,
    webSockets,
    modules,
    settings,
    fileSettings = () => NO_SETTINGS,
  } = optionsOfRoot(path, options)
  return {
    path,
    load,
    options: {
      ...(target && { target }),
      ...(webSockets && { webSockets }),
      ...(modules && { modules }),
      ...(settings && { settings }),
    },
    fileSettings: new Map(configuration.files.map((file) => [file.realPath, fileSettings(file)])),
  }
}

/** A thread, and what it has answered. */
class Helper {
  readonly answers = new Map<string, Answer>()
  /** When it is through, well or not. */
  readonly end: Promise<void>
  readonly #worker: Worker

  constructor(tasks: readonly Task[]) {
    // What it has to say on its own goes nowhere: it is asked again here.
    this.#worker = new Worker(COMMAND, { stdout: true, stderr: true, env: { ...process.env, ...workerEnvironment } })
    this.#worker.on('message', (answer: Answer) => this.answers.set(answer.path, answer))
    this.end = new Promise((resolve) => {
      this.#worker.on('error', () => resolve())
      this.#worker.on('exit', () => resolve())
    })
    this.#worker.postMessage(tasks)
  }

  stop(): void {
    void this.#worker.terminate()
  }
}

/** What a thread has found, in the words of this one; undefined where it has not, or has read other files. */
function rootOf({ path, configuration }: Root, answer: Answer | undefined, { options }: Job): LintedRoot | undefined {
  const { files } = configuration
  const isSame =
    answer?.lengths.size === files.length &&
    files.every(({ realPath, source }) => answer.lengths.get(realPath) === source.text.length)
  if (!answer || !isSame) return undefined
  const { target, webSockets } = optionsOfRoot(path, options)
  return {
    path,
    configuration,
    problems: unpackProblems(answer.problems, files),
    get model() {
      return new Model(configuration, target, webSockets)
    },
  }
}
