import { locationPattern, type Scope, type WebSocketLocation } from '../../src/effective/index.ts'
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
  const server = scope.server
  if (scope.kind !== 'location' || !scope.directive || !server || isOpen(scope, server)) return undefined
  const { match, path } = locationPattern(scope.directive)
  const isPrefix = match === 'prefix' || match === 'prefix-first'
  // A rewrite of the server comes first, and nobody knows where to.
  if (!isPrefix || path === '/' || !path.endsWith('/') || server.own('rewrite').length > 0) return undefined
  return [...server.inwards()].some((other) => takes(other, path.slice(0, -1))) ? undefined : path
}

/** Whether there may be locations that nobody read. */
function isOpen(scope: Scope, server: Scope): boolean {
  return server.isAssumed || [...scope.outwards()].slice(1).some((level) => level.unresolved.length > 0)
}

function takes({ kind, directive }: Scope, bare: string): boolean {
  if (kind !== 'location' || !directive) return false
  const { match, path } = locationPattern(directive)
  return path === bare && (match === 'exact' || match === 'prefix' || match === 'prefix-first')
}
