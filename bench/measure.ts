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
  /** Of its first run; undefined where nobody can tell. */
  readonly usage: Usage | undefined
}

/** What a process used up. */
export interface Usage {
  /** Megabytes of the largest resident set. */
  readonly peakMemory: number
  /** Milliseconds of processor time, of all its threads: the same on a busy machine and on an idle one. */
  readonly processor: number
}

/**
 * Runs whole processes side by side: each round runs every contender once, so that what else the machine is doing
 * meets all of them alike.
 */
export function compare(contenders: readonly Contender[], rounds: number): Measurement[] {
  const times = contenders.map((): number[] => [])
  const usages = contenders.map(usageOf) // Its run warms the file cache, too.
  for (let round = 0; round < rounds; round++)
    for (const [index, contender] of contenders.entries()) times[index]?.push(timeOf(contender))
  return contenders.map(({ name }, index) => {
    const own = times[index] ?? []
    return { name, median: median(own), fastest: Math.min(...own), usage: usages[index] }
  })
}

function timeOf({ command: [program, ...args], cwd }: Contender): number {
  const start = performance.now()
  run(program, args, cwd)
  return performance.now() - start
}

const TIME = '/usr/bin/time'

/** What GNU time sees. */
function usageOf({ command, cwd }: Contender): Usage | undefined {
  if (!existsSync(TIME)) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'ngxlint-bench-'))
  const file = join(folder, 'usage')
  run(TIME, ['-q', '-f', '%M %U %S', '-o', file, ...command], cwd)
  const [kilobytes = 0, user = 0, system = 0] = readFileSync(file, 'utf8').trim().split(/\s+/).map(Number)
  rmSync(folder, { recursive: true })
  return { peakMemory: kilobytes / 1024, processor: (user + system) * 1000 }
}

/** Exit codes don't matter, for a linter ends with 1 where it finds something; a process that fails at its work does. */
function run(program: string, args: readonly string[], cwd: string | undefined): void {
  const result = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'], ...(cwd && { cwd }) })
  const failed = result.error !== undefined || result.status === null || result.status > 1
  if (failed)
    throw new Error(`${program} ${args.join(' ')}: ${result.error ?? result.stderr.toString().slice(0, 1000)}`)
}

/** The milliseconds that some work takes in this process: the median of some rounds, garbage of others taken away. */
export function timed<Result>(rounds: number, work: () => Result): { readonly time: number; readonly result: Result } {
  const times: number[] = []
  let result: Result | undefined
  for (let round = 0; round < rounds; round++) {
    result = undefined
    globalThis.gc?.()
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
