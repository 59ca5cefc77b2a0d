import type { Directive } from '../../src/config/index.ts'
import { argumentPlace } from '../../src/lint/argument-place.ts'
import { misspeltHeaderIn } from '../../src/lint/misspelt-header.ts'
import { renameVariable } from '../../src/lint/rename-variable.ts'
import { mapBehind } from '../../src/lint/repair/map-repair.ts'
import { defineRule, type Subject } from '../../src/lint/rule.ts'
import { definedNames, resolvedUses } from '../../src/lint/variable-names.ts'
import { headerVariableMeant } from '../../src/nginx/request-headers.ts'
import type { Word } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'A `$http_` variable that is always empty: by a slip of the hand, its header is one that no client sends',
  severity: 'error',
  fix: 'unsafe',
  see: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#var_http_',

  whole(subject, report) {
    const defined = definedNames(subject.model.configuration)
    const told = toldElsewhere(subject)
    const isMisspelt = (name: string) => headerVariableMeant(name) !== undefined && !defined.has(name.toLowerCase())
    for (const { directive, uses } of resolvedUses(subject, (name, family) => family === 'http' && isMisspelt(name))) {
      if (told.has(directive)) continue
      for (const { index, names } of uses) {
        const word = directive.arguments[index] as Word
        for (const name of new Set(names)) {
          const misspelt = misspeltHeaderIn(`$${name}`)
          if (!misspelt) continue
          const { why, meant } = misspelt
          report({
            at: argumentPlace(directive, index),
            message: `${why}; did you mean "$${meant}"?`,
            // A map for it may be missing.
            edits: !meant.startsWith('http_')
              ? []
              : renameVariable(word, name, meant).map((edit) => ({ file: directive.file, edit })),
            ...(!OF_HANDSHAKES.test(meant) && { severity: 'warn' }),
          })
        }
      }
    }
  },
})

/** What asks for one of these asks for WebSockets, and never finds one. */
const OF_HANDSHAKES = /^(?:http_(?:upgrade|connection|sec_websocket_\w+)|connection_upgrade)$/

/** Rows, and maps behind rows, that the rules for WebSockets tell of. */
function toldElsewhere({ webSockets, model }: Subject): ReadonlySet<Directive> {
  const told = new Set<Directive>()
  for (const { handshake } of webSockets) {
    const { upgrade, connection, obstacles } = handshake
    for (const { state, rows } of [upgrade, connection]) if (state !== 'good') for (const row of rows) told.add(row)
    for (const { directive } of obstacles) told.add(directive)
    const map = mapBehind(connection, model)
    if (map) told.add(map.directive)
  }
  return told
}
