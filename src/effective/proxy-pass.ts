import { blocksWith, type Configuration, type Directive } from '../config/index.ts'
import type { Scope } from './scope.ts'
import { variablesIn } from './template.ts'

/** What a `proxy_pass` says, taken apart as ngx_http_proxy_pass does. */
export interface ProxyTarget {
  readonly directive: Directive
  /** As written: `http`, `https`, or what nginx refuses, as `ws`. */
  readonly scheme: string
  /** Host and port, or the name of an upstream; may hold variables. */
  readonly authority: string
  /** The URI part, which replaces the location's path; undefined where there is none. */
  readonly uri: string | undefined
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
  const [, scheme = '', rest = ''] = /^(?:([A-Za-z][\w+.-]*):\/\/)?(.*)$/s.exec(url) as RegExpExecArray
  const hasVariables = variablesIn(url).length > 0
  // `http://unix:/run/app.sock:/uri` has its URI after the second colon.
  const socket = /^(unix:[^:]*):?(.*)$/s.exec(rest)
  if (socket) return { directive, scheme, authority: socket[1] as string, uri: socket[2] || undefined, hasVariables }
  const slash = rest.search(/[/?]/)
  const authority = slash === -1 ? rest : rest.slice(0, slash)
  return { directive, scheme, authority, uri: slash === -1 ? undefined : rest.slice(slash), hasVariables }
}

/** Those of some scopes that hand requests to a proxy by a `proxy_pass` of their own. */
export function proxyingScopes(scopes: readonly Scope[], configuration: Configuration): Scope[] {
  const blocks = blocksWith('proxy_pass', configuration)
  // Levels around a fragment have no block, and but one of them holds what is at its top.
  return scopes.filter(
    (scope) => blocks.has(scope.directive) && (scope.directive || scope.own('proxy_pass').length > 0),
  )
}
