import { didYouMean } from '../lint/suggest.ts'
import { list, type Parsed } from './arguments.ts'
import { commandNames } from './command-names.ts'
import { CommandError } from './io.ts'
import { isOptionSomewhere, optionNames, optionsOf } from './option-names.ts'

/**
 * What yargs says of a command line that it refuses, in words of ours.
 * @param command the first word of the command line, which may be no command
 */
export function inOurWords(message: string, command: string | undefined): string {
  const unknown = /^Unknown arguments?: ([^,]+)/.exec(message)?.[1]
  if (unknown !== undefined) {
    const name = (unknown.length === 1 ? '-' : '--') + unknown
    const hint = unknown.length === 1 ? spelledOut(unknown, command) : dashed(didYouMean(unknown, optionNames(command)))
    const what = isOptionSomewhere(unknown) ? `${commandName(command)} has no` : 'there is no'
    return `${what} option "${name}"${hint} (see ngxlint --help)`
  }
  const lacking = /^Not enough arguments following: (.+)/.exec(message)?.[1]
  if (lacking !== undefined) return `${lacking.length === 1 ? '-' : '--'}${lacking} needs a value`
  if (/^Not enough non-option arguments/.test(message)) return 'explain: name a rule ("ngxlint rules" lists them)'
  return message
}

function dashed(hint: string): string {
  return hint.replace('"', '"--')
}

/** The options that a letter may be meant for. */
function spelledOut(letter: string, command: string | undefined): string {
  const meant = optionNames(command).filter((name) => name.startsWith(letter.toLowerCase()))
  return meant.length === 0 ? '' : `; did you mean ${meant.map((name) => `"--${name}"`).join(' or ')}?`
}

/** What yargs would take otherwise than it is meant: it reads `--fix=yes` as no, and `-fix` as three letters. */
export function checkWords(argv: readonly string[]): void {
  const end = argv.indexOf('--')
  const definitions = optionsOf(argv[0])
  for (const word of end === -1 ? argv : argv.slice(0, end)) {
    const [, name = '', value] = /^--([\w-]+)=(.*)$/s.exec(word) ?? []
    const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined
    if (definition && definition.value === undefined && value !== 'true' && value !== 'false')
      throw new CommandError(`--${name} takes no value: write --${name} alone`)
    const long = /^-(\w[\w-]+)$/.exec(word)?.[1]
    if (long !== undefined && Object.hasOwn(definitions, long))
      throw new CommandError(`there is no option "${word}"; did you mean "-${word}"? (see ngxlint --help)`)
  }
}

function commandName(word: string | undefined): string {
  return commandNames.includes(word ?? '') ? `"ngxlint ${word}"` : 'ngxlint'
}

/** @throws CommandError for a word behind a command that takes none, or no more */
export function checkNoMore(command: string, args: Parsed): void {
  const [, word] = list(args._)
  if (word === undefined) return
  const where = command === 'init' ? 'it looks at the current folder' : 'see ngxlint --help'
  throw new CommandError(`${command}: "${word}" is one word too many (${where})`)
}
