import type { Directive } from '../config/index.ts'
import type { Scope } from './scope.ts'

/**
 * The `limit_except` of a location that takes over a request of this method, so that its settings hold in place of the
 * location's (ngx_http_update_location_config). GET includes HEAD (ngx_http_core_limit_except).
 */
export function limitFor(location: Scope, method: string): Scope | undefined {
  const limit = location.children.find((child) => child.kind === 'limit_except')
  return limit?.directive && !allowsMethod(limit.directive, method) ? limit : undefined
}

/** Methods that nginx knows; others have no bit of their own and are limited by none (ngx_methods_names). */
const METHODS: ReadonlySet<string> = new Set(
  'GET HEAD POST PUT DELETE MKCOL COPY MOVE OPTIONS PROPFIND PROPPATCH LOCK UNLOCK PATCH'.split(' '),
)

function allowsMethod(limit: Directive, method: string): boolean {
  const allowed = new Set(limit.arguments.map(({ value }) => value.toUpperCase()))
  if (allowed.has('GET')) allowed.add('HEAD')
  return allowed.has(method) || isUnlimited(method)
}

function isUnlimited(method: string): boolean {
  return !METHODS.has(method) && method !== 'TRACE' && method !== 'CONNECT'
}
