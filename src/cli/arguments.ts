import { commandNames } from './command-names.ts'
import type { Given } from './given.ts'
import { type LintArguments, lintOptions } from './lint-options.ts'

/** A command line as yargs gives it: paths in `_`, options under their names in camel case. */
export type Parsed = Readonly<Record<string, unknown>>

export function lintArguments(args: Parsed): LintArguments {
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
    threads: last(args.threads),
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

export function given(args: Parsed): Given {
  return {
    words: list(args._).slice(1),
    all: (name) => list(args[name]),
    last: (name) => last(args[name]),
    has: (name) => args[name] === true,
    isOff: (name) => [args[name]].flat().at(-1) === false,
    lint: (path) => lintArguments({ ...args, _: path === undefined ? [] : [path] }),
  }
}

export function list(value: unknown): string[] {
  return value === undefined ? [] : [value].flat().map(String)
}

/** Of an option that was given twice, the later holds. */
function last(value: unknown): string | undefined {
  return list(value).at(-1)
}

/** Of `--config FILE` and `--no-config`, too. */
export function fileOrNone(value: unknown): string | false | undefined {
  return [value].flat().at(-1) === false ? false : last(value)
}

export function colorOf(args: Parsed): boolean | undefined {
  const color = [args.color].flat().at(-1)
  return typeof color === 'boolean' ? color : undefined
}

/** What a word of the command line says, as far as that needs no parser. */
type Meaning = { readonly key: string; readonly is: boolean | 'its value' }

/** Options as they are written, and under the names that yargs gives them. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map(
  Object.entries(lintOptions).flatMap(([name, { alias, value, hasNo }]): [string, Meaning][] => {
    const key = name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
    const meaning: Meaning = { key, is: value === undefined ? true : 'its value' }
    return [
      [`--${name}`, meaning],
      ...(alias ? [[`-${alias}`, meaning] as [string, Meaning]] : []),
      ...(hasNo ? [[`--no-${name}`, { key, is: false }] as [string, Meaning]] : []),
    ]
  }),
)

/**
 * The arguments of a command line that a list of words tells: names, and options as they are written in full. There is nothing
 * to parse, and hooks and CI steps save the time that yargs takes. Undefined for any other.
 */
export function simpleArguments(argv: readonly string[]): Parsed | undefined {
  const paths: string[] = []
  const given: Record<string, boolean | string[]> = {}
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] as string
    if (word === '--') return { ...given, _: [...paths, ...argv.slice(at + 1)] }
    if (!word.startsWith('-')) {
      // yargs takes the last two for the value of a switch before them.
      if (['', 'true', 'false'].includes(word) || commandNames.includes(word)) return undefined
      paths.push(word)
      continue
    }
    const equals = word.startsWith('--') ? word.indexOf('=') : -1
    const meaning = MEANINGS.get(equals === -1 ? word : word.slice(0, equals))
    if (!meaning) return undefined
    const { key, is } = meaning
    const before = given[key]
    if (is === 'its value') {
      const value = equals === -1 ? argv[++at] : word.slice(equals + 1)
      if (!isSimpleValue(value) || typeof before === 'boolean') return undefined
      given[key] = [...(before ?? []), value]
    } else {
      if (equals !== -1 || (before !== undefined && before !== is)) return undefined
      given[key] = is
    }
  }
  return { ...given, _: paths }
}

/** yargs takes quotes away, and has something to say of a value that is missing, or looks like an option. */
function isSimpleValue(value: string | undefined): value is string {
  return value !== undefined && /^[^-'"][^'"]*$/.test(value)
}
