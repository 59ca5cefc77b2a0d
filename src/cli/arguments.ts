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

/** Switches as they are written, and under the names that yargs gives them. */
const SWITCHES: ReadonlyMap<string, string> = new Map(
  Object.entries(lintOptions)
    .filter(([, { value }]) => value === undefined)
    .map(([name]) => [`--${name}`, name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())]),
)

/**
 * The arguments of a command line of names and switches. There is nothing to parse: a pre-commit hook calls it so, and
 * saves the time that yargs takes. Undefined for any other.
 */
export function simpleArguments(argv: readonly string[]): Parsed | undefined {
  const paths: string[] = []
  const given: Record<string, true> = {}
  for (const [index, word] of argv.entries()) {
    const name = SWITCHES.get(word)
    if (name !== undefined) given[name] = true
    else if (word === '--') return { ...given, _: [...paths, ...argv.slice(index + 1)] }
    else if (word === '' || word.startsWith('-') || commandNames.includes(word)) return undefined
    else paths.push(word)
  }
  return { ...given, _: paths }
}
