import {
  type Configuration,
  type Directive,
  inventoryOf,
  isWhollyRead,
  walkDirectives,
} from '../../src/config/index.ts'
import { variablesIn } from '../../src/effective/index.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { isOfMaps, namesRead } from '../../src/lint/variable-names.ts'
import { variableEntries } from '../../src/nginx/variables.ts'
import { decodeForDisplay } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'A map whose variable nothing in the configuration reads',
  severity: 'info',
  fix: null,
  see: 'https://nginx.org/en/docs/http/ngx_http_map_module.html#map',

  whole(subject, report) {
    const { configuration } = subject.model
    const read = isWhollyRead(configuration) ? namesRead(configuration) : undefined
    if (!read) return
    // The rules for WebSockets tell of the row that should read it.
    const awaitsRow = subject.webSockets.some(({ handshake }) => handshake.connection.state !== 'good')
    const unread = [...mapsOf(configuration)].filter((directive) => {
      const variable = directive.argument(1) ?? ''
      const name = variable.slice(1).toLowerCase()
      // A variable that nginx has, it may read by itself.
      if (!/^\$\w+$/.test(variable) || read.has(name) || variableEntries(name).length > 0) return false
      return !(awaitsRow && variablesIn((directive.argument(0) ?? '').toLowerCase()).includes('http_upgrade'))
    })
    if (unread.length === 0 || awaitsFiles(configuration)) return
    for (const directive of unread)
      report({
        at: directive,
        message: `nothing reads "${decodeForDisplay(directive.argument(1) ?? '')}": this map has no effect`,
      })
  },
})

/** The blocks that are maps: the `map` of `http`, and that of `stream`. */
function* mapsOf(configuration: Configuration): Generator<Directive> {
  for (const group of inventoryOf(configuration).groups)
    if (isOfMaps(group)) for (const directive of group.directives) if (directive.isBlock) yield directive
}

/** Whether a folder of sites is still empty: they will read the map. */
function awaitsFiles({ directives }: Configuration): boolean {
  const idle = new Set<Directive>()
  for (const directive of walkDirectives(directives)) {
    if (directive.include) idle.delete(directive.include)
    if (directive.name === 'include' && directive.context !== 'main') idle.add(directive)
  }
  return idle.size > 0
}
