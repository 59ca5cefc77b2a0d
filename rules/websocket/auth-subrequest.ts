import { findLocation, type Scope, setting, type WebSocketLocation } from '../../src/effective/index.ts'
import { webSocketsByScope } from '../../src/lint/repair/consent.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { locationLine, locationName, relatedDirective } from '../../src/lint/wording.ts'
import { headText } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'The subrequest of an `auth_request` is a handshake itself, which its backend may answer with 101',
  severity: 'warn',
  fix: null,
  see: 'https://nginx.org/en/docs/http/ngx_http_auth_request_module.html',

  eachWebSocketLocation({ scope }, report, { webSockets }) {
    const { directive, value } = setting(scope, 'auth_request')
    const goal = directive && goalOf(value ?? '', scope)
    const asked = goal && webSocketsByScope(webSockets).get(goal)
    if (!asked || !getsHandshake(asked)) return
    const name = locationName(goal)
    report({
      at: directive,
      message: `"${headText(directive.statement)}" asks with the headers of the handshake, and where the backend of ${name} answers 101, as a Node server with WebSockets does at any path, nginx closes the connection: write "proxy_set_header Upgrade "";" and "proxy_set_header Connection "";" in ${name}, beside the rows that it needs`,
      related: [relatedDirective(locationLine(asked), 'the subrequest comes here')],
    })
  },
})

/** The location that the subrequest is for, where it is another one. */
function goalOf(uri: string, { server, location }: Scope): Scope | undefined {
  if (!server || !uri.startsWith('/') || uri.includes('$')) return undefined
  const { location: goal, doubts } = findLocation(server, uri.replace(/\?.*/s, ''))
  return doubts.length === 0 && goal !== location ? goal : undefined
}

function getsHandshake({ handshake: { upgrade, connection, version } }: WebSocketLocation): boolean {
  return [upgrade, connection, version].every(({ state, certainty }) => state === 'good' && certainty !== 'unresolved')
}
