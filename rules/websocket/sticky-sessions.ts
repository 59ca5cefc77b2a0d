import type { Directive } from '../../src/config/index.ts'
import { memoize } from '../../src/config/memoize.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { because, locationLine, relatedDirective } from '../../src/lint/wording.ts'
import { decodeForDisplay } from '../../src/syntax/index.ts'

/** Ways to send a client to the server that it had before: nginx's own, and those of well-known modules. */
const STICKY = /^(?:ip_hash|hash|sticky.*|jvm_route|balancer_by_lua.*)$/

export default defineRule({
  summary: 'Requests of one Socket.IO or SockJS session reach different servers of an upstream',
  severity: 'warn',
  fix: null,
  see: 'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#ip_hash',

  eachWebSocketLocation(location, report, { model }) {
    const endpoint = location.endpoint?.endpoint
    const upstream = model.upstreams.get(location.handshake.target.authority)
    const count = endpoint?.stickySessions && upstream ? countOfTurns(upstream) : 0
    if (!endpoint || !upstream || count < 2) return
    const name = decodeForDisplay(upstream.argument(0) ?? '')
    report({
      at: upstream,
      message: `${endpoint.product} sends several requests per session, and the ${count} servers of "${name}" get them in turn: those that don't know the session refuse them; add "ip_hash;" (or "hash", "sticky"), unless clients use nothing but the WebSocket transport ${because(location)}`,
      related: [relatedDirective(locationLine(location), 'this location sends them there')],
    })
  },
})

/** How many servers take turns; none where clients are sent to the one that they had, or the upstream was not read as a whole. */
const countOfTurns = memoize((upstream: Directive) => {
  if (isPartial(upstream) || upstream.children?.some(({ name }) => STICKY.test(name))) return 0
  return upstream.named('server').filter(takesTurns).length
})

function isPartial(upstream: Directive): boolean {
  return upstream.named('include').some(({ unresolved }) => unresolved)
}

function takesTurns(server: Directive): boolean {
  return !server.arguments.some(({ value }) => value === 'backup' || value === 'down')
}
