import {
  assessHandshake,
  type Evidence,
  findWebSocketLocations,
  type Model,
  type Scope,
  type WebSocketLocation,
} from '../effective/index.ts'
import { foreignNames } from '../lint/foreign-names.ts'
import type { Severity } from '../lint/problem.ts'
import type { Finding, RegisteredRule, Subject } from '../lint/rule.ts'
import { optionsIn } from '../lint/severity.ts'
import { decodeQuotes } from '../syntax/index.ts'
import type { Case, Reason } from './case.ts'

/** What a rule says of a location. */
export interface Said {
  readonly ruleId: string
  readonly severity: Exclude<Severity, 'off'>
  readonly finding: Finding
}

/** The brackets that a message ends with: why the location is taken for a WebSocket one, which nobody asks here. */
const EVIDENCE = / \(a WebSocket location: (?:[^()]|\([^()]*\))*\)$/

export function toReason({ ruleId, finding }: Said): Reason {
  const at = 'statement' in finding.at ? finding.at : undefined
  return {
    text: decodeQuotes(finding.message).replace(EVIDENCE, ''),
    ruleId,
    at,
    isFixable: (finding.edits?.length ?? 0) > 0,
  }
}

/** These tell of handshakes to other paths than the one that is traced. */
const ELSEWHERE: ReadonlySet<string> = new Set(['websocket/shadowed-location', 'websocket/slash-redirect'])

/** What the rules say of the location that answers, whether or not it shows that it is meant for WebSockets. */
export function findingsAt(scope: Scope, { model, rules }: Case): Said[] {
  const webSockets = findWebSocketLocations(model)
  const known = webSockets.find((location) => location.scope === scope)
  const location = { ...asWebSocketLocation(scope, model), ...known, evidence: TRACED }
  const all = [...webSockets.filter((other) => other !== known), location]
  return rules.filter(({ id }) => !ELSEWHERE.has(id)).flatMap((rule) => findingsOf(rule, location, model, all))
}

/** What one rule says of one location. */
export function findingsOf(
  { id, rule }: RegisteredRule,
  location: WebSocketLocation,
  model: Model,
  webSockets: readonly WebSocketLocation[],
): Said[] {
  const said: Said[] = []
  const subject: Subject = { model, webSockets, foreign: foreignNames([]), options: (file) => optionsIn({})(id, file) }
  const report = (finding: Finding) => said.push({ ruleId: id, severity: finding.severity ?? rule.severity, finding })
  rule.eachWebSocketLocation?.(location, report, subject)
  return said
}

/** A handshake is traced to it: that is evidence enough. */
const TRACED: Evidence = {
  kind: 'declared',
  reason: 'a handshake is traced to it',
  directive: undefined,
  isCertain: true,
}

function asWebSocketLocation(scope: Scope, model: Model): WebSocketLocation {
  const handshake = assessHandshake(scope, model)
  return { scope, evidence: TRACED, endpoint: undefined, isSocketsOnly: false, handshake }
}
