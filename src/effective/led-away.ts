import type { Directive } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { earlyAnswer, MAY_END_REWRITING, REWRITING } from './early-answer.ts'
import { findErrorPage } from './error-page.ts'
import { judgeRows } from './handshake-rows.ts'
import { inherited } from './inheritance.ts'
import { locationPattern } from './location.ts'
import type { Model } from './model.ts'
import { patternOf } from './pattern.ts'
import { findLocation } from './routing.ts'
import type { Scope } from './scope.ts'
import { fillTemplate } from './template.ts'

/** A `rewrite`, and the location that it leads to; undefined for the server itself. */
export interface Departure {
  readonly directive: Directive
  readonly to: Scope | undefined
}

/**
 * The `rewrite` of a proxying location that has nginx look for a location anew (ngx_http_core_post_rewrite_phase), where that is
 * another one, which sends no handshake on. So it is without `break`.
 */
export function departure(scope: Scope, model: Model): Departure | undefined {
  const { location, server } = scope
  if (location !== scope || !server || scope.unresolved.length > 0 || server.unresolved.length > 0) return undefined
  const directive = lastRewrite(scope)
  if (!directive) return undefined
  const goals = samplePaths(scope).map((path) => goalOf(directive, path, server))
  const [first] = goals
  if (!first || !goals.every((goal) => goal && goal.to === first.to && goal.to !== scope)) return undefined
  return first.to && sendsHandshakes(first.to, model) ? undefined : { directive, to: first.to }
}

/** A `rewrite` without a flag that ends the location's own, or one with `last`, which every request comes to. */
function lastRewrite(scope: Scope): Directive | undefined {
  if (scope.own('rewrite').length === 0) return undefined
  const ending = scope
    .among(REWRITING)
    .filter((one) => (one.block ? one.block.among(MAY_END_REWRITING).length > 0 : one.name !== 'include'))
  const [first] = ending
  const flag = first?.name === 'rewrite' ? (first.argument(2) ?? '') : undefined
  return flag === 'last' || (flag === '' && ending.length === 1) ? first : undefined
}

/** Paths that the location answers, which a `rewrite` for all of them matches; none of a regex. */
function samplePaths({ directive }: Scope): string[] {
  if (!directive) return []
  const { match, path } = locationPattern(directive)
  if (match === 'exact') return [path]
  if (match !== 'prefix' && match !== 'prefix-first') return []
  return ['', 'x', 'x/y'].map((rest) => (path.endsWith('/') || rest === '' ? path + rest : `${path}/${rest}`))
}

function goalOf({ values }: Directive, path: string, server: Scope): { readonly to: Scope | undefined } | undefined {
  const [regex = '', replacement = ''] = values
  const match = patternOf(regex, false).match(path)
  const goal =
    match && fillTemplate(replacement, (name) => (/^\d$/.test(name) ? match.groups[Number(name)] : undefined))
  if (!goal?.startsWith('/')) return undefined
  const { location, doubts } = findLocation(server, goal.replace(/\?.*/s, ''))
  return doubts.length > 0 ? undefined : { to: location }
}

/**
 * Whether a `return` gives a status whose `error_page` leads the handshake on to a location that sends it to a backend:
 * `error_page 418 = @ws; return 418;`.
 */
export function isLedOn({ name, values, parent }: Directive, scope: Scope, model: Model): boolean {
  const { server } = scope
  if (name !== 'return' || !server) return false
  const level = parent?.name === 'if' ? parent.parent : parent
  // A server answers before a location is chosen.
  const { target } = findErrorPage(level === server.directive ? server : scope, Number(values[0])) ?? {}
  if (target === undefined) return false
  const goal = target.startsWith('@') ? namedIn(server).get(target) : pathGoal(server, target)
  return goal !== undefined && goal !== scope && sendsHandshakes(goal, model)
}

/** Whether no handshake gets to the backend of a scope, since all are led on to another one: its lines are for other requests. */
export function areHandshakesLedOn(scope: Scope, model: Model): boolean {
  const answer = earlyAnswer(scope, model)
  return answer !== undefined && isLedOn(answer, scope, model)
}

/** The named locations of a server: thousands may ask for them. */
const namedIn = memoize(
  (server: Scope): ReadonlyMap<string, Scope> =>
    new Map(
      server.children.flatMap((one) => (one.kind === 'location' ? [[one.directive?.argument(0) ?? '', one]] : [])),
    ),
)

function pathGoal(server: Scope, target: string): Scope | undefined {
  if (!target.startsWith('/') || target.includes('$')) return undefined
  const { location, doubts } = findLocation(server, target.replace(/\?.*/s, ''))
  return doubts.length > 0 ? undefined : location
}

function sendsHandshakes(location: Scope, model: Model): boolean {
  if (location.unresolved.length > 0 || location.own('rewrite').length > 0) return true
  const { state } = judgeRows(inherited(location, 'proxy_set_header').directives, model).upgrade
  return location.own('proxy_pass').length > 0 && (state === 'good' || state === 'unknown')
}
