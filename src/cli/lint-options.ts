import type { Argv } from 'yargs'
import { type Format, formats } from '../report/index.ts'

/** The options of `ngxlint [paths…]`, as they are written; `lint.ts` says what they mean. */
export interface LintArguments {
  readonly paths: readonly string[]
  readonly fix: boolean
  readonly unsafeFixes: boolean
  readonly diff: boolean
  readonly format: Format
  readonly outputFile: string | undefined
  readonly nginxVersion: string | undefined
  readonly pathMap: readonly string[]
  readonly prefix: string | undefined
  readonly rule: readonly string[]
  readonly maxWarnings: string | undefined
  readonly quiet: boolean
  readonly verbose: boolean
  readonly color: boolean | undefined
  readonly stdinFilename: string | undefined
}

const FIXING = 'Fixing:'
const OUTPUT = 'Output:'
const READING = 'Reading:'
const COUNTING = 'What counts:'

export const lintOptions = {
  fix: { type: 'boolean', group: FIXING, describe: 'Write the fixes that change nothing else' },
  'unsafe-fixes': { type: 'boolean', group: FIXING, describe: 'With --fix or --diff: those that may, too' },
  diff: { type: 'boolean', group: FIXING, describe: 'Print what --fix would do as a patch; write nothing' },
  format: { type: 'string', alias: 'f', group: OUTPUT, describe: formats.join(', ') },
  'output-file': { type: 'string', alias: 'o', group: OUTPUT, describe: 'Write the report to a file' },
  quiet: { type: 'boolean', group: OUTPUT, describe: 'Report errors only' },
  verbose: { type: 'boolean', group: OUTPUT, describe: 'Say what was read and decided' },
  color: { type: 'boolean', group: OUTPUT, describe: 'Colours, or --no-color; else on a terminal only' },
  rule: { type: 'string', group: COUNTING, describe: 'ID:off, ID:info, ID:warn or ID:error; may be repeated' },
  'max-warnings': { type: 'string', group: COUNTING, describe: 'Exit 1 with more warnings than this' },
  'nginx-version': { type: 'string', group: READING, describe: 'As 1.24.0, or "auto" to ask nginx -v' },
  prefix: { type: 'string', group: READING, describe: 'The folder that relative includes start at' },
  'path-map': { type: 'string', group: READING, describe: 'FROM=TO: read what lies in FROM from TO' },
  'stdin-filename': { type: 'string', group: READING, describe: 'The name of what comes by standard input' },
} as const satisfies Parameters<Argv['options']>[0]
