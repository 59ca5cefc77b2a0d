import { type Directive, judgedByName } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { earlyAnswer, MAY_END_REWRITING, REWRITING } from './early-answer.ts'
import { type ErrorPage, findErrorPage } from './error-page.ts'
import { judgeRows } from './handshake-rows.ts'
import { inherited, setting } from './inheritance.ts'
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
export function isLedOn(answer: Directive, scope: Scope, model: Model): boolean {
  return wayFromReturn(answer, scope, model) !== undefined
}

/** Whether no handshake gets to the backend of a scope, since all are led on to another one: its lines are for other requests. */
export function areHandshakesLedOn(scope: Scope, model: Model): boolean {
  return wayOn(scope, model) !== undefined
}

/** What makes the client see another status than the 101 of the backend. */
export interface KeptStatus {
  /** The `error_page` that led the handshake on. */
  readonly directive: Directive
  readonly status: number
}

/**
 * The status of all answers to handshakes that an `error_page` led to a scope: without a bare `=` it is not that of the new answer
 * (ngx_http_send_error_page).
 */
export function keptStatus(scope: Scope, model: Model): KeptStatus | undefined {
  return keptStatuses(model).get(scope)
}

const keptStatuses = memoize((model: Model): ReadonlyMap<Scope, KeptStatus> => {
  const keeping = judgedByName('error_page', model.configuration, ({ values }) => {
    return (/^[@/]/.test(values.at(-1) ?? '') && values.at(-2) !== '=') || undefined
  })
  const found = new Map<Scope, KeptStatus>()
  if (keeping.size === 0) return found
  for (const scope of model.scopes) {
    const way = wayOn(scope, model)
    if (!way || !keeping.has(way.page.directive)) continue
    const { directive, change = way.status } = way.page
    if (change !== SWITCHING_PROTOCOLS) found.set(way.goal, { directive, status: change })
  }
  return found
})

const SWITCHING_PROTOCOLS = 101

/** An `error_page`, and the location to which it leads handshakes on. */
interface Way {
  readonly page: ErrorPage
  /** Which it is for. */
  readonly status: number
  readonly goal: Scope
}

/** The way on of all handshakes that come to a scope: from a `return`, or from the refusal of a backend that got none. */
function wayOn(scope: Scope, model: Model): Way | undefined {
  const answer = earlyAnswer(scope, model)
  return answer ? wayFromReturn(answer, scope, model) : wayFromRefusal(scope, model)
}

function wayFromReturn({ name, values, parent }: Directive, scope: Scope, model: Model): Way | undefined {
  const { server } = scope
  if (name !== 'return' || !server) return undefined
  const level = parent?.name === 'if' ? parent.parent : parent
  // A server answers before a location is chosen.
  return wayBy(Number(values[0]), level === server.directive ? server : scope, scope, model)
}

/** The `error_page` by which another location answers handshakes 101 that the backend of a scope refuses. */
export function pageForRefusal(scope: Scope, model: Model): Directive | undefined {
  const { page } = wayFromRefusal(scope, model) ?? {}
  return page && (page.change === 0 || page.change === SWITCHING_PROTOCOLS) ? page.directive : undefined
}

/** What servers answer a handshake with whose `Upgrade` did not reach them. */
const REFUSALS = [426, 400]

function wayFromRefusal(scope: Scope, model: Model): Way | undefined {
  if (setting(scope, 'proxy_intercept_errors').value !== 'on' || scope.own('proxy_pass').length === 0) return undefined
  if (scope.unresolved.length > 0 || scope.own('rewrite').length > 0 || !losesHeaders(scope, model)) return undefined
  for (const status of REFUSALS) {
    const way = wayBy(status, scope, scope, model)
    if (way) return way
  }
  return undefined
}

function wayBy(status: number, level: Scope, from: Scope, model: Model): Way | undefined {
  const page = findErrorPage(level, status)
  const { server } = from
  if (!page || !server) return undefined
  const goal = page.target.startsWith('@') ? namedIn(server).get(page.target) : pathGoal(server, page.target)
  return goal !== undefined && goal !== from && sendsHandshakes(goal, model) ? { page, status, goal } : undefined
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

/** Whether the backend gets handshakes without one of the two headers, and refuses them. */
function losesHeaders(scope: Scope, model: Model): boolean {
  const { upgrade, connection } = judgeRows(inherited(scope, 'proxy_set_header').directives, model)
  return [upgrade, connection].some(({ state }) => state !== 'good' && state !== 'unknown')
}

function sendsHandshakes(location: Scope, model: Model): boolean {
  if (location.unresolved.length > 0 || location.own('rewrite').length > 0) return true
  const { state } = judgeRows(inherited(location, 'proxy_set_header').directives, model).upgrade
  return location.own('proxy_pass').length > 0 && (state === 'good' || state === 'unknown')
}
