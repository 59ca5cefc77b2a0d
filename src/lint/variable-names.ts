import { type Configuration, type Directive, type DirectiveGroup, inventoryOf } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { variablesIn } from '../effective/index.ts'
import { type Context, familyOf } from '../nginx/context.ts'
import { type BlockContent, contentOf, directiveEntries } from '../nginx/directives.ts'
import {
  definedArguments,
  takesVariablesByName,
  type VariableArguments,
  variableArguments,
} from '../nginx/variable-use.ts'
import type { VariableFamily } from '../nginx/variables.ts'
import type { WordingTable } from '../syntax/index.ts'
import { placedByName } from './placed.ts'
import { isPlaceholder } from './placeholder.ts'
import type { Subject } from './rule.ts'

/** An argument in which nginx reads variables. */
export interface VariableUse {
  /** Index of the argument. */
  readonly index: number
  /** The variables, without the `$`, as they are written. */
  readonly names: readonly string[]
}

/** The variables that directives and captures of the configuration define, in lower case. */
export const definedNames = memoize((configuration: Configuration): ReadonlySet<string> => {
  const defined = new Set<string>()
  const { groups, rows } = inventoryOf(configuration)
  for (const group of groups) {
    const which = definedArguments(group.name)
    for (const { wording } of group.alike()) {
      if (which !== 'none' && wording.holds('$')) addVariables(definingValues(wording.values, which), defined)
      if (wording.holds('?')) addCaptures(wording.values, defined)
    }
  }
  for (const row of rows) {
    const { wording, parent } = row
    // Rows of geoip2, and of blocks that nobody knows, may begin with one: `$country default=US country iso_code;`.
    const isPlain = parent !== undefined && PLAIN_ROWS.has(contentOf(parent.name))
    if (!isPlain && wording.holds('$')) addVariables(wording.values, defined)
    if (wording.holds('?')) addCaptures(wording.values, defined)
  }
  return defined
})

function definingValues(values: readonly string[], which: 'any' | 'first' | 'last'): readonly string[] {
  return which === 'any' ? values.slice(1) : which === 'first' ? values.slice(1, 2) : values.slice(1).slice(-1)
}

function addVariables(defining: readonly string[], defined: Set<string>): void {
  for (const value of defining) {
    // `$x`, and `to=$x` as array_split has it.
    const variable = /^(?:\w+=)?\$(\w+)$/.exec(value)?.[1]
    if (variable) defined.add(variable.toLowerCase())
  }
}

function addCaptures(values: readonly string[], defined: Set<string>): void {
  for (const value of values)
    if (value.includes('(?'))
      for (const [, name] of value.matchAll(/\(\?P?[<'](\w+)[>']/g)) defined.add((name as string).toLowerCase())
}

/** What stands in these uses variables at most. */
const PLAIN_ROWS: ReadonlySet<BlockContent> = new Set(['map', 'geo', 'types', 'split_clients', 'charset_map'])

/**
 * Where nginx resolves variables while it reads the configuration, and stops at one that nothing defines: the directives
 * in which that is so for one of the names in question.
 */
export function* resolvedUses(
  subject: Subject,
  isInQuestion: (name: string, family: VariableFamily) => boolean,
): Generator<{
  readonly directive: Directive
  readonly family: VariableFamily
  readonly uses: readonly VariableUse[]
}> {
  for (const { name, contexts, group } of placedByName(subject)) {
    const family = familyOf(contexts[0] ?? 'main')
    if (family !== 'http' && family !== 'stream') continue
    // nginx stops at a directive that is not for this place.
    if (!directiveEntries(name).some(({ contexts: own }) => own.some((context) => familyOf(context) === family)))
      continue
    const which = variableArguments(name)
    const found = (uses: readonly VariableUse[]) => {
      const inQuestion = uses
        .map(({ index, names }) => ({ index, names: names.filter((one) => isInQuestion(one, family)) }))
        .filter(({ names }) => names.length > 0)
      return inQuestion.length > 0 ? inQuestion : undefined
    }
    if (which !== 'none')
      for (const [directive, uses] of group.judged((one) => found(usesIn(one, which))))
        yield { directive, family, uses }
    if (name !== 'map') continue
    for (const { children = [] } of group.directives) {
      for (const row of children) {
        const uses = found(usesInRow(row))
        if (uses) yield { directive: row, family, uses }
      }
    }
  }
}

function usesIn(directive: Directive, which: Exclude<VariableArguments, 'none'>): readonly VariableUse[] {
  return directive.wording.holds('$') ? usesOfWording(directive, which) : NONE
}

/** Asked once of what is written alike, for several rules look for variables. */
function usesOfWording(directive: Directive, which: Exclude<VariableArguments, 'none'>): readonly VariableUse[] {
  const known = usesKnown(directive.file.tree.wordings)
  const uses = known.get(directive.wording.id) ?? findUses(directive, which)
  known.set(directive.wording.id, uses)
  return uses
}

const usesKnown = memoize((_wordings: WordingTable) => new Map<number, readonly VariableUse[]>())

const NONE: readonly VariableUse[] = []

function findUses({ name, values }: Directive, which: Exclude<VariableArguments, 'none'>): readonly VariableUse[] {
  // The address of `geo [$address] $variable` may be left out.
  if (name === 'geo' && values.length < 2) return []
  return values.flatMap((value, index) => {
    if (name === 'if' ? isRegexOperator(values[index - 1]) : !isListed(index, which) || value.startsWith('~')) return []
    return useIn(value, index)
  })
}

/** The value of a row may be a variable, or hold some; its key may not. */
function usesInRow(row: Directive): VariableUse[] {
  const value = row.name === 'include' ? undefined : row.argument(0)
  return value === undefined ? [] : useIn(value, 0)
}

function useIn(value: string, index: number): VariableUse[] {
  if (!value.includes('$') || isPlaceholder(value)) return []
  const names = variablesIn(value).filter((name) => !/^[1-9]$/.test(name)) // those are captures
  return names.length > 0 ? [{ index, names }] : []
}

function isListed(index: number, which: Exclude<VariableArguments, 'none'>): boolean {
  return which === 'all' || (index >= which.from && index < (which.to ?? Number.POSITIVE_INFINITY))
}

function isRegexOperator(word: string | undefined): boolean {
  return word !== undefined && /^\(?!?~\*?$/.test(word)
}

/** The variables that are read anywhere, in lower case; undefined where something may read one that nobody can see. */
export function namesRead(configuration: Configuration): ReadonlySet<string> | undefined {
  const read = new Set<string>()
  const { groups, rows } = inventoryOf(configuration)
  for (const group of groups) {
    for (const directive of group.alike()) {
      if (takesVariablesByName(group.name, () => directive.argument(0))) return undefined
      addNamesRead(directive, isOfMaps(group) && directive.isBlock ? MADE : undefined, read)
    }
  }
  for (const row of rows) addNamesRead(row, undefined, read)
  return read
}

/** Whether these are maps, be it of `http` or of `stream`. */
export function isOfMaps({ name, place }: DirectiveGroup<Context>): boolean {
  return name === 'map' && (place === 'http' || place === 'stream')
}

/** The variables that maps of `http` make, in lower case. */
export function namesOfMaps(configuration: Configuration): ReadonlySet<string> {
  const maps = inventoryOf(configuration).groups.filter((group) => isOfMaps(group) && group.place === 'http')
  const made = maps.flatMap((group) => group.alike().map((directive) => directive.argument(MADE) ?? ''))
  return new Set(made.flatMap((name) => (/^\$\w+$/.test(name) ? name.slice(1).toLowerCase() : [])))
}

/** The argument of a map that names what it makes. */
const MADE = 1

function addNamesRead({ wording }: Directive, made: number | undefined, read: Set<string>): void {
  if (!wording.holds('$')) return
  // The name of a row is its key.
  for (const [index, value] of wording.values.entries())
    if (index - 1 !== made && value.includes('$')) for (const name of variablesIn(value)) read.add(name.toLowerCase())
}
