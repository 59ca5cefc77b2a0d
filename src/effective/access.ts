import type { Directive } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { setting } from './inheritance.ts'
import type { Model } from './model.ts'
import { headerValue } from './request.ts'
import type { RequestState } from './request-state.ts'
import type { Scope } from './scope.ts'
import { isSetAround } from './set-around.ts'

/** What the access phase says to a request. */
export type Access =
  | { readonly kind: 'granted' }
  | { readonly kind: 'refused'; readonly status: 401 | 403; readonly by: Directive }
  /** It depends on who asks. */
  | { readonly kind: 'depends'; readonly on: Directive }

const GRANTED: Access = { kind: 'granted' }

/** What one module of the phase says; undefined where it has nothing to say (NGX_DECLINED). */
type Say = Access | undefined

/**
 * `allow`, `deny`, `auth_basic` and `auth_request`, as far as the client's address does not matter
 * (ngx_http_core_access_phase, with `satisfy`).
 */
export function checkAccess(scope: Scope, state: RequestState): Access {
  const says = [byAddress(scope), byPassword(scope, state), bySubrequest(scope)].filter((say) => say !== undefined)
  const refused = says.find((say) => say.kind === 'refused')
  const depends = says.find((say) => say.kind === 'depends')
  if (setting(scope, 'satisfy').value !== 'any') return refused ?? depends ?? GRANTED
  if (says.some((say) => say.kind === 'granted')) return GRANTED
  // A 401 goes before a 403.
  return depends ?? says.find((say) => say.kind === 'refused' && say.status === 401) ?? refused ?? GRANTED
}

/** The `deny all` that turns away everybody; undefined where somebody may come in, or a file that nobody read may let them. */
export function denyingRow(scope: Scope, model: Model): Directive | undefined {
  if (!isSetAround('deny', scope, model)) return undefined
  const levels = [...scope.outwards()]
  const own = levels.findIndex((level) => ownAccessRows(level).length > 0)
  if (own === -1 || levels.slice(0, own + 1).some(({ unresolved }) => unresolved.length > 0)) return undefined
  const said = setting(scope, 'satisfy').value === 'any' ? undefined : byAddress(scope)
  return said?.kind === 'refused' ? said.by : undefined
}

/** The first row that fits decides (ngx_http_access_inet); rows of `allow` and `deny` are inherited together. */
function byAddress(scope: Scope): Say {
  const rows = accessRows(scope)
  const unknown = rows.findIndex((row) => row.argument(0) !== 'all')
  const all = rows.findIndex((row) => row.argument(0) === 'all')
  if (all === -1) return rows[0] && { kind: 'depends', on: rows[0] }
  const decisive = rows[all] as Directive
  // Rows before it do not matter where they say the same.
  const isCertain = unknown === -1 || rows.slice(0, all).every((row) => row.name === decisive.name)
  if (!isCertain) return { kind: 'depends', on: rows[unknown] as Directive }
  return decisive.name === 'allow' ? GRANTED : { kind: 'refused', status: 403, by: decisive }
}

function accessRows(scope: Scope): readonly Directive[] {
  for (const level of scope.outwards()) {
    const rows = ownAccessRows(level)
    if (rows.length > 0) return rows
  }
  return []
}

const ownAccessRows = memoize((scope: Scope): readonly Directive[] => scope.among(ACCESS))

const ACCESS: ReadonlySet<string> = new Set(['allow', 'deny'])

/** ngx_http_auth_basic_handler */
function byPassword(scope: Scope, state: RequestState): Say {
  const { directive } = setting(scope, 'auth_basic')
  if (!directive || !setting(scope, 'auth_basic_user_file').directive) return undefined
  const realm = state.evaluate(directive.argument(0) ?? '')
  if (realm === 'off') return undefined
  if (realm === undefined || headerValue(state.request.headers, 'Authorization') !== '')
    return { kind: 'depends', on: directive }
  return { kind: 'refused', status: 401, by: directive }
}

function bySubrequest(scope: Scope): Say {
  const { directive, value } = setting(scope, 'auth_request')
  return directive && value !== 'off' ? { kind: 'depends', on: directive } : undefined
}
