import yargs, { type Argv } from 'yargs'
import { sanitize } from '../report/sanitize.ts'
import { withoutCommands } from '../report/workflow-commands.ts'
import { colorOf, fileOrNone, given, lintArguments, type Parsed, simpleArguments } from './arguments.ts'
import { type CommandDefinition, type DiagnoseCommand, diagnoseCommands } from './diagnose-options.ts'
import { commandHelp, helpText } from './help.ts'
import { CommandError, type ExitCode, type Io } from './io.ts'
import { lintOptions, rulesOptions } from './lint-options.ts'
import { withOptionalValues } from './optional-values.ts'
import { packageVersion } from './package.ts'
import { commandNamed } from './plain-commands.ts'
import { displayFor } from './terminal.ts'
import { checkNoMore, checkWords, inOurWords } from './usage-errors.ts'
import { parserConfiguration, yargsOptions } from './yargs-options.ts'

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
  return error instanceof CommandError || (error instanceof Error && FOR_PEOPLE.includes(error.name))
}

const FOR_PEOPLE = ['SettingsError', 'WriteError', 'TooManyProblemsError']

async function dispatch(argv: readonly string[], io: Io): Promise<ExitCode> {
  if (asksForHelp(argv)) {
    const name = argv.find((word) => !isHelp(word))
    const command = commandNamed(name)
    io.out(name !== undefined && command ? commandHelp(name, command) : helpText(argv.includes('--verbose')))
    return 0
  }
  if (argv.length === 1 && argv[0] === '--version') {
    io.out(`${packageVersion()}\n`)
    return 0
  }
  const simple = simpleArguments(argv)
  if (simple) {
    const { lint } = await import('./lint.ts')
    return lint(lintArguments(simple), io)
  }
  checkWords(argv)
  let code: ExitCode = 0
  const complete = await completer(argv, io)
  const parser: Argv = yargs([...argv])
    .scriptName('ngxlint')
    .locale('en')
    .parserConfiguration(parserConfiguration)
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
  return argv[0] === 'help' || options.some((word) => word !== 'help' && isHelp(word))
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h' || word === 'help'
}

/** What yargs' completion script asks for. Its answer is not waited for, so it is made beforehand. */
async function completer(argv: readonly string[], io: Io) {
  const at = argv.indexOf('--get-yargs-completions')
  const words = at === -1 ? [] : (await import('./complete.ts')).complete(argv.slice(at + 2), io)
  return (_current: string, _args: Parsed, _fallback: () => void, done: (words: string[]) => void) => done(words)
}
