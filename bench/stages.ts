import { rules } from '../rules/index.ts'
import { type Configuration, loadConfiguration, memoryFiles } from '../src/config/index.ts'
import { diskFiles } from '../src/config/node-files.ts'
import { Model } from '../src/effective/index.ts'
import { plainRequest } from '../src/effective/request.ts'
import { simulate } from '../src/effective/simulate.ts'
import { fixConfigurations } from '../src/fix/fix-configuration.ts'
import { findFaults } from '../src/fix/prove.ts'
import { lintRoots } from '../src/lint/lint-roots.ts'
import { runRules } from '../src/lint/run.ts'
import { nginxGrammar } from '../src/nginx/grammar.ts'
import { parse, SourceFile } from '../src/syntax/index.ts'
import type { Sample } from './generate.ts'
import { timed } from './measure.ts'

/** Milliseconds of each stage, in the order of the data. */
export type Stages = Readonly<Record<'read' | 'parse' | 'load' | 'model' | 'rules' | 'fix', number>>

/** The stages of one run, each timed for itself. Load takes in reading and parsing; fix takes in all, and the proof. */
export function stagesOf({ path }: Sample, rounds: number): Stages {
  const load = timed(rounds, () => loaded(loadConfiguration(path, diskFiles)))
  const { files } = load.result
  const read = timed(rounds, () => files.map((file) => diskFiles.read(file.path)))
  const parsed = timed(rounds, () =>
    files.map((file) => parse(new SourceFile(file.path, file.source.text), nginxGrammar)),
  )
  const model = timed(rounds, () => new Model(load.result))
  // A model remembers its answers: each round asks a new one.
  const fresh = Array.from({ length: rounds }, () => new Model(load.result))
  const ran = timed(rounds, () => runRules(fresh.pop() as Model, rules))
  const fixed = timed(Math.min(rounds, 3), () => {
    const result = fixConfigurations([path], diskFiles, rules)
    const [fault] = findFaults(result, false)
    if (fault !== undefined) throw new Error(fault)
  })
  return {
    read: read.time,
    parse: parsed.time,
    load: load.time,
    model: model.time,
    rules: ran.time,
    fix: fixed.time,
  }
}

function loaded(configuration: Configuration | { readonly failure: string }): Configuration {
  if ('failure' in configuration) throw new Error(configuration.failure)
  return configuration
}

/** Milliseconds to lint, and to fix, a text. */
export function lintAndFix(text: string, rounds: number): { readonly lint: number; readonly fix: number } {
  const files = memoryFiles({ '/nginx.conf': text })
  const lint = timed(rounds, () => lintRoots(['/nginx.conf'], files, rules))
  const fix = timed(rounds, () => findFaults(fixConfigurations(['/nginx.conf'], files, rules), false))
  return { lint: lint.time, fix: fix.time }
}

/** Milliseconds to follow one request for each of these targets through a configuration that has been asked before. */
export function traced(text: string, targets: readonly string[]): number {
  const model = new Model(loaded(loadConfiguration('/nginx.conf', memoryFiles({ '/nginx.conf': text }))))
  const ask = (target: string) =>
    simulate(model, { address: '127.0.0.1', port: 80, request: plainRequest(target, 'h0.test') })
  // One pass before, by other targets: what a request costs is asked of a model, and of code, that has been at work.
  for (const target of targets) ask(`${target}&before`)
  return timed(1, () => targets.map(ask)).time
}
