import type { Directive } from '../../config/index.ts'
import { memoize } from '../../config/memoize.ts'
import type { Scope, WebSocketLocation } from '../../effective/index.ts'
import type { Subject } from '../rule.ts'
import { reachOf } from './reach.ts'

/** A state that all locations must share which an edit reaches. */
export interface Want {
  readonly what: 'version' | 'upgrade' | 'connection'
  readonly state: string
}

/** Whether all that a directive of this name reaches from the block of `sibling` is meant for WebSockets and lacks the same. */
export function allWant(sibling: Directive, name: string, want: Want, subject: Subject): boolean {
  const key = `${name} ${want.what} ${want.state}`
  const verdicts = verdictsOf(subject.webSockets).get(key) ?? new WeakMap<Directive, boolean>()
  verdictsOf(subject.webSockets).set(key, verdicts)
  const known = verdicts.get(sibling)
  if (known !== undefined) return known
  const byScope = webSocketsByScope(subject.webSockets)
  const verdict = reachOf(sibling, name, subject.model).every((scope) => {
    const other = byScope.get(scope)
    return other?.evidence.isCertain === true && other.handshake[want.what].state === want.state
  })
  verdicts.set(sibling, verdict)
  return verdict
}

/** What is remembered goes with the locations, which all rules of a run share; each has a subject of its own. */
const verdictsOf = memoize((_: readonly WebSocketLocation[]) => new Map<string, WeakMap<Directive, boolean>>())

export const webSocketsByScope = memoize(
  (webSockets: readonly WebSocketLocation[]): ReadonlyMap<Scope, WebSocketLocation> =>
    new Map(webSockets.map((location) => [location.scope, location])),
)
