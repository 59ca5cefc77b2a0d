import { type CommandDefinition, diagnoseCommands } from './diagnose-options.ts'
import { lintOptions, type OptionDefinition, rulesOptions } from './lint-options.ts'

const COLOR_ONLY: Readonly<Record<string, OptionDefinition>> = { color: lintOptions.color as OptionDefinition }

/** The commands that take no more than a word. */
export const plainCommands = {
  rules: {
    usage: '',
    summary: 'List the rules, with how bad their problems are and what fixes them.',
    options: rulesOptions,
    exit: '0 done, 2 could not work',
    examples: ['ngxlint rules'],
  },
  explain: {
    usage: 'RULE|DIRECTIVE',
    summary:
      'Print the page of a rule: why it is there, a bad and a good example, what its fix changes. Of a directive: where it may stand, and what it takes.',
    options: rulesOptions,
    exit: '0 done, 2 there is no such rule or directive',
    examples: ['ngxlint explain websocket/http-version', 'ngxlint explain proxy_pass'],
  },
  init: {
    usage: '',
    summary:
      'Write settings, hook and CI step for the current folder, as far as they suit it. What is there stays as it is.',
    options: COLOR_ONLY,
    exit: '0 done, 2 could not work',
    examples: ['ngxlint init'],
  },
  completion: {
    usage: '',
    summary: 'Print a script that completes all this in bash or zsh, whichever SHELL names.',
    options: COLOR_ONLY,
    exit: '0 done',
    examples: ['ngxlint completion >> ~/.bashrc'],
  },
} satisfies Readonly<Record<string, CommandDefinition>>

const ALL: Readonly<Record<string, CommandDefinition>> = { ...diagnoseCommands, ...plainCommands }

/** A command by its name. */
export function commandNamed(name: string | undefined): CommandDefinition | undefined {
  return name !== undefined && Object.hasOwn(ALL, name) ? ALL[name] : undefined
}
