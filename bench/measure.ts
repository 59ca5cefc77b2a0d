import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A command line to be measured. */
export interface Contender {
  readonly name: string
  readonly command: readonly [program: string, ...args: string[]]
  readonly cwd?: string
}

export interface Measurement {
  readonly name: string
  /** Milliseconds of wall-clock time, from start to end of the process. */
  readonly median: number
  readonly fastest: number
  /** Undefined where nobody can tell. */
  readonly usage: Usage | undefined
}

/** What a process used up. */
export interface Usage {
  /** Megabytes of the largest resident set, in any of its runs. */
  readonly peakMemory: number
  /** Milliseconds of processor time, of all its threads, in the median: the same on a busy machine and on an idle one. */
  readonly processor: number
}

/**
 * Runs whole processes side by side: each round runs every contender once, so that what else the machine is doing
 * meets all of them alike.
 */
export function compare(contenders: readonly Contender[], rounds: number): Measurement[] {
  const runs = contenders.map((): Run[] => [])
  // The first runs warm the file cache, and do not count, but where one round takes minutes.
  const warming = rounds > 1 ? 1 : 0
  for (let round = 0; round < warming + rounds; round++)
    for (const [index, contender] of contenders.entries()) runs[index]?.push(runOf(contender))
  return contenders.map(({ name }, index) => {
    const own = (runs[index] ?? []).slice(warming)
    const times = own.map(({ time }) => time)
    return { name, median: median(times), fastest: Math.min(...times), usage: usageIn(own) }
  })
}

interface Run {
  readonly time: number
  readonly usage: Usage | undefined
}

const TIME = '/usr/bin/time'

function runOf({ command: [program, ...args], cwd }: Contender): Run {
  if (!existsSync(TIME)) return { time: timeOf(program, args, cwd), usage: undefined }
  const folder = mkdtempSync(join(tmpdir(), 'ngxlint-bench-'))
  const file = join(folder, 'usage')
  const time = timeOf(TIME, ['-q', '-f', '%M %U %S', '-o', file, program, ...args], cwd)
  const [kilobytes = 0, user = 0, system = 0] = readFileSync(file, 'utf8').trim().split(/\s+/).map(Number)
  rmSync(folder, { recursive: true })
  return { time, usage: { peakMemory: kilobytes / 1024, processor: (user + system) * 1000 } }
}

function timeOf(program: string, args: readonly string[], cwd: string | undefined): number {
  const start = performance.now()
  run(program, args, cwd)
  return performance.now() - start
}

function usageIn(runs: readonly Run[]): Usage | undefined {
  const usages = runs.flatMap(({ usage }) => usage ?? [])
  if (usages.length === 0) return undefined
  return {
    peakMemory: Math.max(...usages.map(({ peakMemory }) => peakMemory)),
    processor: median(usages.map(({ processor }) => processor)),
  }
}

/** Without what makes each Node start later: Node 20 takes 40 ms to read the certificates that the first of these names. */
const { NODE_EXTRA_CA_CERTS: _certificates, NODE_OPTIONS: _options, ...env } = process.env

/** Exit codes don't matter, for a linter ends with 1 where it finds something; a process that fails at its work does. */
function run(program: string, args: readonly string[], cwd: string | undefined): void {
  const result = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env, ...(cwd && { cwd }) })
  const failed = result.error !== undefined || result.status === null || result.status > 1
  if (failed)
    throw new Error(`${program} ${args.join(' ')}: ${result.error ?? result.stderr.toString().slice(0, 1000)}`)
}

/**
 * The milliseconds that some work takes in this process: the median of some rounds. Nobody calls `gc()` in between: it throws away
 * what V8 has optimized, so that the next round would be measured as a first one.
 */
export function timed<Result>(rounds: number, work: () => Result): { readonly time: number; readonly result: Result } {
  const times: number[] = []
  let result: Result | undefined
  for (let round = 0; round < rounds; round++) {
    result = undefined
    const start = performance.now()
    result = work()
    times.push(performance.now() - start)
  }
  return { time: median(times), result: result as Result }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}
