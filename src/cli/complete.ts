import { readdirSync } from 'node:fs'
import { severities } from '../lint/problem.ts'
import { formats } from '../report/index.ts'
import { commandNames } from './command-names.ts'
import type { Io } from './io.ts'
import { lintOptions } from './lint-options.ts'
import { optionNames, optionsOf } from './option-names.ts'
import { builtInIds } from './rules.ts'

/**
 * What a shell may offer for the last of the words. Where there is nothing, it offers its files. (yargs would do this
 * too, but it knows no values, and no options of a command without a name.)
 * @param words as the shell has them, without the name of the command
 */
export function complete(words: readonly string[], io: Pick<Io, 'cwd' | 'env'>): string[] {
  const isZsh = /zsh/.test(io.env.SHELL ?? '') || io.env.ZSH_NAME !== undefined
  const offered = candidates(rejoined(words), io.cwd)
  // bash puts an offer in the place of its own last word, zsh in that of the whole one.
  const typed = words.at(-1) ?? ''
  const own = isZsh ? offered : offered.map((offer) => offer.slice(offer.length - afterBreaks(offer, words)))
  const fitting = own.filter((offer) => offer.startsWith(typed))
  // zsh takes what follows a colon for a description.
  return isZsh ? fitting.map((offer) => [offer.replaceAll(':', '\\:'), ...descriptionOf(offer)].join(':')) : fitting
}

/** bash breaks words at `=` and `:`, and hands these over as words of their own. */
function rejoined(words: readonly string[]): string[] {
  const whole: string[] = []
  for (const [index, word] of words.entries()) {
    const isPiece = isBreak(word) || isBreak(words[index - 1] ?? '')
    if (isPiece && whole.length > 0) whole.push(`${whole.pop()}${word}`)
    else whole.push(word)
  }
  return whole
}

function isBreak(word: string): boolean {
  return word === '=' || word === ':'
}

/** The length of an offer's part after the breaks that the typed words have. */
function afterBreaks(offer: string, words: readonly string[]): number {
  const whole = rejoined(words).at(-1) ?? ''
  return offer.length - (whole.length - (words.at(-1) ?? '').length)
}

function candidates(words: readonly string[], cwd: string): string[] {
  const current = words.at(-1) ?? ''
  const assigned = /^--([\w-]+)=/.exec(current)
  if (assigned) return valuesOf(assigned[1] as string, current.slice(assigned[0].length)).map((v) => assigned[0] + v)
  const option = optionNamed(words.at(-2) ?? '', words[0])
  if (option !== undefined) return valuesOf(option, current)
  if (current.startsWith('-')) return optionNames(words[0]).map((name) => `--${name}`)
  if (words[0] === 'explain') return words.length === 2 ? idsWith(current) : []
  return words.length === 1 ? commandsOrFiles(current, cwd) : []
}

function descriptionOf(option: string): string[] {
  const definition = lintOptions[option.slice(2)]
  return definition ? [definition.describe] : []
}

/** The option that the word before the last is, where it waits for a value. */
function optionNamed(word: string, command: string | undefined): string | undefined {
  const entry = Object.entries(optionsOf(command)).find(
    ([name, { alias }]) => word === `--${name}` || word === `-${alias}`,
  )
  return entry && entry[1].value !== undefined && !entry[1].isValueOptional ? entry[0] : undefined
}

function valuesOf(option: string, typed: string): string[] {
  const colon = typed.lastIndexOf(':')
  switch (option) {
    case 'format':
      return colon === -1 ? [...formats] : []
    case 'rule':
      if (colon === -1) return builtInIds().map((id) => `${id}:off`)
      return severities.map((severity) => `${typed.slice(0, colon)}:${severity}`)
    case 'nginx-version':
      return ['auto']
    default:
      return []
  }
}

/** A rule may be asked for without its category. */
function idsWith(typed: string): string[] {
  const ids = builtInIds()
  const inFull = ids.filter((id) => id.startsWith(typed))
  return inFull.length > 0
    ? inFull
    : [...new Set(ids.map((id) => id.slice(id.indexOf('/') + 1)))].filter((id) => id.startsWith(typed))
}

/** Mostly it is a file; where both fit, both are offered. */
function commandsOrFiles(typed: string, cwd: string): string[] {
  const commands = typed === '' ? [] : commandNames.filter((name) => name.startsWith(typed))
  return commands.length > 0 ? [...commands, ...filesWith(typed, cwd)] : []
}

function filesWith(typed: string, cwd: string): string[] {
  const entries = readdirSync(cwd, { withFileTypes: true }).filter(({ name }) => name.startsWith(typed))
  return entries.map((entry) => `${entry.name}${entry.isDirectory() ? '/' : ''}`)
}
