import type { Directive } from '../config/index.ts'
import { readCondition } from './condition.ts'
import { patternOf } from './pattern.ts'

/** What browsers send of them in a handshake (RFC 6455 §4.1). */
const SENT: Readonly<Record<string, string>> = { http_upgrade: 'websocket', http_connection: 'Upgrade' }

/** An `if` that asks for handshakes in a spelling that no browser has: nginx compares letter by letter. */
export interface OtherCase {
  /** Without the `$`. */
  readonly variable: string
  /** What clients send. */
  readonly sent: string
  /** What it is compared with. */
  readonly compared: string
  readonly kind: 'equal' | 'regex'
  /** Whether all handshakes meet it, or none. */
  readonly isMet: boolean
}

/** undefined for a condition that tells handshakes by what clients send, and for any other one. */
export function otherCase(directive: Directive): OtherCase | undefined {
  const condition = readCondition(directive)
  if (condition?.kind !== 'equal' && condition?.kind !== 'regex') return undefined
  const variable = condition.variable.toLowerCase()
  const sent = SENT[variable]
  if (sent === undefined) return undefined
  const compared = condition.kind === 'equal' ? condition.value : condition.pattern
  const isOther =
    condition.kind === 'equal'
      ? compared !== sent && compared.toLowerCase() === sent.toLowerCase()
      : !condition.ignoreCase &&
        patternOf(compared, false).match(sent) === null &&
        !!patternOf(compared, true).match(sent)
  return isOther ? { variable, sent, compared, kind: condition.kind, isMet: condition.isNegated } : undefined
}
