import { blocksWith, type Directive } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { holds, readCondition } from './condition.ts'
import { locationPattern } from './location.ts'
import type { Model } from './model.ts'
import { type BothValues, evaluateBoth } from './row-values.ts'
import type { Scope } from './scope.ts'

/** Of what all are asked: all handshakes, or all other requests. */
export type Requests = keyof BothValues

/**
 * The `return` of a location or its server, or the like, that answers all such requests: the rewrite phase comes before any
 * proxying.
 */
export function earlyAnswer(scope: Scope, model: Model, requests: Requests = 'handshake'): Directive | undefined {
  const { location, server } = scope
  const levels = [scope, location === scope ? undefined : location, server]
  for (const level of levels) {
    const directive = level && certainAnswer(level, model, requests)
    if (directive) return directive
  }
  return undefined
}

/** Directives that may end the rewriting of a request. */
export const MAY_END_REWRITING: ReadonlySet<string> = new Set(['rewrite', 'break', 'return', 'include'])
export const REWRITING: ReadonlySet<string> = new Set([...MAY_END_REWRITING, 'if'])

function certainAnswer(level: Scope, model: Model, requests: Requests): Directive | undefined {
  if (!mayAnswer(model).has(level.directive)) return undefined
  const known = answersKnown(model)[requests]
  const end = known.has(level) ? known.get(level) : endOf(level, level, model, requests)
  known.set(level, end)
  return end === 'open' ? undefined : end
}

/** The blocks that have a line to look at, as few do; undefined for the top. */
const mayAnswer = memoize(({ configuration }: Model): ReadonlySet<Directive | undefined> => {
  const having = ['return', 'rewrite', 'if'].flatMap((name) => [...blocksWith(name, configuration)])
  return new Set(having)
})

/** Of a server all its locations ask. */
const answersKnown = memoize((_model: Model) => ({ handshake: new Map<Scope, End>(), ordinary: new Map<Scope, End>() }))

type End = Directive | 'open' | undefined

/** The block that holds directives, and all that is asked of it. */
interface Rewriting {
  among(names: ReadonlySet<string>): readonly Directive[]
}

/**
 * The `return`, or the `rewrite` that redirects, which all such requests meet; `open` where something before it may lead some
 * of them past it.
 */
function endOf(block: Rewriting, level: Scope, model: Model, requests: Requests): End {
  for (const directive of block.among(REWRITING)) {
    if (directive.name === 'return' || redirectsAll(directive, level)) return directive
    if (directive.name === 'include' ? directive.unresolved : MAY_END_REWRITING.has(directive.name)) return 'open'
    if (!directive.block || directive.block.among(MAY_END_REWRITING).length === 0) continue
    const isMet = isMetBy(requests, directive, model)
    if (isMet === undefined) return 'open'
    const end = isMet ? endOf(directive.block, level, model, requests) : undefined
    if (end) return end
  }
  return undefined
}

/**
 * Whether all such requests meet the condition of an `if`, or none; undefined where it is some, or nobody knows.
 * @param evaluate what a text is in all of them
 */
export function isMetBy(
  requests: Requests,
  directive: Directive,
  model: Model,
  evaluate = (text: string) => evaluateBoth(text, model)[requests],
): boolean | undefined {
  const condition = readCondition(directive)
  // Handshakes are GET requests, others are of all kinds.
  if (requests === 'ordinary' && directive.values.some((word) => word.includes('request_method'))) return undefined
  const request = { value: (name: string) => evaluate(`$${name}`), captures: undefined, capture: () => {} }
  return condition && holds(condition, request, 'unknown', evaluate)
}

/** Whether a `rewrite` redirects all requests of its level: its regex is the start of the location's path, and takes the rest. */
function redirectsAll({ name, values }: Directive, { kind, directive }: Scope): boolean {
  const [regex = '', replacement = '', flag] = values
  if (name !== 'rewrite') return false
  if (flag !== 'redirect' && flag !== 'permanent' && !/^(?:https?:\/\/|\$scheme)/.test(replacement)) return false
  const [, start] = /^\^([\w/-]*)(?:\(\.\*\)\$?|\.\*\$?)?$/.exec(regex) ?? []
  if (start === undefined) return false
  if (kind !== 'location' || !directive) return start === '' || start === '/'
  const { match, path } = locationPattern(directive)
  return (match === 'prefix' || match === 'prefix-first' || match === 'exact') && path.startsWith(start)
}
