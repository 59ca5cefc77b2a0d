import { formats } from '../report/index.ts'

/** The options of `ngxlint [paths…]`, as they are written; `job.ts` says what they mean. */
export interface LintArguments {
  readonly paths: readonly string[]
  readonly fix: boolean
  readonly unsafeFixes: boolean
  readonly diff: boolean
  readonly format: readonly string[]
  readonly outputFile: string | undefined
  readonly nginxVersion: string | undefined
  readonly pathMap: readonly string[]
  readonly prefix: string | undefined
  readonly rule: readonly string[]
  /** Whether nothing is said or changed in what named files include. */
  readonly onlyNamed: boolean
  /** The settings file; false for none. */
  readonly config: string | false | undefined
  /** The file of known problems; false for none. */
  readonly baseline: string | false | undefined
  /** Where to write them; empty for the usual place. */
  readonly writeBaseline: string | undefined
  readonly pruneBaseline: boolean
  /** The file whose settings are to be shown. */
  readonly printConfig: string | undefined
  readonly maxWarnings: string | undefined
  readonly threads: string | undefined
  readonly quiet: boolean
  readonly stats: boolean
  readonly verbose: boolean
  readonly color: boolean | undefined
  readonly stdinFilename: string | undefined
  /** A folder for the originals; empty for the usual one. */
  readonly backup: string | undefined
  /** A command that the new state has to pass; empty for nginx itself. */
  readonly test: string | undefined
  readonly allowHardlinks: boolean
}

export interface OptionDefinition {
  readonly alias?: string
  /** What stands for its value in the help; an option without one is a switch. */
  readonly value?: string
  /** Whether it may stand without its value, which then needs a `=`. */
  readonly isValueOptional?: boolean
  /** Whether `--no-` and its name say something too. */
  readonly hasNo?: boolean
  /** Whether the help only names it, unless all is asked for: it has to fit a screen. */
  readonly isRare?: boolean
  readonly describe: string
}

/** In the order of the help. */
export const lintOptions: Readonly<Record<string, OptionDefinition>> = {
  fix: { describe: 'write the fixes that change only what they say' },
  'unsafe-fixes': { describe: 'with --fix or --diff: also those that may do more' },
  diff: { describe: 'print what --fix would do as a patch, write nothing' },
  test: { value: 'COMMAND', isValueOptional: true, describe: 'with --fix: write only what nginx -T accepts' },
  backup: { isRare: true, value: 'DIR', isValueOptional: true, describe: 'with --fix: keep the originals' },
  'allow-hardlinks': { isRare: true, describe: 'with --fix: also files with several names' },
  format: { alias: 'f', value: 'NAME[:FILE]', describe: `${formats.join(', ')}; may be repeated` },
  'output-file': { isRare: true, alias: 'o', value: 'FILE', describe: 'write the report to a file' },
  rule: { value: 'ID:HOW', describe: 'off, info, warn or error; may be repeated' },
  config: { value: 'FILE', hasNo: true, describe: 'the settings; --no-config: none' },
  'print-config': { isRare: true, value: 'FILE', describe: 'show what holds for a file, and where it is from' },
  baseline: { value: 'FILE', hasNo: true, describe: 'problems that are known and not reported' },
  'write-baseline': {
    isRare: true,
    value: 'FILE',
    isValueOptional: true,
    describe: 'what there is now is known from now on',
  },
  'prune-baseline': { isRare: true, describe: 'take out of the baseline what is gone' },
  'max-warnings': { value: 'N', describe: 'exit 1 with more warnings than this' },
  'nginx-version': { value: 'X.Y.Z', describe: 'the version it is for; "auto" asks nginx -v' },
  prefix: { isRare: true, value: 'DIR', describe: 'the folder that relative includes start at' },
  'path-map': { value: 'FROM=TO', describe: 'read from TO what the includes say lies in FROM' },
  'only-named': { isRare: true, describe: 'report and fix no files but the named ones, as a hook wants it' },
  'stdin-filename': { isRare: true, value: 'NAME', describe: 'what to call standard input' },
  threads: { isRare: true, value: 'N', describe: 'lint so many configurations at once; 1: one by one' },
  quiet: { describe: 'errors only' },
  verbose: { isRare: true, describe: 'say what was read, and what was decided' },
  stats: { isRare: true, describe: 'say how long each stage took' },
  color: { hasNo: true, describe: 'colours; --no-color: none (NO_COLOR, FORCE_COLOR)' },
}

/** Those of `ngxlint rules` and `ngxlint explain`: settings may bring rules of their own. */
export const rulesOptions = { config: lintOptions.config, color: lintOptions.color } as Readonly<
  Record<string, OptionDefinition>
>
