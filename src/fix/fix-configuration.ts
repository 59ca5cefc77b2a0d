import { groupBy } from '../config/group-by.ts'
import type { ConfigurationFile, ConfigurationFiles } from '../config/index.ts'
import { hasSyntaxProblems } from '../lint/lint.ts'
import { type LintedRoot, type LintedRoots, lintRoots, optionsOfRoot, type RootsOptions } from '../lint/lint-roots.ts'
import { inOrder } from '../lint/order.ts'
import type { Problem } from '../lint/problem.ts'
import type { RegisteredRule } from '../lint/rule.ts'
import { applyEdits, type Edit } from '../syntax/index.ts'
import { OffsetHistory } from './offsets.ts'
import { overlayFiles } from './overlay.ts'
import { type Plan, type PlanOptions, planFixes } from './plan.ts'

/** Each pass cures what it can; fixes that call for each other's again and again are stopped here. */
const PASS_LIMIT = 10

export type FixOptions = RootsOptions & PlanOptions

/** A file that fixing changes. */
export interface FileChange {
  /** The name it was opened by. */
  readonly path: string
  /** The file itself, behind symbolic links: where the text goes. */
  readonly realPath: string
  readonly oldText: string
  readonly newText: string
  /** Where the new text's places were in the old one. */
  readonly history: OffsetHistory
}

export interface FixResult {
  readonly changes: readonly FileChange[]
  /** The problems that are gone, at the places they had. */
  readonly fixed: readonly Problem[]
  /** The configurations with the new texts, and the problems left. */
  readonly after: LintedRoots
  /**
   * For each root, how it was when its tokens and blocks were in order for the first time: what the proof compares
   * with. Undefined where they never were.
   */
  readonly sound: readonly (LintedRoot | undefined)[]
  readonly passes: number
  /** What the fixes that were made say of rows that backends get again: see `Fix.restores`. */
  readonly restored: ReadonlySet<string>
}

/**
 * Applies fixes in memory, pass after pass, until there are none left to make.
 * @throws UnreadableRootError
 */
export function fixConfigurations(
  paths: readonly string[],
  files: ConfigurationFiles,
  rules: readonly RegisteredRule[],
  options: FixOptions = {},
): FixResult {
  const work = new Work()
  const sound: (LintedRoot | undefined)[] = paths.map(() => undefined)
  const restored = new Set<string>()
  for (let pass = 0; ; pass++) {
    const linted = lintRoots(paths, overlayFiles(files, work.texts), rules, atKnownLevels(sound, options))
    work.see(linted)
    for (const [index, root] of linted.roots.entries()) if (!isRefused(root, options)) sound[index] ??= root
    const plan = pass < PASS_LIMIT ? planPass(linted, sound, options) : planFixes([], options)
    if (plan.edits.size === 0) return { ...work.result(linted), after: linted, sound, passes: pass, restored }
    for (const { fix } of plan.chosen) for (const row of fix?.restores ?? []) restored.add(row)
    for (const [realPath, edits] of plan.edits) work.apply(realPath, edits)
  }
}

/** A fragment stays what it was first taken for, though the lines that fixes add may fit another level better. */
function atKnownLevels(sound: readonly (LintedRoot | undefined)[], options: FixOptions): FixOptions {
  const levels = new Map(sound.flatMap((root) => (root ? [[root.path, root.configuration.level]] : [])))
  if (levels.size === 0) return options
  return {
    ...options,
    perRoot(path) {
      const own = optionsOfRoot(path, options)
      const level = levels.get(path)
      return level === undefined ? own : { ...own, load: { ...own.load, level } }
    },
  }
}

/**
 * Rules of what keeps nginx from reading a configuration as it was meant: `servr {`, `$remote_adr`, a line that another
 * directive has taken or that stands where it must not, an address that is none.
 */
const MENDED_FIRST: ReadonlySet<string> = new Set([
  'directives/pasted',
  'directives/backend-address',
  'directives/unknown',
  'directives/duplicate',
  'directives/misplaced',
  'directives/swallowed-line',
  'variables/misspelt-header',
  'variables/missing-dollar',
  'variables/unknown',
])

function isMendedFirst({ ruleId, fix }: Problem, { unsafe = false }: PlanOptions): boolean {
  return ruleId === 'syntax' || (MENDED_FIRST.has(ruleId) && fix !== undefined && (unsafe || fix.safety === 'safe'))
}

/** Whether what a configuration means is a guess until its tokens, blocks, names and addresses are mended. */
function isRefused({ configuration, problems }: LintedRoot, options: PlanOptions): boolean {
  return hasSyntaxProblems(configuration) || problems.some((problem) => isMendedFirst(problem, options))
}

/** The fixes of one pass. A name that must not be mended, as one in a file that is not to be written, holds up no others. */
function planPass(linted: LintedRoots, sound: (LintedRoot | undefined)[], options: PlanOptions): Plan {
  const plan = planFixes(fixableNow(linted, options), options)
  if (plan.edits.size > 0) return plan
  for (const [index, root] of linted.roots.entries()) if (!hasSyntaxProblems(root.configuration)) sound[index] ??= root
  return linted.roots.some((root) => hasSyntaxProblems(root.configuration)) ? plan : planFixes(linted.problems, options)
}

/** As long as what a configuration means is a guess, only that is mended. */
function fixableNow({ roots, problems }: LintedRoots, options: PlanOptions): readonly Problem[] {
  const refused = roots.filter((root) => isRefused(root, options))
  const broken = new Set(refused.flatMap(({ configuration }) => configuration.files.map(({ realPath }) => realPath)))
  if (broken.size === 0) return problems
  const isBad = refused.some(({ configuration }) => hasSyntaxProblems(configuration))
  const isPasted = (problem: Problem) => problem.ruleId === 'directives/pasted' && isMendedFirst(problem, options)
  const hasPasted = problems.some((problem) => broken.has(problem.file.realPath) && isPasted(problem))
  return problems.filter((problem) => {
    if (!broken.has(problem.file.realPath)) return true
    // Without what came along in copying, the tokens and blocks may be in order.
    if (hasPasted) return isPasted(problem)
    return isBad ? problem.ruleId === 'syntax' : isMendedFirst(problem, options)
  })
}

/** The texts as they are by now, and what was seen on the way. */
class Work {
  readonly texts = new Map<string, string>()
  readonly #first = new Map<string, ConfigurationFile>()
  readonly #histories = new Map<string, OffsetHistory>()
  readonly #seen = new Map<string, readonly Problem[]>()

  see({ files, problems }: LintedRoots): void {
    for (const file of files) if (!this.#first.has(file.realPath)) this.#first.set(file.realPath, file)
    for (const [key, found] of this.#byKey(problems)) if (!this.#seen.has(key)) this.#seen.set(key, found)
  }

  #byKey(problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> {
    return groupBy(
      problems.map((problem) => this.#atOriginalPlace(problem)),
      keyOf,
    )
  }

  apply(realPath: string, edits: readonly Edit[]): void {
    const text = this.texts.get(realPath) ?? (this.#first.get(realPath) as ConfigurationFile).source.text
    this.texts.set(realPath, applyEdits(text, edits))
    const history = this.#histories.get(realPath) ?? new OffsetHistory()
    history.push(edits)
    this.#histories.set(realPath, history)
  }

  result({ problems }: LintedRoots): { changes: FileChange[]; fixed: Problem[] } {
    const left = this.#byKey(problems)
    const fixed = [...this.#seen].flatMap(([key, seen]) => gone(seen, left.get(key) ?? []))
    return { changes: this.#changes(), fixed: inOrder(fixed, [...this.#first.values()]) }
  }

  #changes(): FileChange[] {
    const changes: FileChange[] = []
    for (const [realPath, newText] of this.texts) {
      const { path, source } = this.#first.get(realPath) as ConfigurationFile
      const history = this.#histories.get(realPath) as OffsetHistory
      if (newText !== source.text) changes.push({ path, realPath, oldText: source.text, newText, history })
    }
    return changes.sort((one, other) => (one.path < other.path ? -1 : 1))
  }

  #atOriginalPlace(problem: Problem): Problem {
    return {
      ...problem,
      ...this.#originalPlace(problem),
      related: problem.related.map((related) => ({ ...related, ...this.#originalPlace(related) })),
    }
  }

  #originalPlace({ file, span }: Pick<Problem, 'file' | 'span'>): Pick<Problem, 'file' | 'span'> {
    const history = this.#histories.get(file.realPath)
    const first = this.#first.get(file.realPath) ?? file
    return { file: first, span: history ? history.originalSpan(span) : span }
  }
}

/** Those of one place that are not left. The words of one that is may have changed with the lines around it. */
function gone(seen: readonly Problem[], left: readonly Problem[]): readonly Problem[] {
  const words = new Set(left.map(({ message }) => message))
  return seen.filter(({ message }) => !words.has(message)).slice(0, Math.max(0, seen.length - left.length))
}

/** One problem, however often it is seen. Its end may move while another problem's fix changes the same line. */
function keyOf({ ruleId, file, span }: Problem): string {
  return `${ruleId} ${file.realPath} ${span.start}`
}
