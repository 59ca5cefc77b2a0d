import yargs, { type Argv, type Options } from 'yargs'
import { didYouMean } from '../lint/suggest.ts'
import { sanitize } from '../report/sanitize.ts'
import { withoutCommands } from '../report/workflow-commands.ts'
import { commandNames } from './command-names.ts'
import {
  type CommandDefinition,
  type DiagnoseCommand,
  diagnoseCommands,
  isDiagnoseCommand,
} from './diagnose-options.ts'
import type { Given } from './given.ts'
import { commandHelp, helpText } from './help.ts'
import { CommandError, type ExitCode, type Io } from './io.ts'
import { type LintArguments, lintOptions, type OptionDefinition, rulesOptions } from './lint-options.ts'
import { isOptionSomewhere, optionNames } from './option-names.ts'
import { withOptionalValues } from './optional-values.ts'
import { packageVersion } from './package.ts'
import { displayFor } from './terminal.ts'

/** Runs one command line to its end. */
export async function run(argv: readonly string[], world: Io): Promise<ExitCode> {
  const io = guarded(world)
  try {
    return await dispatch(withOptionalValues(argv), io)
  } catch (error) {
    if (isForPeople(error)) for (const line of error.message.split('\n')) io.err(`ngxlint: ${sanitize(line)}\n`)
    else io.err(`ngxlint: this is a bug in ngxlint, please report it\n${stackOf(error)}\n`)
    return 2
  }
}

/** No message of ours is a command to GitHub, whatever it quotes. */
function guarded(io: Io): Io {
  return io.env.GITHUB_ACTIONS === 'true' ? { ...io, err: (text) => io.err(withoutCommands(text)) } : io
}

function stackOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return stack.split('\n').map(sanitize).join('\n')
}

/** Errors that say what to do, as opposed to bugs, whose stack somebody must see. */
function isForPeople(error: unknown): error is Error {
  return (
    error instanceof CommandError || (error instanceof Error && ['SettingsError', 'WriteError'].includes(error.name))
  )
}

async function dispatch(argv: readonly string[], io: Io): Promise<ExitCode> {
  if (asksForHelp(argv)) {
    const [name] = argv
    io.out(isDiagnoseCommand(name) ? commandHelp(name) : helpText(argv.includes('--verbose')))
    return 0
  }
  if (namesOnly(argv)) {
    const { lint } = await import('./lint.ts')
    return lint(lintArguments({ _: argv }), io)
  }
  let code: ExitCode = 0
  const complete = await completer(argv, io)
  const parser: Argv = yargs([...argv])
    .scriptName('ngxlint')
    .locale('en')
    .parserConfiguration({ 'parse-numbers': false, 'parse-positional-numbers': false })
    .command(
      // The paths stay what is no option: as a positional argument, yargs would lose a "-".
      '$0',
      'report what breaks, and why',
      yargsOptions(lintOptions),
      async (args) => {
        const { lint } = await import('./lint.ts')
        code = await lint(lintArguments(args), io)
      },
    )
    .command(
      Object.entries(diagnoseCommands).map(([command, { summary, options }]: [string, CommandDefinition]) => ({
        command,
        describe: summary,
        builder: yargsOptions(options),
        handler: async (args: Parsed) => {
          const { diagnose } = await import('./diagnose.ts')
          code = await diagnose(command as DiagnoseCommand, given(args), io)
        },
      })),
    )
    .command('rules', 'list the rules', yargsOptions(rulesOptions), async (args) => {
      checkNoMore('rules', args)
      const { listRules } = await import('./rules.ts')
      code = await listRules(fileOrNone(args.config), io, displayFor(io, colorOf(args)))
    })
    .command(
      'explain <rule>',
      'why a rule is there, a bad and a good example',
      (command) =>
        command.positional('rule', { type: 'string', demandOption: true }).options(yargsOptions(rulesOptions)),
      async (args) => {
        checkNoMore('explain', args)
        const { explain } = await import('./explain.ts')
        code = await explain(String(args.rule), fileOrNone(args.config), io, displayFor(io, colorOf(args)))
      },
    )
    .command('init', 'write the settings, the hook and the CI step for this folder', {}, async (args) => {
      checkNoMore('init', args)
      const { init } = await import('./init.ts')
      code = init(io)
    })
    .command('completion', 'a script that completes all this in bash or zsh', {}, (args) => {
      checkNoMore('completion', args)
      const printer: CompletionPrinter = parser
      printer.showCompletionScript('ngxlint', 'completion')
    })
    // Under a name that nobody types: after its own command for the script, yargs goes on to the default one.
    .completion('completion-script', false, complete)
    .option('color', { type: 'boolean' })
    .help(false)
    .version(packageVersion())
    .strictOptions()
    .exitProcess(false)
    .fail((message, error) => {
      // Of its own errors yargs hands over only the message, or both.
      throw error && error.name !== 'YError' ? error : new CommandError(inOurWords(message ?? error.message, argv[0]))
    })
  // Given a callback, yargs hands over what it would print: the version, completions.
  await parser.parseAsync([...argv], {}, (_error: unknown, _args: unknown, output: string) => {
    if (output !== '') io.out(`${output}\n`)
  })
  return code
}

/** The types of yargs know nothing of the arguments. */
interface CompletionPrinter {
  showCompletionScript(script: string, command: string): unknown
}

/** yargs' own help would not fit a screen. */
function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  const options = end === -1 ? argv : argv.slice(0, end)
  return options.includes('--help') || options.includes('-h')
}

/** Where there are no options there is nothing to parse: a pre-commit hook calls it so, and saves the time that yargs takes. */
function namesOnly(argv: readonly string[]): boolean {
  return argv.every((word) => word !== '' && !word.startsWith('-') && !commandNames.includes(word))
}

function yargsOptions(definitions: Readonly<Record<string, OptionDefinition>>): Record<string, Options> {
  const entries = Object.entries(definitions).map(([name, { alias, value, describe }]): [string, Options] => {
    const kind: Options = value === undefined ? { type: 'boolean' } : { type: 'string', requiresArg: true }
    return [name, { ...kind, describe, ...(alias ? { alias } : {}) }]
  })
  return Object.fromEntries(entries)
}

type Parsed = Readonly<Record<string, unknown>>

function lintArguments(args: Parsed): LintArguments {
  return {
    paths: list(args._),
    fix: args.fix === true,
    unsafeFixes: args.unsafeFixes === true,
    diff: args.diff === true,
    format: list(args.format),
    outputFile: last(args.outputFile),
    nginxVersion: last(args.nginxVersion),
    pathMap: list(args.pathMap),
    prefix: last(args.prefix),
    rule: list(args.rule),
    onlyNamed: args.onlyNamed === true,
    config: fileOrNone(args.config),
    baseline: fileOrNone(args.baseline),
    writeBaseline: last(args.writeBaseline),
    pruneBaseline: args.pruneBaseline === true,
    printConfig: last(args.printConfig),
    maxWarnings: last(args.maxWarnings),
    quiet: args.quiet === true,
    stats: args.stats === true,
    verbose: args.verbose === true,
    color: colorOf(args),
    stdinFilename: last(args.stdinFilename),
    backup: last(args.backup),
    test: last(args.test),
    allowHardlinks: args.allowHardlinks === true,
  }
}

function given(args: Parsed): Given {
  return {
    words: list(args._).slice(1),
    all: (name) => list(args[name]),
    last: (name) => last(args[name]),
    has: (name) => args[name] === true,
    isOff: (name) => [args[name]].flat().at(-1) === false,
    lint: (path) => lintArguments({ ...args, _: path === undefined ? [] : [path] }),
  }
}

function list(value: unknown): string[] {
  return value === undefined ? [] : [value].flat().map(String)
}

/** Of an option that was given twice, the later holds. */
function last(value: unknown): string | undefined {
  return list(value).at(-1)
}

/** Of `--config FILE` and `--no-config`, too. */
function fileOrNone(value: unknown): string | false | undefined {
  return [value].flat().at(-1) === false ? false : last(value)
}

function colorOf(args: Parsed): boolean | undefined {
  const color = [args.color].flat().at(-1)
  return typeof color === 'boolean' ? color : undefined
}

/** @param command the first word of the command line, which may be no command */
function inOurWords(message: string, command: string | undefined): string {
  const unknown = /^Unknown arguments?: ([^,]+)/.exec(message)?.[1]
  if (unknown !== undefined) {
    const name = (unknown.length === 1 ? '-' : '--') + unknown
    const hint = didYouMean(unknown, optionNames(command)).replace('"', '"--')
    const what = isOptionSomewhere(unknown) ? `${commandName(command)} has no` : 'there is no'
    return `${what} option "${name}"${hint} (see ngxlint --help)`
  }
  const lacking = /^Not enough arguments following: (.+)/.exec(message)?.[1]
  if (lacking !== undefined) return `${lacking.length === 1 ? '-' : '--'}${lacking} needs a value`
  if (/^Not enough non-option arguments/.test(message)) return 'explain: name a rule ("ngxlint rules" lists them)'
  return message
}

function commandName(word: string | undefined): string {
  return commandNames.includes(word ?? '') ? `"ngxlint ${word}"` : 'ngxlint'
}

/** @throws CommandError for a word behind a command that takes none, or no more */
function checkNoMore(command: string, args: Parsed): void {
  const [, word] = list(args._)
  if (word === undefined) return
  const where = command === 'init' ? 'it looks at the current folder' : 'see ngxlint --help'
  throw new CommandError(`${command}: "${word}" is one word too many (${where})`)
}

/** What yargs' completion script asks for. Its answer is not waited for, so it is made beforehand. */
async function completer(argv: readonly string[], io: Io) {
  const at = argv.indexOf('--get-yargs-completions')
  const words = at === -1 ? [] : (await import('./complete.ts')).complete(argv.slice(at + 2), io)
  return (_current: string, _args: Parsed, _fallback: () => void, done: (words: string[]) => void) => done(words)
}
