import type { Directive } from '../config/index.ts'
import {
  findWebSocketLocations,
  hostWithoutResolver,
  type Outcome,
  pageForRefusal,
  type Scope,
} from '../effective/index.ts'
import { placeOf } from '../lint/run.ts'
import { type Case, type Reason, written } from './case.ts'
import { type Doubt, doubtsOf } from './doubts.ts'
import { type HandshakeFault, handshakeFaults, requestFaults } from './handshake-faults.ts'
import { placeWithoutListener } from './listeners.ts'
import { findingsAt, findingsOf, type Said, toReason } from './rule-findings.ts'

/** Whether a handshake opens a WebSocket. */
export interface Verdict {
  /** `unknown`: something that nobody knows decides. */
  readonly kind: 'opens' | 'fails' | 'unknown'
  /** One line. */
  readonly summary: string
  /** What keeps it from opening. */
  readonly reasons: readonly Reason[]
  /** What may change the verdict. */
  readonly doubts: readonly Reason[]
  /** What else the rules say of the location that answers. */
  readonly notes: readonly Reason[]
  /** What `ngxlint --fix` needs, or does. */
  readonly cure: string | undefined
}

/** Weighs what becomes of a request, and asks the rules what they say of it. */
export function judge(question: Case): Verdict {
  const { notes, unknown, cure, ...weighed } = weigh(question)
  const refusals = question.refusals.filter(
    (refusal) => !weighed.reasons.some((reason) => isOfOneLine(reason, refusal)),
  )
  const reasons = [...weighed.reasons, ...refusals]
  const isRefused = weighed.reasons.length === 0 && refusals.length > 0
  const summary = isRefused ? 'nginx does not start with this configuration' : weighed.summary
  const doubts = doubtsOf(question)
  const blocking = [...unknown, ...doubts.filter(({ isBlocking }) => isBlocking)]
  const all = [...unknown, ...doubts].map(({ text, at }): Reason => ({ text, at }))
  if (blocking.length === 0)
    return reasons.length === 0
      ? { kind: 'opens', summary: '101 is to be expected', reasons, doubts: all, notes, cure }
      : { kind: 'fails', summary: `no 101: ${summary}`, reasons, doubts: all, notes, cure }
  const lean = reasons.length === 0 ? '101, as far as is known' : `no 101, as far as is known: ${summary}`
  const isOpen = question.outcome.kind === 'unknown'
  return { kind: 'unknown', summary: isOpen ? summary : lean, reasons, doubts: all, notes, cure }
}

/** One line may be at fault for both. */
function isOfOneLine(one: Reason, other: Reason): boolean {
  if (!one.at || !other.at) return false
  const [a, b] = [placeOf(one.at), placeOf(other.at)]
  return a.file === b.file && a.span.start < b.span.end && b.span.start < a.span.end
}

interface Weighed {
  /** What happens, after "no 101:". */
  readonly summary: string
  readonly reasons: readonly Reason[]
  readonly notes: readonly Reason[]
  readonly unknown: readonly Doubt[]
  readonly cure?: string | undefined
}

function weigh(question: Case): Weighed {
  const { request, outcome } = question
  const own = requestFaults(request.method, request.headers)
  if (own.length > 0 && outcome.kind === 'proxied')
    return { ...NOTHING, summary: 'the request is no handshake', reasons: own.map((text) => ({ text })) }
  switch (outcome.kind) {
    case 'proxied':
      return weighProxied(question, outcome)
    case 'answered':
      return weighAnswer(question, outcome)
    case 'handled':
      return weighHandler(outcome.by)
    case 'static':
      return { ...NOTHING, summary: 'a file answers, or 404', reasons: staticReasons(question, outcome.location) }
    case 'unknown':
      return {
        ...NOTHING,
        summary: 'can’t say',
        unknown: [{ text: because(outcome), at: outcome.because, isBlocking: true }],
      }
    case 'refused':
      return { ...NOTHING, ...weighRefusal(question) }
  }
}

const NOTHING: Weighed = { summary: '', reasons: [], notes: [], unknown: [] }

/** These switch protocols when their backend says so (`u->upgrade` in ngx_http_uwsgi_process_header and its like); few say it. */
const MAY_UPGRADE: ReadonlySet<string> = new Set(['uwsgi_pass', 'scgi_pass'])

function weighHandler(by: Directive): Weighed {
  const summary = `"${by.name}" makes the answer`
  const line = `"${written(by)}"`
  if (!MAY_UPGRADE.has(by.name))
    return { ...NOTHING, summary, reasons: [{ text: `${line} opens no WebSocket: proxy_pass does`, at: by }] }
  const text = `${line} opens a WebSocket only if its backend answers 101 itself, as few do: proxy_pass is the usual way`
  return { ...NOTHING, summary, unknown: [{ text, at: by, isBlocking: true }] }
}

function because({ because: directive, reason }: Extract<Outcome, { kind: 'unknown' }>): string {
  return directive ? `"${written(directive)}": ${reason}` : reason
}

function weighRefusal({ model, url, outcome }: Case): Pick<Weighed, 'summary' | 'reasons'> {
  const { group } = outcome.server ?? {}
  if (group)
    return {
      summary: 'the TLS handshake fails',
      reasons: [
        {
          text: `port ${url.port} has no TLS (its "listen" has no "ssl"), so that wss:// gets no answer; where TLS ends before nginx, trace ws:// with the port that nginx is asked at`,
          at: group.defaultListen,
        },
      ],
    }
  const isElsewhere = model.roots.length > 0
  const hint = url.isTls ? '; where TLS ends before nginx, trace ws:// with the port that nginx is asked at' : ''
  return {
    summary: 'the connection is refused',
    reasons: [
      {
        text: `${isElsewhere ? 'no server' : 'nothing in this file'} listens on ${placeWithoutListener(url, model)}${hint}`,
      },
    ],
  }
}

const BLOCKED = 'websocket/handshake-blocked'

/** Which rules speak of which faults. */
const RULES: Readonly<Record<HandshakeFault['kind'], readonly string[]>> = {
  version: ['websocket/http-version'],
  Upgrade: ['websocket/upgrade-header'],
  Connection: ['websocket/connection-header', 'websocket/connection-map'],
  key: [BLOCKED],
  Host: [BLOCKED],
  method: [BLOCKED],
}

function weighProxied(question: Case, outcome: Extract<Outcome, { kind: 'proxied' }>): Weighed {
  const { upstream, scope, status } = outcome
  const faults = handshakeFaults(upstream)
  const said = findingsAt(scope, question)
  // What is not known is a reason all the same where a rule knows better: a variable that nothing defines.
  const isOpen = (fault: HandshakeFault) => fault.isUnknown && speakingOf(fault, said).every(isMild)
  const blocked = said.filter(({ ruleId, severity }) => ruleId === BLOCKED && severity === 'error')
  const faulty = faults.filter((fault) => !isOpen(fault)).flatMap((fault) => reasonsOf(fault, said))
  const unresolved = unresolvedReasons(question, outcome)
  const reasons = distinct([...faulty, ...blocked.map(toReason), ...unresolved])
  const unknown = faults
    .filter((fault) => isOpen(fault) && fault.kind !== 'Host')
    .map(({ text, part }): Doubt => ({ text: `${text}${writtenAs(part)}`, at: directiveOf(part), isBlocking: true }))
  const shown = status === undefined ? [] : [{ text: `error_page shows the answer as ${status}`, at: undefined }]
  const scheme = WEBSOCKET_SCHEME.test(upstream.directive.argument(0) ?? '')
    ? schemeReason(question, upstream.directive)
    : []
  const named = new Set(reasons.map(({ ruleId }) => ruleId))
  const notes = said.filter(
    ({ ruleId, severity }) => !named.has(ruleId) && (severity === 'warn' || severity === 'error'),
  )
  const summary = summaryOf(faults.length > 0, blocked.length > 0, unresolved.length > 0)
  return {
    summary,
    reasons: [...reasons, ...shown, ...scheme],
    notes: notes.map(toReason),
    unknown: [...unknown, ...(faults.length > 0 ? answeredByPage(scope, question) : [])],
    cure: cureOf(reasons, scope, question),
  }
}

/** Which status a backend refuses a handshake with nobody knows. */
function answeredByPage(scope: Scope, { model }: Case): Doubt[] {
  const at = pageForRefusal(scope, model)
  if (!at) return []
  const text = `"${written(at)}" leads the handshake on, if the backend refuses it with that status`
  return [{ text, at, isBlocking: true }]
}

function unresolvedReasons(
  { model, rules }: Case,
  { scope, upstream }: Extract<Outcome, { kind: 'proxied' }>,
): Reason[] {
  const host = hostWithoutResolver(scope, model)
  if (host === undefined) return []
  const text = `nginx answers 502: "${host}" is looked up for each request, as the URL has variables, and there is no "resolver"`
  return [{ text, ruleId: rules.find(({ id }) => id === 'upstreams/no-resolver')?.id, at: upstream.directive }]
}

function summaryOf(isFaulty: boolean, isBlocked: boolean, isUnresolved: boolean): string {
  if (isUnresolved) return 'no backend is asked'
  if (isFaulty) return 'the backend does not get a handshake'
  return isBlocked ? 'a line of the configuration is in the way' : 'the answer is replaced'
}

const WEBSOCKET_SCHEME = /^wss?:/i

function schemeReason({ rules }: Case, at: Directive): Reason[] {
  const ruleId = rules.find(({ id }) => id === 'websocket/proxy-pass-scheme')?.id
  return [
    {
      text: 'nginx does not start: proxy_pass takes http:// or https://, which serve ws:// and wss:// too',
      ruleId,
      at,
    },
  ]
}

function writtenAs(part: HandshakeFault['part']): string {
  const directive = directiveOf(part)
  return directive ? `: "${written(directive)}"` : ''
}

function directiveOf(part: HandshakeFault['part']): Directive | undefined {
  return part?.origin.kind === 'directive' ? part.origin.directive : undefined
}

function reasonsOf(fault: HandshakeFault, said: readonly Said[]): Reason[] {
  const speaking = speakingOf(fault, said)
  if (speaking.length > 0) return speaking.map(toReason)
  return [{ text: fault.text, ruleId: RULES[fault.kind][0], at: directiveOf(fault.part) }]
}

function speakingOf({ kind }: HandshakeFault, said: readonly Said[]): Said[] {
  return said.filter(({ ruleId, severity }) => RULES[kind].includes(ruleId) && severity !== 'info')
}

function isMild({ severity }: Said): boolean {
  return severity !== 'error'
}

function cureOf(reasons: readonly Reason[], scope: Scope, { model }: Case): string | undefined {
  if (!reasons.some(({ isFixable }) => isFixable)) return undefined
  if (findWebSocketLocations(model).some((location) => location.scope === scope && location.evidence.isCertain))
    return '"ngxlint --fix" cures it; "ngxlint --diff" shows how'
  return 'Nothing shows for certain that this location is meant for WebSockets: with the comment "# ngxlint-websocket" in it, "ngxlint --fix" cures it'
}

/** One line may be at fault for several things. */
function distinct(reasons: readonly Reason[]): Reason[] {
  return reasons.filter(({ text }, index) => reasons.findIndex((other) => other.text === text) === index)
}

function weighAnswer(question: Case, outcome: Extract<Outcome, { kind: 'answered' }>): Weighed {
  const { status, by, redirect } = outcome
  const summary = status === 0 ? 'nginx closes the connection' : `nginx itself answers ${status}`
  const line = by ? `"${written(by)}" ` : ''
  const reasons: Reason[] = [{ text: answerText(outcome, line, question), ruleId: answerRule(question, by), at: by }]
  if (redirect !== undefined || (status >= 300 && status < 400))
    reasons.push({ text: `WebSocket clients follow no redirect${asked(redirect)}` })
  return { ...NOTHING, summary, reasons }
}

function asked(redirect: string | undefined): string {
  if (redirect === undefined) return ''
  return `: let them ask ${redirect.replace(/^http(s?):/i, 'ws$1:')} at once`
}

function answerText({ status, redirect, steps }: Extract<Outcome, { kind: 'answered' }>, line: string, { url }: Case) {
  const why = steps.at(-1)?.text ?? ''
  if (!url.isTls && why.includes('plain HTTP')) return `${line}is for TLS: ask wss://`
  const goal = redirect === undefined ? '' : `, to ${redirect}`
  const said = /^\d+: (.+)$/.exec(why)?.[1]
  const what = status === 0 ? 'closes the connection without an answer' : `answers ${status}${goal}`
  return `${line === '' ? 'nginx ' : line}${what}${said ? `: ${said}` : ''}, before any proxying`
}

const ANSWERING: ReadonlySet<string> = new Set([BLOCKED, 'websocket/slash-redirect'])

/** The rule that reports the line that answers. */
function answerRule({ model, rules }: Case, by: Directive | undefined): string | undefined {
  if (!by) return undefined
  const webSockets = findWebSocketLocations(model)
  for (const rule of rules.filter(({ id }) => ANSWERING.has(id)))
    for (const location of webSockets)
      if (findingsOf(rule, location, model, webSockets).some(({ finding }) => finding.at === by)) return rule.id
  return undefined
}

function staticReasons({ model, rules }: Case, location: Scope | undefined): Reason[] {
  const at = location?.directive
  const name = at ? `"${written(at)}" has no proxy_pass` : 'no location is for this path, and the server has no backend'
  const webSockets = findWebSocketLocations(model)
  const shadowed = rules
    .filter(({ id }) => id === 'websocket/shadowed-location')
    .flatMap((rule) => webSockets.flatMap((candidate) => findingsOf(rule, candidate, model, webSockets)))
    .filter(({ finding }) => at && finding.related?.some((place) => place.file === at.file && isAt(place.span, at)))
  return [{ text: `${name}: files answer`, at }, ...shadowed.map(toReason)]
}

function isAt(span: { readonly start: number }, directive: Directive): boolean {
  return span.start === placeOf(directive).span.start
}
