import { type HeaderFinding, isSpoilt, variablesIn } from '../../src/effective/index.ts'
import { describeDroppedRow } from '../../src/lint/dropped-row.ts'
import { colonAdvice } from '../../src/lint/header-colon.ts'
import { awaitsRow } from '../../src/lint/header-directive.ts'
import { misspeltHeaderIn } from '../../src/lint/misspelt-header.ts'
import type { FileEdit } from '../../src/lint/problem.ts'
import { connectionFor, repairHandshake } from '../../src/lint/repair/handshake-repair.ts'
import { mapBehind } from '../../src/lint/repair/map-repair.ts'
import { rowsForClients } from '../../src/lint/rows-for-clients.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { setLines } from '../../src/lint/set-lines.ts'
import {
  because,
  CURLY_QUOTES_ARE_NONE,
  doubt,
  locationLine,
  locationName,
  unlessSetOutside,
} from '../../src/lint/wording.ts'
import { betweenCurlyQuotes } from '../../src/nginx/curly-quotes.ts'
import { defaultConnectionHeader } from '../../src/nginx/defaults.ts'
import { decodeForDisplay } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'The `Connection` header that a WebSocket backend gets does not mean upgrade',
  severity: 'error',
  fix: 'safe',
  see: 'https://nginx.org/en/docs/http/websocket.html',

  eachWebSocketLocation(location, report, subject) {
    const { connection } = location.handshake
    if (connection.state === 'good' || connection.state === 'unknown') return
    if (connection.state === 'missing' && connection.certainty === 'unresolved') return
    if (connection.state === 'missing' && awaitsRow(location, 'Connection')) return
    // websocket/connection-map speaks of variables that no map defines, and of maps that yield the wrong value.
    if (connection.state === 'undefined variable' || mapBehind(connection, subject.model)) return
    // One warning is enough for rows that may have been dropped on purpose: that of websocket/upgrade-header.
    if (!location.evidence.isCertain && location.handshake.upgrade.lost.length > 0) return
    const repair = repairHandshake(location, subject)
    const { value, edits } = connectionFor(location, subject)
    const wanted = `"proxy_set_header Connection ${value.replaceAll('"', '')};"`
    const name = locationName(location.scope)
    const isColon = connection.state === 'colon'
    const row = isColon ? connection.rows.find(isSpoilt) : connection.rows[0]
    const isMisspelt = connection.state === 'misspelt'
    const sent =
      connection.state === 'missing' || isMisspelt ? defaultConnectionHeader(subject.model.target) : connection.value
    const reason = reasonOf(connection)
    const other = isMisspelt ? `a header "${decodeForDisplay(row?.argument(0) ?? '')}" and ` : ''
    const what = isColon
      ? `gets "Connection:${sent ?? ': …'}"`
      : sent
        ? `gets ${other}"Connection: ${sent}"`
        : `gets ${other}no "Connection" header`
    const remedy = isColon
      ? colonAdvice('Connection')
      : `write ${isMisspelt ? '"proxy_set_header Connection"' : wanted}`
    const dropped = describeDroppedRow(location, connection, subject, value)
    const message = row
      ? `${reason}the backend of ${name} ${what}, where a handshake needs "Connection: upgrade": ${remedy}`
      : (dropped?.message ??
        `the backend of ${name} ${what}, where a handshake needs "Connection: upgrade"${unlessSetOutside(connection.certainty)}: add ${wanted}`)
    const map = message.includes(value) ? andMap(edits) : ''
    report({
      at: row ?? locationLine(location),
      message: `${message}${map} ${because(location)}`,
      related: row ? setLines(location, row) : [...(dropped?.related ?? []), ...rowsForClients(location, 'Connection')],
      ...doubt(location, row ? 'certain' : connection.certainty),
      ...repair,
    })
  },
})

/** Who adds the row alone has a variable that nothing defines, with which nginx does not start. */
function andMap(edits: readonly FileEdit[]): string {
  return edits.map(({ edit }) => `, and in http "${edit.text.trim().replaceAll(/\s+/g, ' ')}"`).join('')
}

/** What a variable in the row is that somebody took for another, for the start of a message. */
function reasonOf({ state, rows }: HeaderFinding): string {
  const value = rows[0]?.argument(1) ?? ''
  if (betweenCurlyQuotes(value) !== undefined) return CURLY_QUOTES_ARE_NONE
  const misspelt = state === 'blank' ? misspeltHeaderIn(value) : undefined
  if (misspelt) return `${misspelt.why}, so `
  const hasNumber = state === 'wrong' && variablesIn(value).includes('connection')
  return hasNumber ? '"$connection" is the number of the connection, so ' : ''
}
