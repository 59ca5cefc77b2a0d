import { commandNames } from './command-names.ts'
import { lintOptions, type OptionDefinition } from './lint-options.ts'
import { commandNamed } from './plain-commands.ts'

type Definitions = Readonly<Record<string, OptionDefinition>>

/** The options of a command; those of `ngxlint` itself for a word that is none. */
export function optionsOf(command: string | undefined): Definitions {
  return commandNamed(command)?.options ?? lintOptions
}

/** The names of a command's options, without dashes. */
export function optionNames(command: string | undefined): string[] {
  const definitions = optionsOf(command)
  const own = Object.entries(definitions).flatMap(([name, { hasNo }]) => (hasNo ? [name, `no-${name}`] : [name]))
  return [...own, 'help', ...(definitions === lintOptions ? ['version'] : [])]
}

/** Whether an option, by its name or its letter, is one of some command. */
export function isOptionSomewhere(name: string): boolean {
  return [undefined, ...commandNames].some((command) =>
    Object.entries(optionsOf(command)).some(([known, { alias }]) => name === known || name === alias),
  )
}
