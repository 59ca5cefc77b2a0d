import { type Directive, isWhollyRead } from '../../src/config/index.ts'
import { argumentPlace } from '../../src/lint/argument-place.ts'
import { type NearName, nearNames } from '../../src/lint/near-name.ts'
import { placedByName } from '../../src/lint/placed.ts'
import { renameVariable } from '../../src/lint/rename-variable.ts'
import { defineRule, type Subject } from '../../src/lint/rule.ts'
import { definedNames, resolvedUses } from '../../src/lint/variable-names.ts'
import { type NameJudge, slipJudge, type UnknownName } from '../../src/lint/variable-slips.ts'
import { isOfFurtherModule } from '../../src/nginx/directives.ts'
import { isCommonModuleFile } from '../../src/nginx/modules.ts'
import { absence } from '../../src/nginx/states.ts'
import { isBuiltinVariable, type VariableFamily, variableEntries, variableNames } from '../../src/nginx/variables.ts'
import { formatVersion, type TargetVersion } from '../../src/nginx/version.ts'
import { decodeForDisplay, type Word } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'A variable that no module, map, set or capture defines',
  severity: 'error',
  fix: 'unsafe',
  see: 'https://nginx.org/en/docs/varindex.html',

  whole(subject, report) {
    const isDoubtful = isOpen(subject)
    const told = toldElsewhere(subject)
    const verdictOn = isDoubtful ? slipJudge(subject) : nameJudge(subject)
    if (!verdictOn) return
    const isUnknown = (name: string, family: VariableFamily) => verdictOn(name, family) !== undefined
    for (const { directive, family, uses } of resolvedUses(subject, isUnknown)) {
      if (told.has(directive)) continue
      for (const { index, names } of uses) {
        const word = directive.arguments[index] as Word
        for (const name of names) {
          const { message, meant } = verdictOn(name, family) as UnknownName
          report({
            at: argumentPlace(directive, index),
            message,
            ...(isDoubtful && { severity: 'warn' }),
            edits:
              meant === undefined
                ? []
                : renameVariable(word, name, meant).map((edit) => ({ file: directive.file, edit })),
          })
        }
      }
    }
  },
})

/** Whether what nobody has read may define variables: an include, a level around a fragment, a module. */
function isOpen(subject: Subject): boolean {
  const { model, foreign } = subject
  const { configuration } = model
  if (foreign.hasModules) return true
  if (!isWhollyRead(configuration)) return true
  if (placedByName(subject).some(({ name }) => isOfFurtherModule(name))) return true
  return configuration.directives.some(
    (top) => top.name === 'load_module' && !isCommonModuleFile(top.argument(0) ?? ''),
  )
}

/** Rows whose variable a rule for WebSockets says to be defined by nothing, and the map that looks at it instead of defining it. */
function toldElsewhere({ webSockets, model }: Subject): ReadonlySet<Directive> {
  const headers = webSockets.flatMap(({ handshake }) => [handshake.upgrade, handshake.connection])
  const swapped = model.maps.get('http_upgrade')
  return new Set(
    headers.flatMap(({ undefinedVariable, rows }) => {
      if (undefinedVariable === undefined) return []
      return swapped?.source === `$${undefinedVariable}` ? [...rows, swapped.directive] : rows
    }),
  )
}

/** Judges each name once: a configuration has many uses of few. */
function nameJudge(subject: Subject): NameJudge {
  const defined = definedNames(subject.model.configuration)
  const meantBy = nameFinder(defined)
  const known = { http: new Map<string, UnknownName | undefined>(), stream: new Map<string, UnknownName | undefined>() }
  return (name, family) => {
    if (!known[family].has(name)) known[family].set(name, judge(name, family, defined, meantBy, subject.model.target))
    return known[family].get(name)
  }
}

function judge(
  name: string,
  family: VariableFamily,
  defined: ReadonlySet<string>,
  meantBy: NameFinder,
  target: TargetVersion,
): UnknownName | undefined {
  const lower = name.toLowerCase()
  if (defined.has(lower)) return undefined
  const shown = `"$${decodeForDisplay(name)}"`
  const entries = variableEntries(name).filter((entry) => entry.family === family && !entry.setByUser)
  if (entries.length > 0) {
    const absent = entries.map((entry) => absence(entry, target))
    const [first] = absent
    if (target === 'unknown' || !first || !('since' in first) || !absent.every((one) => one)) return undefined
    return {
      message: `unknown variable ${shown}: it came with nginx ${first.since}, and this is for ${formatVersion(target)}`,
    }
  }
  if (family === 'stream' && isBuiltinVariable(name, 'http'))
    return { message: `unknown variable ${shown}: it is of "http", and "stream" has none of that name` }
  const near = meantBy(lower, family)
  return {
    message: `unknown variable ${shown}${near ? `; did you mean "$${near.name}"?` : ': no module has it, and no map, set, geo or capture of this configuration defines it'}`,
    meant: near?.isCertain ? near.name : undefined,
  }
}

/** The variable that was meant, of this configuration or of nginx. */
type NameFinder = (name: string, family: VariableFamily) => NearName | undefined

function nameFinder(defined: ReadonlySet<string>): NameFinder {
  const nearest = nearNames()
  const known: Partial<Record<VariableFamily, readonly string[]>> = {}
  return (name, family) => {
    // A capture is nobody's slip for a name.
    known[family] ??= [...new Set([...defined, ...variableNames(family)])].filter((known) => !/^\d$/.test(known))
    return nearest(name, known[family])
  }
}
