import type { ConfigurationFile } from '../config/index.ts'
import { Directive } from '../config/index.ts'
import { findWebSocketLocations, type Model, type WebSocketLocation } from '../effective/index.ts'
import { decodeQuotes, PROBLEM_LIMIT } from '../syntax/index.ts'
import { foreignNames } from './foreign-names.ts'
import { FoundProblems } from './found-problems.ts'
import { inOrder } from './order.ts'
import { otherKind } from './other-kind.ts'
import { graver, type Place, type Problem, type Severity } from './problem.ts'
import type { Finding, RegisteredRule, Report, Subject } from './rule.ts'
import type { Fields, ReadFields } from './settings/shape.ts'
import { optionsIn, type SeverityOptions, severitiesIn } from './severity.ts'
import { unwatched, type Watch } from './watch.ts'

export interface RunOptions extends SeverityOptions {
  /** Names of directives and modules that ngxlint has no table of, and that are to be taken for known. */
  readonly modules?: readonly string[]
  readonly watch?: Watch
}

/** The one rule that speaks of files that are no configuration of nginx. */
const SYNTAX = 'syntax'

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
    const severityIn = (file: ConfigurationFile) =>
      id !== SYNTAX && otherKind(file) !== undefined ? 'off' : (severities(file)[id] ?? rule.severity)
    if (files.every((file) => severityIn(file) === 'off')) continue
    const subject = { ...shared, options: (file: ConfigurationFile) => optionsOf(id, file) }
    const found = new FoundProblems()
    let room = PROBLEM_LIMIT - problems.length
    const add = (problem: Problem, sight: unknown) => {
      if (found.add(problem, sight) && room-- <= 0) throw new TooManyProblemsError()
    }
    watch('rules', () => runRule(registered, subject, severityIn, add), id)
    for (const problem of found.all()) problems.push(problem)
  }
  return inOrder(problems, files)
}

function runRule(
  { id, rule }: RegisteredRule,
  subject: Subject<ReadFields<Fields>>,
  severityIn: (file: ConfigurationFile) => Severity,
  add: (problem: Problem, sight: unknown) => void,
): void {
  const reportAt =
    (location?: WebSocketLocation): Report =>
    (finding) => {
      const severity = severityIn(placeOf(finding.at).file)
      if (severity !== 'off') add(toProblem(id, severity, rule.fix ?? 'safe', finding), location ?? sightOf(finding))
    }
  const report = reportAt()
  rule.whole?.(subject, report)
  if (rule.eachFile) for (const file of subject.model.configuration.files) rule.eachFile(file, report, subject)
  if (rule.eachWebSocketLocation)
    for (const location of subject.webSockets) rule.eachWebSocketLocation(location, reportAt(location), subject)
}

/** A directive of a snippet is another one in each block that includes it. */
function sightOf({ at }: Finding): unknown {
  return at instanceof Directive ? at : undefined
}

function toProblem(
  ruleId: string,
  severity: Exclude<Severity, 'off'>,
  safety: 'safe' | 'unsafe',
  finding: Finding,
): Problem {
  const lowered = finding.severity && graver(finding.severity, severity) === severity ? finding.severity : severity
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
