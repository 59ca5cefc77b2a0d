import { argumentCounts } from '../lint/argument-words.ts'
import { inContexts } from '../lint/context-words.ts'
import { documentationOf, type Inheritance, inheritanceOf, olderDefaultsOf } from '../nginx/directive-facts.ts'
import { type DirectiveEntry, directiveEntries } from '../nginx/directives.ts'
import { wordAlone } from '../nginx/unique.ts'
import { wantedValue } from '../nginx/values.ts'

/** What nginx's table has of a directive, as a page; undefined for a name that it has not. */
export function directivePage(name: string): string | undefined {
  const entries = directiveEntries(name)
  if (entries.length === 0) return undefined
  return [`# ${name}`, ...entries.map((entry) => [headOf(entry), ...factsOf(name, entry)].join('\n'))].join('\n\n')
}

function headOf({ module, commercial, thirdParty }: DirectiveEntry): string {
  const origin = commercial ? ', for NGINX Plus' : thirdParty ? ', which is no part of nginx itself' : ''
  return `A directive of ${module}${origin}.\n`
}

function* factsOf(name: string, entry: DirectiveEntry): Generator<string> {
  yield `- It may stand ${inContexts(entry.contexts)}.`
  const wanted = wantedValue(entry)
  yield `- It takes ${argumentCounts([entry.args])}${wanted ? `: ${wanted}` : ''}${entry.block ? ', and a block' : ''}.`
  yield* defaultOf(name, entry)
  if (entry.since !== undefined) yield `- It is there since ${entry.since}.`
  for (const [word, since] of Object.entries(entry.sinceArgs ?? {})) yield `- Its \`${word}\` is there since ${since}.`
  if (entry.removed !== undefined) yield `- It is gone since ${entry.removed}.`
  const advice = entry.deprecated ?? entry.obsolete
  if (advice !== undefined) yield `- It is deprecated: ${advice}.`
  for (const [word, why] of Object.entries(entry.deprecatedArgs ?? {})) yield `- Its \`${word}\` is deprecated: ${why}.`
  const alone = wordAlone(name)
  const but = entry.repeatable && alone !== undefined ? `, but \`${alone}\` by itself only` : ''
  if (entry.repeatable !== undefined)
    yield `- A block may have ${entry.repeatable ? 'several of it' : 'one of it'}${but}.`
  const inheritance = inheritanceOf(name, entry)
  if (inheritance) yield `- ${inheritanceText(inheritance)}`
  const documentation = documentationOf(name, entry)
  if (documentation !== undefined) yield `- See ${documentation}`
}

function* defaultOf(name: string, entry: DirectiveEntry): Generator<string> {
  if (entry.default === undefined) return
  const older = olderDefaultsOf(name).map(
    ({ before, value }) => `before ${before}: ${value === '' ? 'none' : `\`${value}\``}`,
  )
  const before = older.length > 0 ? ` (${older.join('; ')})` : ''
  yield `- Where nobody sets it: ${[entry.default]
    .flat()
    .map((value) => `\`${value}\``)
    .join(', ')}${before}.`
}

function inheritanceText(inheritance: Inheritance): string {
  switch (inheritance.kind) {
    case 'list': {
      const others = inheritance.with.length > 0 ? `, those of ${inheritance.with.join(' and ')} included` : ''
      return `Inner levels inherit all rows or none: a row of their own drops all outer ones${others}.`
    }
    case 'value':
      return 'Inner levels inherit it, unless they set it themselves.'
    case 'none':
      return 'Inner levels do not inherit it.'
  }
}
