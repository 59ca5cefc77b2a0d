import { groupBy } from '../config/group-by.ts'
import { type Directive, inventoryOf } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { earlyAnswer, isMetBy } from './early-answer.ts'
import { locationPattern } from './location.ts'
import type { Model } from './model.ts'
import type { Scope } from './scope.ts'

/** Whether ordinary requests never get to the backend of a scope: they are answered before, or nothing leads them there. */
export function isClosedToOthers(scope: Scope, model: Model): boolean {
  if (earlyAnswer(scope, model, 'ordinary')) return true
  const directive = scope.location?.directive
  if (!directive) return false
  const { match, path } = locationPattern(directive)
  return match === 'named' && isForHandshakes(path, model)
}

/**
 * Whether all that leads to a name is an `error_page` for statuses that no request has but those that an `if` picks as
 * handshakes: `error_page 418 = @ws; if ($http_upgrade) { return 418; }`.
 */
function isForHandshakes(name: string, model: Model): boolean {
  const { pages, others } = jumpsIn(model)
  const own = pages.get(name) ?? []
  if (own.length === 0 || others.has(name)) return false
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
  return {
    pages: groupBy(named('error_page'), last),
    others: new Set(named('try_files').map(last)),
    returns: named('return'),
  }
})
