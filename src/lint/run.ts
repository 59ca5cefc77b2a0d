import type { ConfigurationFile } from '../config/index.ts'
import { Directive } from '../config/index.ts'
import { findWebSocketLocations, type Model } from '../effective/index.ts'
import { decodeQuotes } from '../syntax/index.ts'
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

/** Runs rules over a configuration. The problems are in the order of its files, and of the places in them. */
export function runRules(model: Model, rules: readonly RegisteredRule[], options: RunOptions = {}): Problem[] {
  const { watch = unwatched } = options
  const webSockets = watch('model', () => findWebSocketLocations(model))
  const shared = { model, webSockets, foreign: foreignNames(options.modules ?? []) }
  const severities = severitiesIn(options)
  const optionsOf = optionsIn(options)
  const { files } = model.configuration
  const problems = rules.flatMap((registered) => {
    const { id, rule } = registered
    const severityIn = (file: ConfigurationFile) => severities(file)[id] ?? rule.severity
    if (files.every((file) => severityIn(file) === 'off')) return []
    const subject = { ...shared, options: (file: ConfigurationFile) => optionsOf(id, file) }
    return watch('rules', () => onePerPlace(runRule(registered, subject, severityIn)), id)
  })
  return inOrder(problems, files)
}

function runRule(
  { id, rule }: RegisteredRule,
  subject: Subject<ReadFields<Fields>>,
  severityIn: (file: ConfigurationFile) => Severity,
): Problem[] {
  const problems: Problem[] = []
  const report: Report = (finding) => {
    const severity = severityIn(placeOf(finding.at).file)
    if (severity !== 'off') problems.push(toProblem(id, severity, rule.fix ?? 'safe', finding))
  }
  rule.whole?.(subject, report)
  if (rule.eachFile) for (const file of subject.model.configuration.files) rule.eachFile(file, report, subject)
  if (rule.eachWebSocketLocation)
    for (const location of subject.webSockets) rule.eachWebSocketLocation(location, report, subject)
  return problems
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
function onePerPlace(problems: readonly Problem[]): Problem[] {
  const byPlace = new Map<string, Map<number, Problem>>()
  for (const problem of problems) {
    const { start, end } = problem.span
    const ofFile = byPlace.get(problem.file.realPath) ?? new Map<number, Problem>()
    byPlace.set(problem.file.realPath, ofFile)
    const key = start * LONGEST + (end - start)
    const known = ofFile.get(key)
    ofFile.set(key, known ? merge(known, problem) : problem)
  }
  return [...byPlace.values()].flatMap((ofFile) => [...ofFile.values()])
}

/** More bytes than a span has; a file has so few that both fit into a number. */
const LONGEST = 2 ** 27

function merge(one: Problem, other: Problem): Problem {
  const severity = RANK[one.severity] >= RANK[other.severity] ? one.severity : other.severity
  // Where one of the places can't be mended, a fix for the other would leave the problem there.
  return { ...one, severity, fix: one.fix && other.fix && joinFixes(one.fix, other.fix) }
}
