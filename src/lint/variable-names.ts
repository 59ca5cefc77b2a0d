import { type Directive, walkDirectives } from '../config/index.ts'
import { variablesIn } from '../effective/index.ts'
import { familyOf } from '../nginx/context.ts'
import { type BlockContent, contentOf } from '../nginx/directives.ts'
import { definedArguments, type VariableArguments, variableArguments } from '../nginx/variable-use.ts'
import type { VariableFamily } from '../nginx/variables.ts'
import type { Word } from '../syntax/index.ts'
import { placedByName } from './placed.ts'
import { isPlaceholder } from './placeholder.ts'
import type { Subject } from './rule.ts'

/** A place where nginx reads a variable. */
export interface VariableUse {
  /** Without the `$`, as it is written. */
  readonly name: string
  readonly directive: Directive
  readonly word: Word
  readonly family: VariableFamily
}

/** The variables that directives and captures of the configuration define, in lower case. */
export function definedNames({ model }: Subject): Set<string> {
  const defined = new Set<string>()
  const whichOf = remembered(definedArguments)
  for (const directive of walkDirectives(model.configuration.directives)) {
    if (!directive.statement.holds('$') && !directive.statement.holds('?')) continue
    const { values } = directive.statement
    for (const value of definingValues(directive, values, whichOf)) {
      // `$x`, and `to=$x` as array_split has it.
      const variable = /^(?:\w+=)?\$(\w+)$/.exec(value)?.[1]
      if (variable) defined.add(variable.toLowerCase())
    }
    for (const value of values)
      if (value.includes('(?'))
        for (const [, name] of value.matchAll(/\(\?P?[<'](\w+)[>']/g)) defined.add((name as string).toLowerCase())
  }
  return defined
}

function definingValues(
  { name, context, parent }: Directive,
  values: readonly string[],
  whichOf: typeof definedArguments,
): readonly string[] {
  // Rows of geoip2, and of blocks that nobody knows, may begin with one: `$country default=US country iso_code;`.
  if (context === undefined) return parent && PLAIN_ROWS.has(contentOf(parent.name)) ? [] : values
  const which = whichOf(name)
  if (which === 'none') return []
  return which === 'any' ? values.slice(1) : which === 'first' ? values.slice(1, 2) : values.slice(1).slice(-1)
}

/** A configuration has many directives of few names. */
function remembered<Answer>(ask: (name: string) => Answer): (name: string) => Answer {
  const known = new Map<string, Answer>()
  return (name) => {
    const answer = known.get(name) ?? ask(name)
    known.set(name, answer)
    return answer
  }
}

/** What stands in these uses variables at most. */
const PLAIN_ROWS: ReadonlySet<BlockContent> = new Set(['map', 'geo', 'types', 'split_clients', 'charset_map'])

/** Where nginx resolves variables while it reads the configuration: where it stops at one that nothing defines. */
export function* resolvedUses(subject: Subject): Generator<VariableUse> {
  for (const { name, contexts, directives } of placedByName(subject)) {
    const family = familyOf(contexts[0] ?? 'main')
    if (family !== 'http' && family !== 'stream') continue
    const which = variableArguments(name)
    for (const directive of directives) {
      if (which !== 'none' && directive.statement.holds('$'))
        for (const word of wordsWithVariables(directive, which)) yield* usesIn(word, directive, family)
      if (name === 'map') yield* usesInRows(directive, family)
    }
  }
}

/** The value of a row may be one, or hold some; its key may not. */
function* usesInRows({ children = [] }: Directive, family: VariableFamily): Generator<VariableUse> {
  for (const row of children) {
    const value = row.name === 'include' ? undefined : row.arguments[0]
    if (value) yield* usesIn(value, row, family)
  }
}

function* usesIn(word: Word, directive: Directive, family: VariableFamily): Generator<VariableUse> {
  if (isPlaceholder(word.value)) return
  for (const name of variablesIn(word.value)) {
    const isCapture = /^[1-9]$/.test(name)
    if (!isCapture) yield { name, directive, word, family }
  }
}

function wordsWithVariables(directive: Directive, which: Exclude<VariableArguments, 'none'>): readonly Word[] {
  const words = directive.arguments
  if (directive.name === 'if') return words.filter((_, index) => !isRegexOperator(words[index - 1]?.value))
  const listed = which === 'all' ? words : words.slice(which.from, which.to)
  // The address of `geo [$address] $variable` may be left out.
  if (directive.name === 'geo' && words.length < 2) return []
  return listed.filter(({ value }) => !value.startsWith('~'))
}

function isRegexOperator(word: string | undefined): boolean {
  return word !== undefined && /^\(?!?~\*?$/.test(word)
}
