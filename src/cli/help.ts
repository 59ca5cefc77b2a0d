import { lintOptions } from './lint-options.ts'

const NAME_WIDTH = 28

/** What `--help` prints: what most people came for comes first, and all of it fits a screen. */
export function helpText(): string {
  return `Find and fix what is wrong in an nginx configuration, before a reload.

  ngxlint nginx.conf          report what breaks, and why
  ngxlint nginx.conf --diff   show what --fix would do
  ngxlint nginx.conf --fix    do it
  ngxlint - < site.conf       read standard input; --fix prints the fixed text
  ngxlint rules               list the rules
  ngxlint explain RULE        why it is there, a bad and a good example
  ngxlint completion          a script that completes all this in bash or zsh

Usage: ngxlint [options] [paths…]
Paths are files and folders; without any, the nginx.conf found from here.

${Object.keys(lintOptions).map(optionLine).join('\n')}
  -h, --help; --version

Exit: 0 no errors left, 1 problems left (--diff: not empty), 2 could not work
`
}

function optionLine(name: string): string {
  const { alias, value, describe } = lintOptions[name] as (typeof lintOptions)[string]
  const left = `${alias ? `-${alias}, ` : ''}--${name}${value ? ` ${value}` : ''}`
  return `  ${left.padEnd(NAME_WIDTH - 2)}${describe}`
}
