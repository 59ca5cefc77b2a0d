import { locationPattern, matchPath, type WebSocketLocation } from '../../src/effective/index.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { because, locationLine, relatedDirective } from '../../src/lint/wording.ts'
import { decodeForDisplay } from '../../src/syntax/index.ts'

/**
 * Their documentation has the proxy take the path away (Nextcloud, Frigate, Supabase), or their backends take a handshake
 * at any path (websockify; Mosquitto, which many have behind /mqtt).
 */
const ANY_PATH: ReadonlySet<string> = new Set([
  'Nextcloud Client Push',
  'Nextcloud Talk signaling server',
  'Frigate',
  'Supabase Realtime',
  'noVNC',
  'EMQX',
])

export default defineRule({
  summary: 'The URI of `proxy_pass` makes another path of the one that a handshake asks for',
  severity: 'warn',
  fix: 'unsafe', // who asks for the location's own path gets it with a slash from then on
  see: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',

  eachWebSocketLocation(location, report) {
    const { directive, scheme, authority, uri, hasVariables } = location.handshake.target
    const path = prefixOf(location)
    if (path === undefined || uri === undefined || hasVariables || isRewritten(location)) return
    const own = matchPath(path)
    if (own?.endpoint && ANY_PATH.has(own.endpoint.product)) return
    if (lacksSlash(path, uri, location)) {
      const word = directive.statement.words[1]
      const end = word && word.start + word.raw.lastIndexOf(uri) + uri.length
      const shown = decodeForDisplay(path)
      const wanted = decodeForDisplay(`${scheme}://${authority}${uri}/`)
      report({
        at: directive,
        message: `the backend gets the handshake to ${shown}x as ${decodeForDisplay(uri)}x, as ${shown} ends with a slash and the URI of proxy_pass does not: write "proxy_pass ${wanted};", unless clients ask for ${shown} alone ${because(location)}`,
        related: [relatedDirective(locationLine(location), 'the path that is replaced')],
        edits: end && word.raw.includes(uri) ? [{ file: directive.file, edit: { start: end, end, text: '/' } }] : [],
      })
      return
    }
    if (!own?.endpoint) return
    if (matchPath(uri)?.endpoint === own.endpoint) return
    const kept = path.slice(Math.max(0, path.toLowerCase().indexOf(own.matched)))
    const wanted = decodeForDisplay(`${scheme}://${authority}${kept === path ? '' : kept}`)
    report({
      at: directive,
      message: `the backend gets the handshake to ${decodeForDisplay(path)} as ${decodeForDisplay(uri)}, and ${own.endpoint.product} answers at ${own.matched}: write "proxy_pass ${wanted};" ${because(location)}`,
      related: [relatedDirective(locationLine(location), 'the path that is replaced')],
    })
  },
})

/** Whether a path that ends with a slash is replaced by one that ends with a letter, to which the rest of the path is joined. */
function lacksSlash(path: string, uri: string, { scope }: WebSocketLocation): boolean {
  const isExact = scope.location?.directive?.argument(0) === '='
  return !isExact && path.endsWith('/') && /^[^?#]*\w$/.test(uri)
}

/** The path that the URI replaces; for regexes nginx takes no URI at all. */
function prefixOf({ scope }: WebSocketLocation): string | undefined {
  const directive = scope.location?.directive
  const { match, path } = directive ? locationPattern(directive) : { match: 'named', path: '' }
  return match === 'prefix' || match === 'prefix-first' || match === 'exact' ? path : undefined
}

/** After a rewrite the URI of proxy_pass counts for nothing. */
function isRewritten({ scope }: WebSocketLocation): boolean {
  return [...scope.outwards()].some((level) => level.own('rewrite').length > 0 || level.unresolved.length > 0)
}
