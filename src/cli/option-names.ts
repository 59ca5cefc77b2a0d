import { commandNames } from './command-names.ts'
import { diagnoseCommands, isDiagnoseCommand } from './diagnose-options.ts'
import { lintOptions, type OptionDefinition, rulesOptions } from './lint-options.ts'

type Definitions = Readonly<Record<string, OptionDefinition>>

/** The options of a command; those of `ngxlint` itself for a word that is none. */
export function optionsOf(command: string | undefined): Definitions {
  if (isDiagnoseCommand(command)) return diagnoseCommands[command].options
  if (command === 'rules' || command === 'explain') return rulesOptions
  return commandNames.includes(command ?? '') ? COLOR_ONLY : lintOptions
}

const COLOR_ONLY: Definitions = { color: lintOptions.color as OptionDefinition }

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
