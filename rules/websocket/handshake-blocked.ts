import type { Directive } from '../../src/config/index.ts'
import {
  inherited,
  isHostWithColon,
  type Obstacle,
  otherCase,
  type WebSocketLocation,
} from '../../src/effective/index.ts'
import { isAloneWithHeader, withoutColon } from '../../src/lint/header-colon.ts'
import { misspeltHeaderIn } from '../../src/lint/misspelt-header.ts'
import type { FileEdit } from '../../src/lint/problem.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { because, doubt, locationLine, relatedDirective } from '../../src/lint/wording.ts'
import { decodeForDisplay, headText, layout } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'A directive keeps the handshake, or what it needs, from the backend',
  severity: 'error',
  fix: 'safe',
  see: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass_request_headers',

  eachWebSocketLocation(location, report, { model }) {
    for (const obstacle of location.handshake.obstacles) {
      if (mayBeOverridden(obstacle, location)) continue
      const { directive } = obstacle
      // The condition is at fault, of which websocket/handshake-condition tells.
      if (obstacle.kind === 'return' && directive.parent?.name === 'if' && otherCase(directive.parent)) continue
      const isColon = isHostWithColon(obstacle)
      // Of a location that may be none for WebSockets, directives/header-colon tells it for certain.
      if (isColon && !location.evidence.isCertain) continue
      const isAlone = isColon && isAloneWithHeader(directive, model)
      const text = isColon ? colonMessage(isAlone) : message(obstacle)
      report({
        at: directive,
        message: `${text} ${because(location)}`,
        related: [relatedDirective(locationLine(location), 'handshakes to this location fail')],
        // Clients that ask for no subprotocol never miss the header.
        edits: isAlone ? withoutColon(directive) : (mend[obstacle.kind]?.(directive) ?? []),
        ...(isMendedForAll(obstacle, location) && { safety: 'unsafe' as const }),
        ...(isProtocol(obstacle) ? { severity: 'warn' as const } : doubt(location)),
      })
    }
  },
})

/** Obstacles out of whose way a word more leads. */
const mend: Partial<Record<Obstacle['kind'], (directive: Directive) => FileEdit[]>> = {
  rewrite: withBreak,
  'kept status': withOwnStatus,
}

/** Whether ordinary requests are answered in another way from then on, too. */
function isMendedForAll({ kind }: Obstacle, { isSocketsOnly }: WebSocketLocation): boolean {
  return kind === 'rewrite' || (kind === 'kept status' && !isSocketsOnly)
}

function withOwnStatus({ file, statement }: Directive): FileEdit[] {
  const [change, target] = statement.words.slice(-2)
  if (!change || !target) return []
  const { start } = target
  const isChange = change.value.startsWith('=')
  return [{ file, edit: layout.replace(isChange ? change : { start, end: start }, isChange ? '=' : '= ') }]
}

function withBreak({ file, statement }: Directive): FileEdit[] {
  const [, , replacement, flag] = statement.words
  if (!replacement) return []
  const { end } = replacement
  return [{ file, edit: layout.replace(flag ?? { start: end, end }, flag ? 'break' : ' break') }]
}

/** Whether an include that nobody could read may set the directive anew, further in. */
function mayBeOverridden({ kind, directive }: Obstacle, { scope }: WebSocketLocation): boolean {
  return (
    kind !== 'return' &&
    kind !== 'try_files' &&
    kind !== 'deny' &&
    kind !== 'rewrite' &&
    kind !== 'kept status' &&
    inherited(scope, directive.name).certainty === 'unresolved'
  )
}

function isProtocol({ kind, detail }: Obstacle): boolean {
  return (kind === 'handshake header' || kind === 'hidden header') && detail.toLowerCase() === 'sec-websocket-protocol'
}

function colonMessage(isAlone: boolean): string {
  const [other, remedy] = isAlone
    ? ['that of nginx', 'write "Host" without it']
    : ['the other row', 'keep one of them, without a colon']
  return `the colon makes this row a second "Host" header beside ${other}, which the backend must answer with 400: ${remedy}`
}

function message(obstacle: Obstacle): string {
  const text = headText(obstacle.directive.statement)
  const detail = decodeForDisplay(obstacle.detail)
  const value = obstacle.directive.argument(1) ?? ''
  const misspelt = misspeltHeaderIn(value)
  const reason = misspelt ? `${misspelt.why}: ` : ''
  switch (obstacle.kind) {
    case 'request headers off':
      return `"${text}" keeps Sec-WebSocket-Key from the backend, which answers the handshake with 400: remove it, or set it where no WebSocket passes`
    case 'handshake header': {
      const what = value === '' || misspelt ? 'takes' : 'changes'
      return isProtocol(obstacle)
        ? `${reason}this row ${what} ${detail}, so that a client that asks for ${what === 'takes' ? 'a subprotocol' : 'another subprotocol, or for none,'} closes the connection: remove the row, nginx passes the client's own header on`
        : `${reason}this row ${what} ${detail}, without which the backend refuses the handshake (400 or 426): remove the row, nginx passes the client's own header on`
    }
    case 'host':
      return obstacle.detail === 'none'
        ? `${reason}this row takes the "Host" header from the backend, which must answer a request without it with 400: write "proxy_set_header Host $host;"`
        : 'the "Host" header is sent twice, which the backend must answer with 400: keep one row'
    case 'method':
      return `"${text}" turns the handshake, a GET request, into ${detail}, and the backend refuses it (405 or 400): remove it, or set it where no WebSocket passes`
    case 'limit_except':
      return `"${text}" answers the handshake, a GET request, with 403: add GET to it`
    case 'internal':
      return '"internal" answers the handshake with 404, for nothing in this server leads here from inside: remove it, or lead handshakes here by "try_files", "rewrite" or "error_page"'
    case 'deny':
      return `"${text}" answers every handshake with 403, for no "allow" before it lets anybody in: add one, as "allow 10.0.0.0/8;", or remove it`
    case 'try_files': {
      const last = detail.startsWith('=') ? `answers it with ${detail.slice(1)}` : `goes on to "${detail}"`
      return `"${text}" looks for a file before proxy_pass is reached, finds none for a handshake, and ${last}: take it out, or give WebSockets a location of their own`
    }
    case 'return': {
      const isConditional = obstacle.directive.parent?.name === 'if'
      const other = isConditional ? 'make its "if" one that no handshake meets' : 'make it conditional'
      return `"${text}" answers the handshake before proxy_pass is reached: move it into a location of its own, or ${other}`
    }
    case 'rewrite': {
      const other = detail === '' ? 'the server itself' : `"location ${detail}"`
      return `"${text}" has nginx look for a location anew, and ${other} answers the handshake: add "break", which keeps it here`
    }
    case 'kept status': {
      const [change = '', target = ''] = obstacle.directive.values.slice(-2).map(decodeForDisplay)
      const remedy = change.startsWith('=') ? `"=" in the place of "${change}"` : `"= ${target}"`
      return `"${text}" leads the handshake on, and makes a ${detail} of the backend's 101, which clients take for a refusal: write ${remedy}, which keeps the status`
    }
    case 'hidden header': {
      const who = isProtocol(obstacle) ? 'clients that ask for a subprotocol' : 'clients'
      return `"${text}" takes ${detail} out of the answer to the handshake, and ${who} close the connection: remove it, or add "proxy_pass_header ${detail};" to the location`
    }
    case 'changed request':
      return `"${text}" changes ${detail} before nginx reads the request any further, and the backend gets no handshake (400 or 426): remove it, or set it where no WebSocket passes`
    case 'changed answer':
      return `"${text}" changes ${detail} in the answer to the handshake, and clients close the connection: remove it, or set it where no WebSocket passes`
    case 'HTTP/2 alone':
      return `"${text}" without TLS takes nothing but HTTP/2 before nginx 1.25.1, and a handshake comes in HTTP/1.1: leave "http2" out, or give WebSockets a port of their own`
  }
}
