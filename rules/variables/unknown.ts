import type { Directive } from '../../src/config/index.ts'
import { type NearName, nearName } from '../../src/lint/near-name.ts'
import { defineRule, type Subject } from '../../src/lint/rule.ts'
import { definedNames, resolvedUses } from '../../src/lint/variable-names.ts'
import { isKnownModuleFile } from '../../src/nginx/modules.ts'
import { absence } from '../../src/nginx/states.ts'
import { type VariableEntry, type VariableFamily, variableEntries, variableNames } from '../../src/nginx/variables.ts'
import { formatVersion } from '../../src/nginx/version.ts'
import { decodeForDisplay, layout } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'A variable that no module, map, set or capture defines',
  severity: 'error',
  fix: 'unsafe',
  see: 'https://nginx.org/en/docs/varindex.html',

  whole(subject, report) {
    if (isOpen(subject)) return
    const { target } = subject.model
    const defined = definedNames(subject)
    const meantBy = nameFinder(defined)
    const told = toldElsewhere(subject)
    const entriesOf = entryFinder()
    for (const { name, directive, word, family } of resolvedUses(subject)) {
      const lower = name.toLowerCase()
      if (defined.has(lower) || told.has(directive)) continue
      const entries = entriesOf(name, family)
      // So it is with nearly all: there is nothing more to look at.
      if (entries.length > 0 && target === 'unknown') continue
      const shown = `"$${decodeForDisplay(name)}"`
      const at = { file: directive.file, span: { start: word.start, end: word.end } }
      if (entries.length > 0) {
        const absent = entries.map((entry) => absence(entry, target))
        const [first] = absent
        if (first && 'since' in first && absent.every((one) => one) && target !== 'unknown')
          report({
            at,
            message: `unknown variable ${shown}: it came with nginx ${first.since}, and this is for ${formatVersion(target)}`,
          })
        continue
      }
      const meant = meantBy(lower, family)
      const fixed = meant?.isCertain ? renamed(word.raw, name, meant.name) : undefined
      report({
        at,
        message: `unknown variable ${shown}${meant ? `; did you mean "$${meant.name}"?` : ': no module has it, and no map, set, geo or capture of this configuration defines it'}`,
        ...(fixed && { edits: [{ file: directive.file, edit: layout.replace(word, fixed) }] }),
      })
    }
  },
})

/** Whether what nobody has read may define variables: an include, a level around a fragment, a module. */
function isOpen({ model: { configuration }, foreign }: Subject): boolean {
  if (foreign.hasModules) return true
  const { isFragment, unresolved, directives, files } = configuration
  if (isFragment || unresolved.length > 0 || files.some(({ tree }) => tree.problems.length > 0)) return true
  return directives.some((top) => top.name === 'load_module' && !isKnownModuleFile(top.argument(0) ?? ''))
}

/** Rows whose variable the rule websocket/connection-map says to be defined by no map. */
function toldElsewhere({ webSockets }: Subject): ReadonlySet<Directive> {
  const connections = webSockets.map(({ handshake }) => handshake.connection)
  return new Set(connections.flatMap(({ undefinedVariable, rows }) => (undefinedVariable === undefined ? [] : rows)))
}

/** What nginx has by a name. A configuration has many uses of few names. */
function entryFinder(): (name: string, family: VariableFamily) => readonly VariableEntry[] {
  const found = { http: new Map<string, VariableEntry[]>(), stream: new Map<string, VariableEntry[]>() }
  return (name, family) => {
    let entries = found[family].get(name)
    if (!entries) {
      entries = variableEntries(name).filter((entry) => entry.family === family && !entry.setByUser)
      found[family].set(name, entries)
    }
    return entries
  }
}

/** The variable that was meant, of this configuration or of nginx. Each name is looked for once. */
function nameFinder(defined: ReadonlySet<string>): (name: string, family: VariableFamily) => NearName | undefined {
  const found = new Map<string, NearName | undefined>()
  return (name, family) => {
    const key = `${name} ${family}`
    if (!found.has(key)) found.set(key, nearName(name, new Set([...defined, ...variableNames(family)])))
    return found.get(key)
  }
}

/** The word with a variable under its other name, and nothing else changed. */
function renamed(raw: string, name: string, other: string): string {
  return raw.replaceAll(new RegExp(`\\$(\\{?)${name}(?!\\w)`, 'g'), (_, brace: string) => `$${brace}${other}`)
}
