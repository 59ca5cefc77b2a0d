import { groupBy } from '../config/group-by.ts'
import { type Directive, inventoryOf } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { earlyAnswer, isMetBy } from './early-answer.ts'
import { Leads } from './leads.ts'
import { locationPattern } from './location.ts'
import type { Model } from './model.ts'
import { evaluateBoth } from './row-values.ts'
import type { Scope } from './scope.ts'
import { isSetAround } from './set-around.ts'

/** Whether ordinary requests never get to the backend of a scope: they are answered before, or nothing leads them there. */
export function isClosedToOthers(scope: Scope, model: Model): boolean {
  if (earlyAnswer(scope, model, 'ordinary')) return true
  const directive = scope.location?.directive
  if (!directive) return false
  const { match, path } = locationPattern(directive)
  if (match === 'named') return isForHandshakes(path, model)
  const isPlain = match === 'exact' || match === 'prefix' || match === 'prefix-first'
  return isPlain && isInternalForHandshakes(path, scope, model)
}

/**
 * Whether a location is internal, and all that names a path of its own stands in an `if` for handshakes:
 * `if ($http_upgrade) { rewrite ^ /own last; }`. That a backend may answer with `X-Accel-Redirect` is left out of account.
 */
function isInternalForHandshakes(path: string, scope: Scope, model: Model): boolean {
  const { server } = scope
  if (!server || !isSetAround('internal', scope, model)) return false
  const levels = [server, ...(server.parent ? [server.parent] : [])].map((level) => leadsIn(level, model))
  const leading = levels.flatMap((leads) => leads.to(path))
  return leading.length > 0 && leading.every(({ isForHandshakes }) => isForHandshakes)
}

/** Those of a server and all within, or those of `http` by itself. */
function leadsIn(level: Scope, model: Model): Leads {
  const known = leadsKnown(model)
  const leads = known.get(level) ?? new Leads()
  if (known.has(level)) return leads
  known.set(level, leads)
  for (const scope of level.kind === 'http' ? [level] : level.inwards())
    for (const directive of scope.among(LEADING)) {
      const target = targetOf(directive)
      if (target !== undefined) leads.add(target, isBehind(directive, model))
    }
  return leads
}

const leadsKnown = memoize((_model: Model) => new Map<Scope, Leads>())

const LEADING: ReadonlySet<string> = new Set(['rewrite', 'error_page', 'try_files', 'auth_request', 'mirror'])

function targetOf({ name, values }: Directive): string | undefined {
  if (name !== 'rewrite') return values.at(-1)
  return /^(?:break|redirect|permanent)$/.test(values[2] ?? '') ? undefined : values[1]
}

function isBehind(directive: Directive, model: Model): boolean {
  if (directive.name !== 'error_page') return isBehindHandshakes(directive, model)
  return directive.values.every((value) => !/^\d+$/.test(value) || isGivenToHandshakes(model, value))
}

/**
 * Whether all that leads to a name is an `error_page` for statuses that no request has but those that an `if` picks as
 * handshakes: `error_page 418 = @ws; if ($http_upgrade) { return 418; }`. Or a `try_files` whose variable names it for handshakes
 * alone.
 */
function isForHandshakes(name: string, model: Model): boolean {
  const { pages, others, variables } = jumpsIn(model)
  const own = pages.get(name) ?? []
  if (others.has(name)) return false
  const chosen = variables.map((value) => evaluateBoth(value, model))
  if (chosen.some(({ ordinary }) => ordinary === undefined || ordinary === name)) return false
  if (own.length === 0 && !chosen.some(({ handshake }) => handshake === name)) return false
  const codes = own.flatMap(({ values }) => values.filter((value) => /^\d+$/.test(value)))
  return codes.every((code) => isGivenToHandshakes(model, code))
}

const isGivenToHandshakes = memoize((model: Model, code) => {
  const answers = jumpsIn(model).returns.filter((one) => one.argument(0) === code)
  return !GIVEN_BY_NGINX.test(code) && answers.length > 0 && answers.every((one) => isBehindHandshakes(one, model))
})

/** Statuses that nginx, or a backend, may well answer with. */
const GIVEN_BY_NGINX = /^(?:3\d\d|40\d|41[0-6]|42[1269]|431|444|49\d|50\d|511)$/

function isBehindHandshakes({ parent }: Directive, model: Model): boolean {
  return parent?.name === 'if' && isMetBy('ordinary', parent, model) === false
}

/** What may lead a request on: all of a configuration. */
const jumpsIn = memoize((model: Model) => {
  const { groups } = inventoryOf(model.configuration)
  const named = (...names: readonly string[]) =>
    groups.filter(({ name }) => names.includes(name)).flatMap((group) => group.directives)
  const last = ({ values }: Directive) => values.at(-1)
  const files = named('try_files').map(last)
  return {
    pages: groupBy(named('error_page'), last),
    others: new Set(files),
    variables: [...new Set(files)].filter((value) => value?.includes('$')) as string[],
    returns: named('return'),
  }
})
