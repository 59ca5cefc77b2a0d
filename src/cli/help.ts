import { wrap } from '../report/width.ts'
import type { CommandDefinition } from './diagnose-options.ts'
import { lintOptions, type OptionDefinition } from './lint-options.ts'

const NAME_WIDTH = 28
const WIDTH = 80

type Definitions = Readonly<Record<string, OptionDefinition>>

/**
 * What `--help` prints: what most people came for comes first, and it fits a screen.
 * @param isWhole whether nothing is left out
 */
export function helpText(isWhole = false): string {
  const shown = Object.entries(lintOptions).filter(([, { isRare }]) => isWhole || !isRare)
  return `Find and fix what is wrong in an nginx configuration, before a reload.

  ngxlint nginx.conf          report what breaks, and why
  ngxlint nginx.conf --diff   show what --fix would do
  ngxlint nginx.conf --fix    do it
  ngxlint - < site.conf       read standard input; --fix prints the fixed text
  ngxlint trace URL           where a handshake goes, what the backend would get
  ngxlint probe URL           ask for a WebSocket, and read the answer
  ngxlint snippet             the lines to bake in for every WebSocket
  ngxlint rules               list the rules
  ngxlint explain RULE        why it is there, a bad and a good example
  ngxlint init                write settings, hook and CI step for this folder
  ngxlint completion          a script that completes all this in bash or zsh

Usage: ngxlint [options] [paths…]
Paths are files and folders; without any, the nginx.conf found from here.

${optionLines(Object.fromEntries(shown))}
  -h, --help; --version
${isWhole ? '' : `\n${rareOptions()}\n`}
Exit: 0 no errors left, 1 problems left (--diff: not empty), 2 could not work
`
}

/** What `--help` prints after a command. */
export function commandHelp(name: string, { usage, summary, options, exit, examples }: CommandDefinition): string {
  return `${wrap(summary, WIDTH).join('\n')}

Usage: ngxlint ${[name, usage, '[options]'].filter(Boolean).join(' ')}

${optionLines(options)}

Exit: ${exit}

${examples.map((example) => `  ${example}`).join('\n')}
`
}

function rareOptions(): string {
  const rare = Object.entries(lintOptions).filter(([, { isRare }]) => isRare)
  const names = rare.map(([name, definition]) => `--${name}${valuePart(definition).replaceAll(' ', '\u00a0')}`)
  const lines = wrap(`Also ${names.join(', ')}: see "ngxlint --help --verbose" or "man ngxlint".`, WIDTH)
  return lines.join('\n').replaceAll('\u00a0', ' ')
}

/** What follows the name of an option. */
export function valuePart({ value, isValueOptional }: OptionDefinition): string {
  if (value === undefined) return ''
  return isValueOptional ? `[=${value}]` : ` ${value}`
}

function optionLines(options: Definitions): string {
  return Object.entries(options).map(optionLine).join('\n')
}

function optionLine([name, definition]: [string, OptionDefinition]): string {
  const { alias, describe } = definition
  const left = `${alias ? `-${alias}, ` : ''}--${name}${valuePart(definition)}`
  const lines = wrap(describe, WIDTH - NAME_WIDTH)
  return `  ${left.padEnd(NAME_WIDTH - 2)}${lines.join(`\n${' '.repeat(NAME_WIDTH)}`)}`
}
