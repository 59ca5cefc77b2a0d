import { trace as follow } from '../diagnose/trace.ts'
import { renderTrace, verdictCodes } from '../report/trace.ts'
import { traceJson } from '../report/trace-json.ts'
import { givenHeaders, givenUrl } from './given.ts'
import { CommandError, type ExitCode, type Io } from './io.ts'
import type { LintArguments } from './lint-options.ts'
import { oneConfiguration } from './one-configuration.ts'
import { displayFor } from './terminal.ts'

export interface TraceArguments {
  readonly url: string
  readonly method: string | undefined
  readonly header: readonly string[]
  readonly json: boolean
  /** Which configuration, and for which nginx. */
  readonly lint: LintArguments
}

/** `ngxlint trace URL [conf]`: 0 where 101 is to be expected, 1 where not, 2 where it can't say. */
export async function trace(args: TraceArguments, io: Io): Promise<ExitCode> {
  const url = givenUrl(args.url)
  const headers = givenHeaders(args.header)
  const { method } = args
  if (method !== undefined && !/^[A-Z_-]+$/.test(method))
    throw new CommandError(`--method: "${method}" is no method of HTTP, as GET or POST`)
  const { model, rules, run } = await oneConfiguration(args.lint, io, 'trace')
  const found = follow(model, url, rules, { headers, run, ...(method === undefined ? {} : { method }) })
  const display = displayFor(io, args.lint.color)
  io.out(args.json ? traceJson(found, io.cwd) : renderTrace(found, display))
  return verdictCodes[found.verdict.kind]
}
