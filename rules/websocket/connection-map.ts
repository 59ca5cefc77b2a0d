import { memoize } from '../../src/config/memoize.ts'
import { findRow, keepsConnections, type Model, type VariableMap } from '../../src/effective/index.ts'
import { misspeltHeaderIn } from '../../src/lint/misspelt-header.ts'
import { misplacedMaps } from '../../src/lint/move-out.ts'
import { nearestOf } from '../../src/lint/near-name.ts'
import { addMap, yieldsUpgrade } from '../../src/lint/repair/connection-value.ts'
import { mapBehind, repairMap } from '../../src/lint/repair/map-repair.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { because, doubt, locationName, relatedDirective } from '../../src/lint/wording.ts'
import { layout } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'The variable in a `Connection` row is defined by no map, or by one that does not mean upgrade',
  severity: 'error',
  fix: 'safe',
  see: 'https://nginx.org/en/docs/http/websocket.html',

  eachWebSocketLocation(location, report, { model }) {
    const { connection, target } = location.handshake
    const row = connection.rows[0]
    if (!row) return
    if (connection.undefinedVariable !== undefined) {
      const variable = connection.undefinedVariable
      // The rule directives/misplaced tells of a map that stands in a server, and moves it.
      if (misplacedMaps(model).has(variable.toLowerCase())) return
      const swapped = swappedMaps(model).get(variable.toLowerCase())
      if (swapped) {
        const { directive, source, variable: other } = swapped
        report({
          at: row,
          message: `nginx does not start: no map defines "$${variable}", as the variables of one are the wrong way round: write "map $${other} ${source} { … }" ${because(location)}`,
          related: [relatedDirective(directive, `defines "$${other}" from ${source}`)],
          edits: directive.arguments.map((word, index) => ({
            file: directive.file,
            edit: layout.replace(word, index === 0 ? `$${other}` : source),
          })),
        })
        return
      }
      const meant = upgradeVariableNear(variable, model)
      const word = row.statement.words[2]
      if (meant !== undefined && word && [`$${variable}`, `\${${variable}}`].includes(word.value)) {
        report({
          at: row,
          message: `nginx does not start: no map defines "$${variable}"; did you mean "$${meant}"? ${because(location)}`,
          edits: [{ file: row.file, edit: layout.replace(word, `$${meant}`) }],
        })
        return
      }
      // With an upstream that keeps connections alive, `close` for ordinary requests would end that.
      const ordinary = keepsConnections(target.authority, model) ? '' : 'close'
      const added = addMap(variable, ordinary, model)
      report({
        at: row,
        message: `nginx does not start: no map defines "$${variable}"; add "map $http_upgrade $${variable} { default upgrade; '' close; }" to http ${because(location)}`,
        ...(added && { edits: [added] }),
      })
      return
    }
    const map = mapBehind(connection, model)
    if (!map) return
    const answering = findRow(map, 'websocket')
    const edits = repairMap(map, model)
    const misspelt = misspeltHeaderIn(map.source)
    const yields = connection.value ? `"${connection.value}"` : 'nothing'
    const remedy = misspelt
      ? `${misspelt.why}; write "$${misspelt.meant}"`
      : 'it should yield "upgrade" whenever $http_upgrade is not empty'
    report({
      at: !misspelt && typeof answering === 'object' ? answering.directive : map.directive,
      message: `this map makes "$${map.variable}" ${yields} for a handshake, so the backend of ${locationName(location.scope)} does not get "Connection: upgrade": ${remedy}`,
      related: [relatedDirective(row, 'used here')],
      ...doubt(location),
      ...(edits && { edits }),
    })
  },
})

/** The maps of a header of requests, which needs none, by the name of the variable that they look at. */
const swappedMaps = memoize(({ maps }: Model): ReadonlyMap<string, VariableMap> => {
  const map = maps.get('http_upgrade')
  return new Map(map && /^\$\w+$/.test(map.source) ? [[map.source.slice(1).toLowerCase(), map]] : [])
})

/** The variable of a map that was certainly meant, and that opens handshakes. */
function upgradeVariableNear(variable: string, model: Model): string | undefined {
  const near = mapNear(model)(variable.toLowerCase())
  return near?.isCertain && yieldsUpgrade(`$${near.name}`, model) ? model.maps.get(near.name)?.variable : undefined
}

const mapNear = memoize(({ maps }: Model) => nearestOf(maps.keys()))
