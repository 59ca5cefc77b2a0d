import { repairHandshake } from '../../src/lint/repair/handshake-repair.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { because, doubt, locationLine, locationName, unlessSetOutside } from '../../src/lint/wording.ts'

export default defineRule({
  summary:
    'A WebSocket location asks its backend in another version than HTTP/1.1, the only one in which nginx can upgrade',
  severity: 'error',
  fix: 'safe',
  see: 'https://nginx.org/en/docs/http/websocket.html',

  eachWebSocketLocation(location, report, subject) {
    const { version } = location.handshake
    if (version.state === 'good' || version.certainty === 'unresolved' || !location.evidence.isCertain) return
    const repair = repairHandshake(location, subject)
    const name = locationName(location.scope)
    const wrong = version.state === 'wrong' ? version.directive : undefined
    const message = wrong
      ? `WebSocket handshakes to ${name} fail: ${reasonAgainst(version.value)}; write "proxy_http_version 1.1;"`
      : `nginx asks the backend of ${name} in HTTP/${version.value}, its default, which cannot be upgraded${unlessSetOutside(version.certainty)}: add "proxy_http_version 1.1;"`
    report({
      at: wrong ?? locationLine(location),
      message: `${message} ${because(location)}`,
      ...doubt(location, version.certainty),
      ...repair,
    })
  },
})

function reasonAgainst(version: string): string {
  if (version === '1.0') return 'HTTP/1.0 knows no upgrade'
  if (version === '2') return 'they cannot cross an HTTP/2 connection to the backend'
  return `nginx knows no "proxy_http_version ${version}"`
}
