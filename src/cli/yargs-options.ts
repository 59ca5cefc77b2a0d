import type { Options } from 'yargs'
import type { OptionDefinition } from './lint-options.ts'

export const parserConfiguration = { 'parse-numbers': false, 'parse-positional-numbers': false } as const

/** Our options in yargs' terms. */
export function yargsOptions(definitions: Readonly<Record<string, OptionDefinition>>): Record<string, Options> {
  const entries = Object.entries(definitions).map(([name, { alias, value, describe }]): [string, Options] => {
    const kind: Options = value === undefined ? { type: 'boolean' } : { type: 'string', requiresArg: true }
    return [name, { ...kind, describe, ...(alias ? { alias } : {}) }]
  })
  return Object.fromEntries(entries)
}
