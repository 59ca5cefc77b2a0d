import { parentPort } from 'node:worker_threads'
import { rules } from '../../rules/index.ts'
import { type LoadOptions, loadConfiguration } from '../config/index.ts'
import { diskFiles } from '../config/node-files.ts'
import { type LintOptions, lintConfiguration } from '../lint/lint.ts'
import { type FileSettings, NO_SETTINGS } from '../lint/settings/held.ts'
import { type PackedProblem, packProblems } from './packed-problems.ts'

/** A configuration to be linted in another thread: all that says how, as data. */
export interface Task {
  readonly path: string
  readonly load: LoadOptions
  readonly options: Pick<LintOptions, 'target' | 'webSockets' | 'modules' | 'settings'>
  /** What the settings say of its files, by real path. */
  readonly fileSettings: ReadonlyMap<string, FileSettings>
}

/** What came of it. */
export interface Answer {
  readonly path: string
  /** The files that were read, by real path, and their lengths: by these it shows that nobody changed them meanwhile. */
  readonly lengths: ReadonlyMap<string, number>
  readonly problems: readonly PackedProblem[]
}

/** In a thread that `lint-parallel.ts` has started: does the tasks that it is given, each with an answer of its own. */
export function work(): void {
  parentPort?.on('message', (tasks: readonly Task[]) => {
    for (const task of tasks) parentPort?.postMessage(answerTo(task))
    parentPort?.close()
  })
}

/** @throws what linting throws: who asked lints it again, and so learns what is wrong */
export function answerTo({ path, load, options, fileSettings }: Task): Answer {
  const configuration = loadConfiguration(path, diskFiles, load)
  if ('failure' in configuration) throw new Error(configuration.failure)
  const settingsOf = (file: { readonly realPath: string }) => fileSettings.get(file.realPath) ?? NO_SETTINGS
  const { problems } = lintConfiguration(configuration, rules, { ...options, fileSettings: settingsOf })
  const lengths = new Map(configuration.files.map(({ realPath, source }) => [realPath, source.text.length]))
  return { path, lengths, problems: packProblems(problems) }
}
