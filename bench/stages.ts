import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { rules } from '../rules/index.ts'
import { type Configuration, type ConfigurationFile, loadConfiguration, memoryFiles } from '../src/config/index.ts'
import { diskFiles } from '../src/config/node-files.ts'
import { Model } from '../src/effective/index.ts'
import { plainRequest } from '../src/effective/request.ts'
import { simulate } from '../src/effective/simulate.ts'
import { unifiedDiff } from '../src/fix/diff.ts'
import { fixConfigurations } from '../src/fix/fix-configuration.ts'
import { findFaults } from '../src/fix/prove.ts'
import { lintRoots } from '../src/lint/lint-roots.ts'
import { runRules } from '../src/lint/run.ts'
import { nginxGrammar } from '../src/nginx/grammar.ts'
import { parse, SourceFile, type SyntaxTree, WordingTable } from '../src/syntax/index.ts'
import type { Sample } from './generate.ts'
import { median, timed } from './measure.ts'

/** Milliseconds of each stage, in the order of the data. */
export type Stages = Readonly<Record<'read' | 'parse' | 'load' | 'model' | 'rules' | 'fix', number>>

/** Hosts of which all fixes are made at the most: they and their proof take several times as long as to lint. */
const FIX_LIMIT = 10_000

/**
 * The stages of one run, each timed for itself. Load takes in reading and parsing; fix takes in all, and the proof. What a
 * configuration and a model have been asked they remember: each round asks new ones.
 */
export function stagesOf({ path, hosts }: Sample, rounds: number): Stages {
  const times = Array.from({ length: rounds }, () => roundOf(path))
  const medianOf = (stage: keyof Round) => median(times.map((round) => round[stage]))
  const fixed = hosts > FIX_LIMIT ? undefined : timed(Math.min(rounds, 3), () => fixAndProve(path))
  return {
    read: medianOf('read'),
    parse: medianOf('parse'),
    load: medianOf('load'),
    model: medianOf('model'),
    rules: medianOf('rules'),
    fix: fixed?.time ?? Number.NaN,
  }
}

type Round = Omit<Stages, 'fix'>

function roundOf(path: string): Round {
  const load = timed(1, () => loaded(loadConfiguration(path, diskFiles)))
  const { files } = load.result
  const read = timed(1, () => files.map((file) => diskFiles.read(file.path)))
  const parsed = timed(1, () => parseAll(files))
  const model = timed(1, () => new Model(load.result))
  const ran = timed(1, () => runRules(model.result, rules))
  return { read: read.time, parse: parsed.time, load: load.time, model: model.time, rules: ran.time }
}

/** Milliseconds that processes take for the main file as the first that they parse. */
export function firstParseOf({ path }: Sample, rounds: number): number {
  const program = fileURLToPath(new URL('first-parse.mjs', import.meta.url))
  const time = () => Number(execFileSync(process.execPath, [program, path], { encoding: 'utf8' }))
  return median(Array.from({ length: rounds }, time))
}

function parseAll(files: readonly ConfigurationFile[]): SyntaxTree[] {
  const wordings = new WordingTable()
  return files.map(({ path, source }) => parse(new SourceFile(path, source.text), nginxGrammar, source.text, wordings))
}

function fixAndProve(path: string): void {
  const [fault] = findFaults(fixConfigurations([path], diskFiles, rules), false)
  if (fault !== undefined) throw new Error(fault)
}

function loaded(configuration: Configuration | { readonly failure: string }): Configuration {
  if ('failure' in configuration) throw new Error(configuration.failure)
  return configuration
}

/** Milliseconds that a text takes to be linted; to be mended, with the proof of it; and for the patch that tells of that. */
export function lintAndFix(text: string, rounds: number): Record<'lint' | 'fix' | 'patch', number> {
  const files = memoryFiles({ '/nginx.conf': text })
  const lint = timed(rounds, () => lintRoots(['/nginx.conf'], files, rules))
  const fix = timed(rounds, () => {
    const result = fixConfigurations(['/nginx.conf'], files, rules)
    findFaults(result, false)
    return result
  })
  const patch = timed(rounds, () =>
    fix.result.changes.map(({ path, oldText, newText, history }) => unifiedDiff(path, oldText, newText, history)),
  )
  return { lint: lint.time, fix: fix.time, patch: patch.time }
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
