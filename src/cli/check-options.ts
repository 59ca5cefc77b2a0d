import { CommandError } from './io.ts'
import type { LintArguments } from './lint-options.ts'

type OptionName = keyof LintArguments

/** Options that would go unheard, and so be taken for kept promises. */
interface Clash {
  readonly options: readonly OptionName[]
  readonly isUnheard: (args: LintArguments) => boolean
  /** Reads on from the name of the option. */
  readonly why: string
}

const WRITING = ['backup', 'test', 'allowHardlinks'] as const
const REPORT = ['format', 'outputFile', 'maxWarnings'] as const

/** The first that fits is told of. */
const CLASHES: readonly Clash[] = [
  {
    options: [
      'fix',
      'unsafeFixes',
      'diff',
      ...REPORT,
      'baseline',
      'writeBaseline',
      'pruneBaseline',
      'stats',
      'onlyNamed',
      'threads',
      ...WRITING,
    ],
    isUnheard: ({ printConfig }) => printConfig !== undefined,
    why: '--print-config shows what holds for a file, and lints none',
  },
  {
    options: ['paths'],
    isUnheard: ({ printConfig }) => printConfig !== undefined,
    why: '--print-config has a value of its own, and is about that file',
  },
  {
    options: ['fix', 'diff'],
    isUnheard: ({ writeBaseline }) => writeBaseline !== undefined,
    why: 'fix first, then write down what is left with --write-baseline',
  },
  {
    options: ['unsafeFixes', ...REPORT, 'pruneBaseline', 'stats'],
    isUnheard: ({ writeBaseline }) => writeBaseline !== undefined,
    why: '--write-baseline writes down what there is, and reports nothing',
  },
  {
    options: ['baseline'],
    isUnheard: ({ writeBaseline }) => Boolean(writeBaseline),
    why: '--write-baseline says where the baseline goes',
  },
  {
    options: [...REPORT, 'pruneBaseline'],
    isUnheard: ({ diff }) => diff,
    why: '--diff prints a patch in the place of a report, and writes nothing',
  },
  {
    options: ['threads'],
    isUnheard: ({ fix, diff, stats }) => fix || diff || stats,
    why: 'without --fix, --diff and --stats, for these do all in one thread',
  },
  {
    options: ['unsafeFixes'],
    isUnheard: ({ fix, diff }) => !fix && !diff,
    why: 'without --fix or --diff there are no fixes for it to add to',
  },
  { options: WRITING, isUnheard: ({ diff }) => diff, why: 'with --diff nothing is written' },
  { options: WRITING, isUnheard: ({ fix }) => !fix, why: 'without --fix nothing is written' },
  {
    options: WRITING,
    isUnheard: ({ paths }) => paths.includes('-'),
    why: 'what comes by standard input is not written to a file',
  },
  {
    options: ['pruneBaseline'],
    isUnheard: ({ baseline }) => baseline === false,
    why: 'with --no-baseline there is none',
  },
  { options: ['onlyNamed'], isUnheard: ({ paths }) => paths.length === 0, why: 'name the files' },
  {
    options: ['stdinFilename'],
    isUnheard: ({ paths, printConfig }) => !paths.includes('-') || printConfig !== undefined,
    why: 'it names what comes by standard input: give "-" as a path',
  },
]

/** @throws CommandError for options that would go unheard beside others */
export function checkOptions(args: LintArguments): void {
  for (const { options, isUnheard, why } of CLASHES) {
    const unheard = options.find((name) => isGiven(args[name]))
    if (unheard !== undefined && isUnheard(args)) throw new CommandError(`${shown(unheard, args)}: ${why}`)
  }
}

function isGiven(value: LintArguments[OptionName]): boolean {
  // What "--no-" turned off goes unheard gladly.
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false
}

function shown(name: OptionName, { paths }: LintArguments): string {
  if (name === 'paths') return paths.join(' ')
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
