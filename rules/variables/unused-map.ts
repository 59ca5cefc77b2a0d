import { type Directive, walkDirectives } from '../../src/config/index.ts'
import { variablesIn } from '../../src/effective/index.ts'
import { defineRule, type Subject } from '../../src/lint/rule.ts'
import { takesVariablesByName } from '../../src/nginx/variable-use.ts'
import { variableEntries } from '../../src/nginx/variables.ts'
import { decodeForDisplay } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'A map whose variable nothing in the configuration reads',
  severity: 'info',
  fix: null,
  see: 'https://nginx.org/en/docs/http/ngx_http_map_module.html#map',

  whole(subject, report) {
    const read = namesRead(subject)
    if (!read) return
    // The rules for WebSockets tell of the row that should read it.
    const awaitsRow = subject.webSockets.some(({ handshake }) => handshake.connection.state !== 'good')
    for (const directive of walkDirectives(subject.model.configuration.directives)) {
      if (!isMap(directive)) continue
      const variable = directive.argument(1) ?? ''
      const name = variable.slice(1).toLowerCase()
      // A variable that nginx has, it may read by itself.
      if (!/^\$\w+$/.test(variable) || read.has(name) || variableEntries(name).length > 0) continue
      if (awaitsRow && variablesIn(directive.argument(0) ?? '').includes('http_upgrade')) continue
      report({ at: directive, message: `nothing reads "${decodeForDisplay(variable)}": this map has no effect` })
    }
  },
})

function isMap({ name, context, children }: Directive): boolean {
  return name === 'map' && children !== undefined && (context === 'http' || context === 'stream')
}

/** The variables that are read anywhere, in lower case; undefined where something may read one that nobody can see. */
function namesRead({ model: { configuration } }: Subject): ReadonlySet<string> | undefined {
  const { isFragment, unresolved, directives, files } = configuration
  if (isFragment || unresolved.length > 0 || files.some(({ tree }) => tree.problems.length > 0)) return undefined
  const read = new Set<string>()
  const idle = new Set<Directive>()
  for (const directive of walkDirectives(directives)) {
    if (directive.include) idle.delete(directive.include)
    if (directive.name === 'include' && directive.context !== 'main') idle.add(directive)
    if (directive.context !== undefined && takesVariablesByName(directive.name, () => directive.argument(0)))
      return undefined
    if (!directive.statement.holds('$')) continue
    const { values } = directive.statement
    const reading = isMap(directive) ? values.filter((_, index) => index !== 2) : values
    for (const value of reading)
      if (value.includes('$')) for (const name of variablesIn(value)) read.add(name.toLowerCase())
  }
  // A folder of sites that is still empty: they will read it.
  return idle.size > 0 ? undefined : read
}
