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

function allowsMethod(limit: Directive, method: string): boolean {
  const allowed = new Set(limit.values.map((value) => value.toUpperCase()))
  if (allowed.has('GET')) allowed.add('HEAD')
  return allowed.has(method)
}
