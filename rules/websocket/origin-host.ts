import type { Directive } from '../../src/config/index.ts'
import {
  discarded,
  inherited,
  type Model,
  rowsAbout,
  type Scope,
  variablesIn,
  type WebSocketLocation,
} from '../../src/effective/index.ts'
import { readListen } from '../../src/effective/listen.ts'
import { parseProxyUrl } from '../../src/effective/proxy-url.ts'
import { defineRule, type Finding } from '../../src/lint/rule.ts'
import { because, lineReference, locationLine, unlessSetOutside } from '../../src/lint/wording.ts'
import { decodeForDisplay } from '../../src/syntax/index.ts'

export default defineRule({
  summary:
    "The backend gets a `Host` that is not the page's, and refuses handshakes whose `Origin` it compares with that",
  severity: 'warn',
  fix: null,
  see: 'https://www.rfc-editor.org/rfc/rfc6455#section-10.2',

  eachWebSocketLocation(location, report, { model }) {
    const { directives: rows, certainty } = inherited(location.scope, 'proxy_set_header')
    if (certainty === 'unresolved' || tellsOrigin(rows)) return
    const host = rowsAbout(rows, 'Host').at(-1)
    const finding = !host || isOfBackend(host) ? ofBackend(location, rows, host, model) : withPort(location, host)
    if (finding) report({ ...finding, message: `${finding.message} ${because(location)}` })
  },
})

/** Whether one gives the backend another `Origin`, or the page's own host under another name. */
function tellsOrigin(rows: readonly Directive[]): boolean {
  return ['Origin', 'X-Forwarded-Host', 'Forwarded'].some((name) => rowsAbout(rows, name).length > 0)
}

/** Whether it sends what nginx sends without it. */
function isOfBackend(host: Directive): boolean {
  return /^\$(?:proxy_host|\{proxy_host\})$/i.test(host.argument(1) ?? '')
}

function ofBackend(
  location: WebSocketLocation,
  rows: readonly Directive[],
  host: Directive | undefined,
  model: Model,
): Finding | undefined {
  const { scope, endpoint, handshake } = location
  const { product, comparesOrigin } = endpoint?.endpoint ?? {}
  const sent = ownName(handshake.target.directive, model)
  // Of a row that is lost inheritance/dropped-headers tells.
  const isLost = rowsAbout(discarded(scope, 'proxy_set_header'), 'Host').length > 0
  if (comparesOrigin === undefined || sent === undefined || isLost) return undefined
  const at = locationLine(location)
  const outer = rows.find(({ parent }) => parent !== (scope.location ?? scope).directive)
  const beside = host || !outer ? '' : ` beside the rows of ${lineReference(outer, at, model.configuration)}`
  const remedy = `${host ? 'write' : 'add'} "proxy_set_header Host $http_host;"${beside}`
  const { certainty } = inherited(scope, 'proxy_set_header')
  return {
    at: host ?? at,
    message: `the backend gets "Host: ${decodeForDisplay(sent)}", and ${product} refuses handshakes of browsers, whose "Origin" names the host of the page${unlessSetOutside(certainty)}: ${remedy}`,
  }
}

/** What nginx calls a backend by; undefined where that may be the name of a site elsewhere, which is to be asked by it. */
function ownName(pass: Directive, { upstreams }: Model): string | undefined {
  const url = pass.argument(0) ?? ''
  const { authority = '', host = '' } = (variablesIn(url).length === 0 && parseProxyUrl(url)) || {}
  const isSite = !upstreams.has(authority) && /\.(?!\d+$)[^.]*$/.test(host.replace(/:\d+$/, ''))
  return host === '' || isSite ? undefined : host
}

const PORT = /:(?:\$server_port|\$\{server_port\}|443|80)$/i

function withPort({ endpoint, scope }: WebSocketLocation, host: Directive): Finding | undefined {
  const value = host.argument(1) ?? ''
  if (!PORT.test(value) || !hasDefaultPorts(scope)) return undefined
  const { product, comparesOrigin } = endpoint?.endpoint ?? {}
  const who =
    comparesOrigin === undefined
      ? 'backends that compare the two (gorilla/websocket, Tornado) refuse'
      : `${product} refuses`
  return {
    at: host,
    message: `this row puts a port behind the host, and browsers leave the default one out of "Origin": ${who} the handshake; write "proxy_set_header Host $http_host;"`,
    ...(comparesOrigin === undefined && { severity: 'info' }),
  }
}

const DEFAULT_PORTS: ReadonlySet<number> = new Set([80, 443])

/** Whether its server is asked at the ports of http and https alone. */
function hasDefaultPorts({ server }: Scope): boolean {
  if (!server || server.unresolved.length > 0) return false
  return server.own('listen').every((listen) => {
    const [first, last] = readListen(listen).ports ?? []
    return first !== undefined && first === last && DEFAULT_PORTS.has(first)
  })
}
