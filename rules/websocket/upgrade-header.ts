import { isSpoilt } from '../../src/effective/index.ts'
import { describeDroppedRow } from '../../src/lint/dropped-row.ts'
import { colonAdvice } from '../../src/lint/header-colon.ts'
import { awaitsRow } from '../../src/lint/header-directive.ts'
import { misspeltHeaderIn } from '../../src/lint/misspelt-header.ts'
import { repairHandshake } from '../../src/lint/repair/handshake-repair.ts'
import { rowsForClients } from '../../src/lint/rows-for-clients.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { setLines } from '../../src/lint/set-lines.ts'
import {
  because,
  CURLY_QUOTES_ARE_NONE,
  doubt,
  locationLine,
  locationName,
  relatedDirective,
  unlessSetOutside,
} from '../../src/lint/wording.ts'
import { betweenCurlyQuotes } from '../../src/nginx/curly-quotes.ts'
import { decodeForDisplay } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'The `Upgrade` header of a WebSocket handshake does not reach the backend',
  severity: 'error',
  fix: 'safe',
  see: 'https://nginx.org/en/docs/http/websocket.html',

  eachWebSocketLocation(location, report, subject) {
    const { upgrade } = location.handshake
    if (upgrade.state === 'good' || upgrade.state === 'unknown') return
    if (upgrade.state === 'missing' && upgrade.certainty === 'unresolved') return
    if (upgrade.state === 'missing' && awaitsRow(location, 'Upgrade')) return
    const repair = repairHandshake(location, subject)
    const common = { ...doubt(location, upgrade.state === 'missing' ? upgrade.certainty : 'certain'), ...repair }
    const name = locationName(location.scope)
    const second = upgrade.rows[1]
    const row = upgrade.state === 'colon' ? upgrade.rows.find(isSpoilt) : upgrade.rows[0]
    if (!row) {
      const dropped = describeDroppedRow(location, upgrade, subject)
      const missing = `the "Upgrade" header of a handshake does not reach the backend of ${name}, which answers 426 Upgrade Required${unlessSetOutside(upgrade.certainty)}: add "proxy_set_header Upgrade $http_upgrade;"`
      report({
        at: locationLine(location),
        message: `${dropped?.message ?? missing} ${because(location)}`,
        related: [...(dropped?.related ?? []), ...rowsForClients(location, 'Upgrade')],
        ...common,
      })
      return
    }
    const isSameRow = second?.statement === row.statement
    const misspelt = misspeltHeaderIn(row.argument(1) ?? '')
    const message = {
      misspelt: `the backend of ${name} gets a header "${decodeForDisplay(row.argument(0) ?? '')}" and no "Upgrade", and answers 426 Upgrade Required: write "proxy_set_header Upgrade"`,
      colon: `the backend of ${name} gets "Upgrade:${upgrade.value ?? ': …'}", not "Upgrade: websocket": ${colonAdvice('Upgrade')}`,
      blank: misspelt
        ? `${misspelt.why}, so the backend of ${name} gets no "Upgrade" and answers 426 Upgrade Required: write "proxy_set_header Upgrade $http_upgrade;"`
        : `an empty "Upgrade" row sends no such header to the backend of ${name}, which answers 426 Upgrade Required: write "proxy_set_header Upgrade $http_upgrade;"`,
      wrong: `${betweenCurlyQuotes(row.argument(1) ?? '') === undefined ? '' : CURLY_QUOTES_ARE_NONE}the backend of ${name} gets "Upgrade: ${upgrade.value}", not "Upgrade: websocket": write "proxy_set_header Upgrade $http_upgrade;"`,
      doubled: `the backend of ${name} gets the "Upgrade" header twice, which servers refuse: ${isSameRow ? 'its file is included twice, keep one "include"' : 'keep one row'}`,
      'undefined variable': `nginx does not start: nothing defines "$${upgrade.undefinedVariable}"; write "proxy_set_header Upgrade $http_upgrade;"`,
    }[upgrade.state as 'misspelt' | 'colon' | 'blank' | 'wrong' | 'doubled' | 'undefined variable']
    const isDoubled = upgrade.state === 'doubled' && second
    report({
      at: isDoubled ? (isSameRow && second.include) || second : row,
      message: `${message} ${because(location)}`,
      related: isDoubled ? [relatedDirective(row, isSameRow ? 'set here' : 'set here first')] : setLines(location, row),
      ...common,
    })
  },
})
