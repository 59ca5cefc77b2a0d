import type { Directive } from '../../src/config/index.ts'
import { memoize } from '../../src/config/memoize.ts'
import { evaluateBoth, keepsConnections, meansUpgrade, type WebSocketLocation } from '../../src/effective/index.ts'
import { addMap, findMap, freeVariable } from '../../src/lint/repair/connection-value.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { because, locationName } from '../../src/lint/wording.ts'
import { layout } from '../../src/syntax/index.ts'

export default defineRule({
  summary: '`Connection` is always `upgrade` in a location that ordinary requests use too',
  severity: 'warn',
  fix: 'safe',
  see: 'https://nginx.org/en/docs/http/websocket.html',

  eachWebSocketLocation(location, report, { model, webSockets }) {
    const { connection, target } = location.handshake
    const row = connection.rows[0]
    const value = row?.statement.words[2]
    if (
      location.isSocketsOnly ||
      !location.evidence.isCertain ||
      connection.state !== 'good' ||
      connection.rows.length !== 1 ||
      !row ||
      !value
    )
      return
    const { ordinary } = evaluateBoth(value.value, model, location.handshake.set)
    if (ordinary === undefined || !meansUpgrade(ordinary)) return
    // Of maps that yield it websocket/connection-map tells.
    const isSet = value.value.includes('$')
    if (isSet && evaluateBoth(value.value, model).ordinary !== undefined) return
    // A row that reaches locations for sockets only as well serves those; the map does no harm there.
    const wanted = keepsConnections(target.authority, model) ? '' : 'close'
    const map = findMap(model, wanted)
    const variable = map?.variable ?? freeVariable(wanted, model)
    const added = map ? undefined : addMap(variable, wanted, model)
    // Others may read the variable of a `set` in an outer row, and have something else in it.
    const isOwn = !isSet || row.parent === location.scope.directive
    const isPlaced = isOwn && (map !== undefined || added !== undefined)
    const replaced = { file: row.file, edit: layout.replace(value, `$${variable}`) }
    const serves = locationsServed(webSockets).get(row) ?? 0
    report({
      at: row,
      message: `ordinary requests to ${locationName(location.scope)} are sent on with "Connection: ${ordinary}" too${serves > 1 ? `, as are those to ${serves - 1} more` : ''}: use a variable that a map of $http_upgrade sets, as "$${variable}" ${because(location)}`,
      ...(isPlaced && { edits: added ? [added, replaced] : [replaced] }),
    })
  },
})

/** How many locations each `Connection` row serves: one of `http` may serve all. */
const locationsServed = memoize((webSockets: readonly WebSocketLocation[]) => {
  const counts = new Map<Directive, number>()
  for (const { handshake } of webSockets)
    for (const row of handshake.connection.rows) counts.set(row, (counts.get(row) ?? 0) + 1)
  return counts
})
