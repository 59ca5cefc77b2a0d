import type { Directive } from '../config/index.ts'
import type { Reason } from '../diagnose/case.ts'
import type { Trace } from '../diagnose/trace.ts'
import type { Outcome, UpstreamPart } from '../effective/index.ts'
import type { Place } from '../lint/problem.ts'
import { placeOf } from '../lint/run.ts'
import { decodeForDisplay } from '../syntax/index.ts'
import { displayPath } from './paths.ts'
import { escapeInJson } from './sanitize.ts'
import { shownStep, textOf } from './trace.ts'

/** What `ngxlint trace --json` prints; it only grows. */
export function traceJson(trace: Trace, cwd: string): string {
  return `${escapeInJson(JSON.stringify(traceObject(trace, cwd)))}\n`
}

export function traceObject(trace: Trace, cwd: string): object {
  const { url, request, outcome, beaten, verdict } = trace
  const place = (at: Directive | Place | undefined) => placeObject(at, cwd)
  const { server } = outcome
  const location = 'location' in outcome ? outcome.location?.directive : undefined
  return {
    version: 1,
    url: url.href,
    request: {
      method: request.method,
      target: request.target,
      headers: request.headers.map(([name, value]) => [name, decodeForDisplay(value)]),
    },
    outcome: outcome.kind,
    server: server
      ? {
          ...place(server.server.directive),
          listen: `${server.group.address}:${server.group.port ?? ''}`,
          tls: server.group.isTls,
          reason: server.reason.kind,
          by: place('directive' in server.reason ? server.reason.directive : undefined),
        }
      : null,
    location: location ? { ...place(location), head: textOf(location) } : null,
    beaten: beaten.map(({ location: other, why }) => ({
      ...place(other.directive),
      head: other.directive && textOf(other.directive),
      why,
    })),
    steps: outcome.steps.map(({ directive, text }) => ({ ...place(directive), text: shownStep(text) })),
    upstream: outcome.kind === 'proxied' ? upstreamObject(outcome, trace, place) : null,
    status: outcome.kind === 'answered' ? outcome.status : null,
    redirect: (outcome.kind === 'answered' ? outcome.redirect : undefined) ?? null,
    verdict: {
      kind: verdict.kind,
      summary: verdict.summary,
      reasons: verdict.reasons.map((reason) => reasonObject(reason, place)),
      doubts: verdict.doubts.map((reason) => reasonObject(reason, place)),
      notes: verdict.notes.map((reason) => reasonObject(reason, place)),
      cure: verdict.cure ?? null,
    },
  }
}

interface PlaceObject {
  readonly file: string | null
  readonly line: number | null
}

function placeObject(at: Directive | Place | undefined, cwd: string): PlaceObject {
  if (!at) return { file: null, line: null }
  const { file, span } = placeOf(at)
  return { file: displayPath(file.path, cwd), line: file.source.lineAt(span.start) }
}

type Namer = (at: Directive | Place | undefined) => PlaceObject

function upstreamObject(
  { upstream }: Extract<Outcome, { kind: 'proxied' }>,
  { dropped, upstream: block }: Trace,
  place: Namer,
): object {
  const part = ({ value, origin }: UpstreamPart) => ({
    value: value === undefined ? null : decodeForDisplay(value),
    origin: origin.kind,
    ...(origin.kind === 'directive' ? place(origin.directive) : {}),
    ...(origin.kind === 'default' && origin.changedIn ? { changedIn: origin.changedIn } : {}),
  })
  return {
    scheme: upstream.scheme ?? null,
    authority: upstream.authority ?? null,
    by: place(upstream.directive),
    servers: (block?.named('server') ?? []).map((server) => ({
      address: decodeForDisplay(server.argument(0) ?? ''),
      ...place(server),
    })),
    method: part(upstream.method),
    uri: part(upstream.uri),
    version: part(upstream.version),
    headers: upstream.headers.map((header) => ({ name: header.name, ...part(header) })),
    dropped: dropped.map(({ name, by }) => ({ name, by: place(by) })),
  }
}

function reasonObject({ text, ruleId, at, isFixable }: Reason, place: Namer): object {
  return { text, ruleId: ruleId ?? null, ...place(at), fix: isFixable === true }
}
