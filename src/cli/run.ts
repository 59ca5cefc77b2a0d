import yargs, { type Argv } from 'yargs'
import { didYouMean } from '../lint/suggest.ts'
import { displayFor } from './terminal.ts'
import { examples } from './examples.ts'
import { CommandError, type ExitCode, type Io } from './io.ts'
import { type LintArguments, lintOptions } from './lint-options.ts'
import { packageVersion } from './package.ts'
import { sanitize } from '../report/sanitize.ts'

const HELP_WIDTH = 80

/** Runs one command line to its end. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(argv, io)
  } catch (error) {
    if (!isForPeople(error)) throw error
    io.err(`ngxlint: ${sanitize(error.message)}\n`)
    return 2
  }
}

/** Errors that say what to do, as opposed to bugs, whose stack somebody must see. */
function isForPeople(error: unknown): error is Error {
  return error instanceof CommandError || (error instanceof Error && error.name === 'SettingsError')
}

async function dispatch(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = 0
  const parser = yargs([...argv])
    .scriptName('ngxlint')
    .locale('en')
    .parserConfiguration({ 'duplicate-arguments-array': true, 'parse-numbers': false, 'parse-positional-numbers': false })
    .usage(examples)
    .command(
      '$0 [paths..]',
      'Find what is wrong, above all what breaks WebSocket handshakes',
      (command) => lintCommand(command),
      async (args) => {
        const { lint } = await import('./lint.ts')
        code = await lint(lintArguments(args), io)
      },
    )
    .command('rules', 'List the rules', {}, async (args) => {
      const { listRules } = await import('./rules.ts')
      code = listRules(io, displayFor(io, colorOf(args)))
    })
    .command(
      'explain <rule>',
      'Why a rule is there, a bad and a good example, what its fix does',
      (command) => command.positional('rule', { type: 'string', demandOption: true }),
      async (args) => {
        const { explain } = await import('./explain.ts')
        code = explain(args.rule, io, displayFor(io, colorOf(args)))
      },
    )
    .completion('completion', 'Print a script that completes ngxlint in bash or zsh', complete)
    .option('color', lintOptions.color)
    .help()
    .alias('help', 'h')
    .version(packageVersion())
    .strictOptions()
    .wrap(HELP_WIDTH)
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new CommandError(inOurWords(message))
    })
  // Given a callback, yargs hands over what it would print: help, version, completions.
  await parser.parseAsync([...argv], {}, (_error: unknown, _args: unknown, output: string) => {
    if (output !== '') io.out(`${output}\n`)
  })
  return code
}

function lintCommand(command: Argv) {
  return command.positional('paths', { type: 'string', array: true }).options(lintOptions)
}

type Parsed = Readonly<Record<string, unknown>>

function lintArguments(args: Parsed): LintArguments {
  return {
    paths: list(args.paths),
    fix: args.fix === true,
    unsafeFixes: args.unsafeFixes === true,
    diff: args.diff === true,
    format: last(args.format),
    outputFile: last(args.outputFile),
    nginxVersion: last(args.nginxVersion),
    pathMap: list(args.pathMap),
    prefix: last(args.prefix),
    rule: list(args.rule),
    maxWarnings: last(args.maxWarnings),
    quiet: args.quiet === true,
    verbose: args.verbose === true,
    color: colorOf(args),
    stdinFilename: last(args.stdinFilename),
  }
}

function list(value: unknown): string[] {
  return value === undefined ? [] : [value].flat().map(String)
}

/** Of an option that was given twice, the later holds. */
function last(value: unknown): string | undefined {
  return list(value).at(-1)
}

function colorOf(args: Parsed): boolean | undefined {
  const color = [args.color].flat().at(-1)
  return typeof color === 'boolean' ? color : undefined
}

const OPTION_NAMES = [...Object.keys(lintOptions), 'no-color', 'help', 'version']

function inOurWords(message: string): string {
  const unknown = /^Unknown arguments?: ([^,]+)/.exec(message)?.[1]
  if (unknown !== undefined) {
    const name = (unknown.length === 1 ? '-' : '--') + unknown
    return `there is no option "${name}"${didYouMean(unknown, OPTION_NAMES).replace('"', '"--')} (see ngxlint --help)`
  }
  const lacking = /^Not enough arguments following: (.+)/.exec(message)?.[1]
  if (lacking !== undefined) return `${lacking.length === 1 ? '-' : '--'}${lacking} needs a value`
  if (/^Not enough non-option arguments/.test(message)) return 'explain: name a rule ("ngxlint rules" lists them)'
  return message
}

async function complete(current: string, args: Parsed, fallback: unknown, done: (words: string[]) => void) {
  const words = list(args._)
  if (words.includes('explain')) {
    const { allRuleIds } = await import('./rules.ts')
    return done(allRuleIds().filter((id) => id.includes(current)))
  }
  return (fallback as () => void)()
}
