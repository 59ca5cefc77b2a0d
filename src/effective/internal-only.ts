import type { Directive } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { isKnownDirective } from '../nginx/directives.ts'
import { inherited } from './inheritance.ts'
import type { Model } from './model.ts'
import type { Scope } from './scope.ts'
import { isSetAround } from './set-around.ts'

/**
 * The `internal` of a location to which nothing leads from inside of nginx: no request ever comes there, and each from outside gets 404
 * (ngx_http_core_find_config_phase).
 */
export function closingInternal(scope: Scope, model: Model): Directive | undefined {
  if (!isSetAround('internal', scope, model)) return undefined
  const { location, server } = scope
  const directive = location && internalOf(location)
  // What http holds, and other files, may well lead there.
  if (!directive || !server?.directive || server.parent?.isAssumed) return undefined
  return mayLeadInside(server) || (server.parent && hasLeading(server.parent)) ? undefined : directive
}

function internalOf(scope: Scope): Directive | undefined {
  return inherited(scope, 'internal').directives.at(-1)
}

/** What may have nginx look for a location by itself. The backend of another location may answer with `X-Accel-Redirect`. */
const LEADING =
  /^(?:error_page|rewrite|try_files|index|random_index|auth_request|mirror|ssi|add_(?:before|after)_body|post_action|perl|js_\w+|\w+_by_lua\w*|\w+_pass)$/

const hasLeading: (scope: Scope) => boolean = memoize(
  ({ content, unresolved }: Scope) =>
    unresolved.length > 0 || content.some(({ name }) => LEADING.test(name) || !isKnownDirective(name)),
)

/** Whether something outside of internal locations may. */
const mayLeadInside: (server: Scope) => boolean = memoize((server: Scope) => {
  for (const scope of server.inwards())
    if (!(scope.location && internalOf(scope.location)) && hasLeading(scope)) return true
  return false
})
