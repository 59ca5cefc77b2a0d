import { blocksWith, type Configuration, type Directive } from '../config/index.ts'
import { splitUrl, type UrlParts } from './proxy-url.ts'
import type { Scope } from './scope.ts'
import { variablesIn } from './template.ts'

/** What a `proxy_pass` says. Its URI, where it has one, replaces the location's path; its authority may hold variables. */
export interface ProxyTarget extends UrlParts {
  readonly directive: Directive
  readonly hasVariables: boolean
}

/**
 * The `proxy_pass` that serves requests of a scope: its own, or for `if` and `limit_except`, which share their
 * location's handler (ngx_http_proxy_merge_loc_conf), that of the location. It is not inherited by locations.
 */
export function proxyTarget(scope: Scope): ProxyTarget | undefined {
  for (const level of scope.outwards()) {
    const directive = level.own('proxy_pass').at(-1)
    if (directive) return readProxyPass(directive)
    if (level.kind !== 'if' && level.kind !== 'limit_except') return undefined
  }
  return undefined
}

export function readProxyPass(directive: Directive): ProxyTarget {
  const url = directive.argument(0) ?? ''
  return { directive, ...splitUrl(url), hasVariables: variablesIn(url).length > 0 }
}

/** Those of some scopes that hand requests on by a directive of their own, `proxy_pass` or one of its like. */
export function scopesThatPass(name: string, scopes: readonly Scope[], configuration: Configuration): Scope[] {
  const blocks = blocksWith(name, configuration)
  // Levels around a fragment have no block, and but one of them holds what is at its top.
  return scopes.filter((scope) => blocks.has(scope.directive) && (scope.directive || scope.own(name).length > 0))
}
