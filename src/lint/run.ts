import type { ConfigurationFile } from '../config/index.ts'
import { Directive } from '../config/index.ts'
import { findWebSocketLocations, type Model } from '../effective/index.ts'
import { decodeQuotes, PROBLEM_LIMIT } from '../syntax/index.ts'
import { foreignNames } from './foreign-names.ts'
import { joinFixes } from './join-fixes.ts'
import { inOrder } from './order.ts'
import type { Place, Problem, Severity } from './problem.ts'
import type { Finding, RegisteredRule, Report, Subject } from './rule.ts'
import type { Fields, ReadFields } from './settings/shape.ts'
import { optionsIn, type SeverityOptions, severitiesIn } from './severity.ts'
import { unwatched, type Watch } from './watch.ts'

export interface RunOptions extends SeverityOptions {
  /** Names of directives and modules that ngxlint has no table of, and that are to be taken for known. */
  readonly modules?: readonly string[]
  readonly watch?: Watch
}

/** A configuration has more problems than can be looked at. */
export class TooManyProblemsError extends Error {
  override readonly name = 'TooManyProblemsError'
  constructor() {
    super(`more than ${PROBLEM_LIMIT} problems: this is no configuration of nginx`)
  }
}

/**
 * Runs rules over a configuration. The problems are in the order of its files, and of the places in them.
 * @throws TooManyProblemsError
 */
export function runRules(model: Model, rules: readonly RegisteredRule[], options: RunOptions = {}): Problem[] {
  const { watch = unwatched } = options
  const webSockets = watch('model', () => findWebSocketLocations(model))
  const shared = { model, webSockets, foreign: foreignNames(options.modules ?? []) }
  const severities = severitiesIn(options)
  const optionsOf = optionsIn(options)
  const { files } = model.configuration
  const problems: Problem[] = []
  for (const registered of rules) {
    const { id, rule } = registered
    const severityIn = (file: ConfigurationFile) => severities(file)[id] ?? rule.severity
    if (files.every((file) => severityIn(file) === 'off')) continue
    const subject = { ...shared, options: (file: ConfigurationFile) => optionsOf(id, file) }
    const found = new FoundProblems(PROBLEM_LIMIT - problems.length)
    watch('rules', () => runRule(registered, subject, severityIn, found), id)
    for (const problem of found.all()) problems.push(problem)
  }
  return inOrder(problems, files)
}

function runRule(
  { id, rule }: RegisteredRule,
  subject: Subject<ReadFields<Fields>>,
  severityIn: (file: ConfigurationFile) => Severity,
  found: FoundProblems,
): void {
  const report: Report = (finding) => {
    const severity = severityIn(placeOf(finding.at).file)
    if (severity !== 'off') found.add(toProblem(id, severity, rule.fix ?? 'safe', finding))
  }
  rule.whole?.(subject, report)
  if (rule.eachFile) for (const file of subject.model.configuration.files) rule.eachFile(file, report, subject)
  if (rule.eachWebSocketLocation)
    for (const location of subject.webSockets) rule.eachWebSocketLocation(location, report, subject)
}

const RANK: Readonly<Record<Severity, number>> = { off: 0, info: 1, warn: 2, error: 3 }

function toProblem(
  ruleId: string,
  severity: Exclude<Severity, 'off'>,
  safety: 'safe' | 'unsafe',
  finding: Finding,
): Problem {
  const lowered = finding.severity && RANK[finding.severity] < RANK[severity] ? finding.severity : severity
  const fix =
    finding.edits && finding.edits.length > 0
      ? {
          safety: finding.safety ?? safety,
          edits: finding.edits,
          ...(finding.restores ? { restores: finding.restores } : {}),
        }
      : undefined
  const { file, span } = placeOf(finding.at)
  return {
    file,
    span,
    ruleId,
    severity: lowered,
    message: decodeQuotes(finding.message),
    related: (finding.related ?? []).map((place) => ({ ...place, message: decodeQuotes(place.message) })),
    fix,
  }
}

/** A directive stands for its name and arguments. */
export function placeOf(at: Directive | Place): Place {
  return at instanceof Directive ? { file: at.file, span: at.statement.head } : at
}

/** A snippet that several blocks include is seen once per block: what a rule shows there each time is reported once. */
class FoundProblems {
  readonly #byPlace = new Map<string, Map<number, Problem>>()
  #room: number

  /** @param room for so many */
  constructor(room: number) {
    this.#room = room
  }

  add(problem: Problem): void {
    const { start, end } = problem.span
    const ofFile = this.#byPlace.get(problem.file.realPath) ?? new Map<number, Problem>()
    this.#byPlace.set(problem.file.realPath, ofFile)
    const key = start * LONGEST + Math.min(end - start, LONGEST - 1)
    const known = ofFile.get(key)
    if (!known && this.#room-- <= 0) throw new TooManyProblemsError()
    ofFile.set(key, known ? merge(known, problem) : problem)
  }

  all(): Problem[] {
    return [...this.#byPlace.values()].flatMap((ofFile) => [...ofFile.values()])
  }
}

/** More bytes than nearly all spans have; a file has so few (2 ** 28) that both fit into a number. */
const LONGEST = 2 ** 25

function merge(one: Problem, other: Problem): Problem {
  const severity = RANK[one.severity] >= RANK[other.severity] ? one.severity : other.severity
  // Where one of the places can't be mended, a fix for the other would leave the problem there.
  return { ...one, severity, fix: one.fix && other.fix && joinFixes(one.fix, other.fix) }
}
