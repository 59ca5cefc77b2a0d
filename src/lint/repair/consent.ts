import type { Directive } from '../../config/index.ts'
import { memoize } from '../../config/memoize.ts'
import { isDenied, type Model, type Scope, tells, type WebSocketLocation } from '../../effective/index.ts'
import type { Statement } from '../../syntax/index.ts'
import type { Subject } from '../rule.ts'
import { droppedWithin, reachOf } from './reach.ts'

/** A state that all locations must share which an edit reaches. */
export interface Want {
  readonly what: 'version' | 'upgrade' | 'connection'
  readonly state: string
}

/** Whether all that a directive of this name reaches from the block of `sibling` is meant for WebSockets and lacks the same. */
export function allWant(sibling: Directive, name: string, want: Want, subject: Subject): boolean {
  const key = `${name} ${want.what} ${want.state}`
  const verdicts = verdictsOf(subject.webSockets).get(key) ?? new Map<Statement, boolean>()
  verdictsOf(subject.webSockets).set(key, verdicts)
  const known = verdicts.get(sibling.statement)
  if (known !== undefined) return known
  const byScope = webSocketsByScope(subject.webSockets)
  const verdict = reachOf(sibling, name, subject.model).every((scope) => {
    const other = byScope.get(scope)
    return other?.evidence.isCertain === true && other.handshake[want.what].state === want.state
  })
  verdicts.set(sibling.statement, verdict)
  return verdict
}

/**
 * Whether the rows of a handshake, beside a row of an outer level, would look as if other locations had lost them: those that
 * drop the rows of that level for their own, and have nothing to do with WebSockets.
 */
export function wouldSeemLost(sibling: Directive, subject: Subject): boolean {
  const { model, webSockets } = subject
  const known = seemingsOf(webSockets)
  let answer = known.get(sibling.statement)
  if (answer === undefined) {
    answer = model.instancesOf(sibling).some((instance) => {
      const level = model.scopeOf(instance.parent)
      return level !== undefined && !tells(level, model) && hasStrangers(level, webSockets, model)
    })
    known.set(sibling.statement, answer)
  }
  return answer
}

const seemingsOf = memoize((_: readonly WebSocketLocation[]) => new Map<Statement, boolean>())

function hasStrangers(level: Scope, webSockets: readonly WebSocketLocation[], model: Model): boolean {
  const known = strangersKnown(webSockets)
  let answer = known.get(level)
  if (answer === undefined) {
    const byScope = webSocketsByScope(webSockets)
    answer = droppedWithin(level, 'proxy_set_header').some((scope) => !byScope.has(scope) && !isDenied(scope, model))
    known.set(level, answer)
  }
  return answer
}

const strangersKnown = memoize((_: readonly WebSocketLocation[]) => new Map<Scope, boolean>())

/**
 * What is remembered goes with the locations, which all rules of a run share; each has a subject of its own. And it goes by the statement:
 * a snippet may be included thousands of times, and all of its places are looked at for each of them.
 */
const verdictsOf = memoize((_: readonly WebSocketLocation[]) => new Map<string, Map<Statement, boolean>>())

export const webSocketsByScope = memoize(
  (webSockets: readonly WebSocketLocation[]): ReadonlyMap<Scope, WebSocketLocation> =>
    new Map(webSockets.map((location) => [location.scope, location])),
)
