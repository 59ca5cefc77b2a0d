import { type Directive, walkDirectives } from '../config/index.ts'
import { variablesIn } from '../effective/index.ts'
import { familyOf } from '../nginx/context.ts'
import { type BlockContent, contentOf } from '../nginx/directives.ts'
import { definedArguments, variableArguments } from '../nginx/variable-use.ts'
import type { VariableFamily } from '../nginx/variables.ts'
import type { Word } from '../syntax/index.ts'
import { placedDirectives } from './placed.ts'
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
  for (const directive of walkDirectives(model.configuration.directives)) {
    for (const { value } of definingWords(directive)) {
      // `$x`, and `to=$x` as array_split has it.
      const variable = /^(?:\w+=)?\$(\w+)$/.exec(value)?.[1]
      if (variable) defined.add(variable.toLowerCase())
    }
    for (const { value } of directive.statement.words)
      if (value.includes('(?'))
        for (const [, name] of value.matchAll(/\(\?P?[<'](\w+)[>']/g)) defined.add((name as string).toLowerCase())
  }
  return defined
}

function definingWords(directive: Directive): readonly Word[] {
  if (directive.context === undefined) {
    // Rows of geoip2, and of blocks that nobody knows, may begin with one: `$country default=US country iso_code;`.
    const { parent } = directive
    return parent && PLAIN_ROWS.has(contentOf(parent.name)) ? [] : directive.statement.words
  }
  const words = directive.arguments
  const which = definedArguments(directive.name)
  if (which === 'none') return []
  return which === 'any' ? words : which === 'first' ? words.slice(0, 1) : words.slice(-1)
}

/** What stands in these uses variables at most. */
const PLAIN_ROWS: ReadonlySet<BlockContent> = new Set(['map', 'geo', 'types', 'split_clients', 'charset_map'])

/** Where nginx resolves variables while it reads the configuration: where it stops at one that nothing defines. */
export function* resolvedUses(subject: Subject): Generator<VariableUse> {
  for (const { directive, contexts } of placedDirectives(subject)) {
    const family = familyOf(contexts[0] ?? 'main')
    if (family !== 'http' && family !== 'stream') continue
    for (const word of wordsWithVariables(directive)) yield* usesIn(word, directive, family)
    if (directive.name !== 'map' || contentOf(directive.name) !== 'map') continue
    // The value of a row may be one, or hold some; its key may not.
    for (const row of directive.children ?? []) {
      const value = row.name === 'include' ? undefined : row.arguments[0]
      if (value) yield* usesIn(value, row, family)
    }
  }
}

function* usesIn(word: Word, directive: Directive, family: VariableFamily): Generator<VariableUse> {
  if (isPlaceholder(word.value)) return
  for (const name of variablesIn(word.value)) yield { name, directive, word, family }
}

function wordsWithVariables(directive: Directive): readonly Word[] {
  const which = variableArguments(directive.name)
  if (which === 'none') return []
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
