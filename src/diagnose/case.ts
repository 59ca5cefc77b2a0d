import type { Directive } from '../config/index.ts'
import type { ClientRequest, Model, Outcome, ServerChoice } from '../effective/index.ts'
import type { Place } from '../lint/problem.ts'
import type { RegisteredRule } from '../lint/rule.ts'
import { decodeForDisplay, headText } from '../syntax/index.ts'
import type { SocketUrl } from './socket-url.ts'

/** Something that speaks for a verdict, or against it. */
export interface Reason {
  readonly text: string
  readonly ruleId?: string | undefined
  readonly at?: Directive | Place | undefined
  /** Whether `--fix` cures it. */
  readonly isFixable?: boolean
}

/** What a verdict is to be found on. */
export interface Case {
  readonly model: Model
  readonly url: SocketUrl
  readonly request: ClientRequest
  readonly outcome: Outcome
  /** What looks for files, where it is taken that there are none. */
  readonly withoutFiles: Directive | undefined
  /** The server that clients by IPv6 get, where it is another. */
  readonly byIpv6: ServerChoice | undefined
  readonly rules: readonly RegisteredRule[]
  /** Why nginx does not even start. */
  readonly refusals: readonly Reason[]
}

/** A directive as messages quote it. */
export function written(directive: Directive): string {
  return decodeForDisplay(headText(directive.statement))
}
