import { locationPattern, matchPath, type Scope, type WebSocketLocation } from '../../src/effective/index.ts'
import { findLocation } from '../../src/effective/routing.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { because, locationLine } from '../../src/lint/wording.ts'
import { decodeForDisplay } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'A handshake to the path without its last slash gets a redirect, which WebSocket clients do not follow',
  severity: 'info',
  fix: null,
  see: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',

  eachWebSocketLocation(location, report) {
    const path = redirectedPath(location)
    if (path === undefined || location.endpoint?.endpoint?.trailingSlash || !location.evidence.isCertain) return
    const slashed = decodeForDisplay(path)
    const bare = slashed.slice(0, -1)
    report({
      at: locationLine(location),
      message: `a handshake to ${bare} gets a 301 to ${slashed}, and WebSocket clients follow no redirect: have clients ask for ${slashed}, or add a "location = ${bare}" that proxies too ${because(location)}`,
    })
  },
})

/** The path of a location to which nginx leads requests that lack its last slash; undefined where it does not. */
function redirectedPath({ scope }: WebSocketLocation): string | undefined {
  const { server, directive } = scope
  if (!directive || !server || isOpen(scope, server)) return undefined
  const { path, match } = locationPattern(directive)
  if (match.startsWith('regex') || !path.endsWith('/') || !path.startsWith('/')) return undefined
  const { isSlashRedirect, location } = findLocation(server, path.slice(0, -1))
  return isSlashRedirect && location === scope && isEndpoint(path) ? path : undefined
}

/** Whether there may be locations that nobody read, or a rewrite of the server that comes before them. */
function isOpen(scope: Scope, server: Scope): boolean {
  const outer = [...scope.outwards()].slice(1)
  return server.isAssumed || server.own('rewrite').length > 0 || outer.some((level) => level.unresolved.length > 0)
}

/** Below `/api/live/` or `/chat/` there may be an endpoint; that they are one themselves nothing shows. */
function isEndpoint(path: string): boolean {
  return matchPath(path) !== undefined
}
