/** Compares what the model says of a request with what nginx did. */
import type { Directive } from '../../src/config/index.ts'
import { loadConfiguration, memoryFiles } from '../../src/config/index.ts'
import { inherited } from '../../src/effective/inheritance.ts'
import { Model } from '../../src/effective/model.ts'
import type { ClientRequest } from '../../src/effective/request.ts'
import type { Scope } from '../../src/effective/scope.ts'
import { type Outcome, simulate } from '../../src/effective/simulate.ts'
import { parseVersion } from '../../src/nginx/version.ts'
import type { Answer } from '../e2e/client.ts'
import type { RecordedRequest } from '../e2e/recorder.ts'
import { valuesOf } from '../e2e/wire.ts'
import { MARK } from './generator.ts'

/** What nginx did with a request. */
export interface Observation {
  readonly answer: Answer
  /** What the backend got: nothing, or one request. */
  readonly upstream: readonly RecordedRequest[]
}

export type Comparison =
  | { readonly kind: 'agreed'; readonly outcome: Outcome }
  /** The model does not say. */
  | { readonly kind: 'unknown'; readonly outcome: Outcome }
  | { readonly kind: 'disagreed'; readonly outcome: Outcome; readonly differences: readonly string[] }

export function readModel(conf: string, version: string): Model {
  const configuration = loadConfiguration('/etc/nginx/nginx.conf', memoryFiles({ '/etc/nginx/nginx.conf': conf }))
  if ('failure' in configuration) throw new Error(configuration.failure)
  return new Model(configuration, parseVersion(version) ?? 'unknown')
}

export function compare(model: Model, port: number, request: ClientRequest, seen: Observation): Comparison {
  const outcome = simulate(model, { address: '127.0.0.1', port, request })
  if (outcome.kind === 'unknown' || outcome.doubts.length > 0) return { kind: 'unknown', outcome }
  const differences = [...differencesOf(outcome, seen)]
  return differences.length === 0 ? { kind: 'agreed', outcome } : { kind: 'disagreed', outcome, differences }
}

/** A line end within a header, or a blank at an end of it, is not seen as it was sent. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones
const BREAKS_HEADER = /[\x00-\x1f]|^ | $/

function* differencesOf(outcome: Outcome, { answer, upstream }: Observation): Generator<string> {
  const mark = valuesOf(answer.headers, MARK)[0]
  if (outcome.kind === 'proxied') {
    yield* upstreamDifferences(outcome.upstream, upstream, answer.status)
    if (outcome.status !== undefined) yield* differ('status', outcome.status, answer.status)
    if (answer.status !== 0 && answer.status !== 101) yield* differ('mark', markOf(outcome.scope), mark)
    return
  }
  // What a file, or another module, answers is not the model's business; an error page may follow.
  const isMade = outcome.kind === 'static' || outcome.kind === 'handled'
  if (isMade && inherited(outcome.scope, 'error_page').directives.length > 0) return
  if (upstream.length > 0) yield `the backend was asked: ${upstream[0]?.target}`
  if (outcome.kind === 'unknown' || outcome.kind === 'refused') return
  if (answer.status !== 0) yield* differ('mark', markOf(outcome.scope), mark)
  if (outcome.kind === 'answered') {
    yield* differ('status', outcome.status, answer.status)
    const location = valuesOf(answer.headers, 'Location')[0]
    const isRelative = outcome.redirect?.startsWith('/')
    // nginx makes a path absolute by the host and port that it was asked at.
    const got = isRelative ? location?.replace(/^http:\/\/[^/]*/, '') : location
    const { redirect } = outcome
    if (redirect && !BREAKS_HEADER.test(redirect)) yield* differ('Location', redirect, got)
  }
}

function* upstreamDifferences(
  expected: Extract<Outcome, { kind: 'proxied' }>['upstream'],
  recorded: readonly RecordedRequest[],
  status: number,
): Generator<string> {
  const uri = expected.uri.value
  const values = expected.headers.flatMap(({ value }) => value ?? [])
  // A bare blank or line end breaks the request itself; what the backend then reads is its own affair.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones
  if (uri !== undefined && /[\x00-\x20\x7f]|^[^/?]|^$/.test(uri)) return
  if (values.some((value) => BREAKS_HEADER.test(value))) return
  const [got] = recorded
  if (recorded.length !== 1 || !got) {
    yield `the backend was asked ${recorded.length} times, the client got ${status}`
    return
  }
  if (expected.method.value !== undefined) yield* differ('method', expected.method.value, got.method)
  if (uri !== undefined) yield* differ('URI', uri, got.target)
  if (expected.version.value !== undefined) yield* differ('version', expected.version.value, got.httpVersion)
  const isKnown = new Set(expected.headers.filter(({ value }) => value !== undefined).map(({ name }) => name))
  const unknown = new Set(expected.headers.filter(({ value }) => value === undefined).map(({ name }) => name))
  const expectedLines = expected.headers
    .filter(({ name }) => isKnown.has(name) && !unknown.has(name))
    .map(({ name, value }) => `${name}: ${value?.trim()}`)
  const gotLines = got.headers.filter(([name]) => !unknown.has(name)).map(([name, value]) => `${name}: ${value}`)
  yield* differ('headers', expectedLines, gotLines)
}

function* differ(what: string, expected: unknown, got: unknown): Generator<string> {
  if (JSON.stringify(expected) !== JSON.stringify(got))
    yield `${what}: the model says ${JSON.stringify(expected)}, nginx ${JSON.stringify(got)}`
}

/** The innermost `add_header` in force. */
function markOf(scope: Scope): string | undefined {
  for (const level of scope.outwards()) {
    const row: Directive | undefined = level.own('add_header')[0]
    if (row) return row.argument(1)
  }
  return undefined
}
