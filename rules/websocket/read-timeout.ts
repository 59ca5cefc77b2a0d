import type { Directive } from '../../src/config/index.ts'
import { type Scope, setting, type WebSocketLocation } from '../../src/effective/index.ts'
import type { FileEdit } from '../../src/lint/problem.ts'
import { webSocketsByScope } from '../../src/lint/repair/consent.ts'
import { reachedWithin } from '../../src/lint/repair/reach.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { text } from '../../src/lint/settings/shape.ts'
import { because, locationLine, locationName } from '../../src/lint/wording.ts'
import { layout } from '../../src/syntax/index.ts'

/** nginx's default, and what is long enough for none but chatty applications. */
const DEFAULT_SECONDS = 60
const LONG = '1h'
/** One number and its unit; nginx would take several. */
const time = text({ words: 'a time, as "90s" or "10m"', pattern: /^\d+(?:ms|[smhdwMy])$/ })

export default defineRule({
  summary: 'Idle WebSocket connections are cut after `proxy_read_timeout`, 60 seconds by default',
  severity: 'warn',
  fix: 'unsafe', // connections to a backend that hangs are kept for longer, too
  see: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_read_timeout',
  options: {
    above: { shape: time, describe: 'What a timeout has to be above; "60s" where nothing is said.' },
    set: { shape: time, describe: 'What the fix sets it to; "1h" where nothing is said.' },
  },

  eachWebSocketLocation(location, report, { options, webSockets }) {
    const { above, set = LONG } = options(locationLine(location).file)
    const limit = (above === undefined ? undefined : parseTime(above)) ?? DEFAULT_SECONDS
    const { directive, value, certainty } = setting(location.scope, 'proxy_read_timeout')
    const seconds = value === undefined ? DEFAULT_SECONDS : parseTime(value)
    const heartbeat = location.endpoint?.endpoint?.heartbeatSeconds ?? Number.POSITIVE_INFINITY
    if (certainty !== 'certain' || !location.evidence.isCertain) return
    if (seconds === undefined || seconds > limit || heartbeat < seconds) return
    const cause = directive ? `"proxy_read_timeout ${value}"` : `nginx's default proxy_read_timeout of 60s`
    report({
      at: directive ?? locationLine(location),
      message: `${cause} cuts sockets of ${locationName(location.scope)} that are idle for that long${beat(location)}: set "proxy_read_timeout ${set};", or have the backend send pings more often ${because(location)}`,
      edits: isForSocketsOnly(location.scope, webSockets) ? lengthen(location.scope, directive, set) : [],
    })
  },
})

function beat({ endpoint }: WebSocketLocation): string {
  const { product, heartbeatSeconds } = endpoint?.endpoint ?? {}
  return heartbeatSeconds === undefined ? '' : ` (${product} sends a heartbeat every ${heartbeatSeconds} seconds)`
}

/** Whether all that inherits from the location is meant for WebSockets: a regex for images in it is not. */
function isForSocketsOnly(scope: Scope, webSockets: readonly WebSocketLocation[]): boolean {
  const byScope = webSocketsByScope(webSockets)
  return reachedWithin(scope.location ?? scope, 'proxy_read_timeout').every((reached) => byScope.has(reached))
}

/** In the location, whose own value is replaced; a value of its server or of `http` serves others as well. */
function lengthen(scope: Scope, directive: Directive | undefined, time: string): FileEdit[] {
  const block = (scope.location ?? scope).directive
  if (!block?.children) return []
  if (directive?.parent === block) {
    const value = directive.arguments[0]
    return value && directive.file === block.file ? [{ file: block.file, edit: layout.replace(value, time) }] : []
  }
  const siblings = block.children.filter(({ name, file }) => name.startsWith('proxy_') && file === block.file)
  const line = [`proxy_read_timeout ${time};`]
  const last = siblings.at(-1)
  const edit = last ? layout.insertAfter(last.statement, line) : layout.appendTo(block.statement, line)
  return [{ file: block.file, edit }]
}

const UNITS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 2_592_000,
  y: 31_536_000,
}

/** Seconds of `60`, `1m`, `"1h 30m"`, `500ms`: https://nginx.org/en/docs/syntax.html */
function parseTime(value: string): number | undefined {
  if (!/^\d+(?:ms|[smhdwMy])?(?: *\d+(?:ms|[smhdwMy]))*(?: *\d+)?$/.test(value)) return undefined
  let seconds = 0
  for (const [, count, unit] of value.matchAll(/(\d+)(ms|[smhdwMy])?/g))
    seconds += Number(count) * (UNITS[unit ?? 's'] as number)
  return seconds
}
