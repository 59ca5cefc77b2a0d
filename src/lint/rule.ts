import type { ConfigurationFile, Directive } from '../config/index.ts'
import type { Model, WebSocketLocation } from '../effective/index.ts'
import type { FileEdit, Place, RelatedPlace, Safety, Severity } from './problem.ts'

/** What a rule reports; the runner makes a `Problem` of it. */
export interface Finding {
  /** Where it shows: a directive stands for its name and arguments. */
  readonly at: Directive | Place
  readonly message: string
  readonly related?: readonly RelatedPlace[]
  /** Lower than the rule's own where the finding is less than certain. */
  readonly severity?: 'warn' | 'info'
  readonly edits?: readonly FileEdit[]
  /** The rule's own where nothing is said. */
  readonly safety?: Safety
}

export type Report = (finding: Finding) => void

/** What the rules look at. */
export interface Subject {
  readonly model: Model
  readonly webSockets: readonly WebSocketLocation[]
}

export interface RuleDefinition {
  /** What it flags, in one line. */
  readonly summary: string
  readonly severity: Exclude<Severity, 'off'>
  /** The most its fixes may do; null for a rule without any. */
  readonly fix: Safety | null
  /** nginx's own words, or the standard's. */
  readonly see: string
}

/** Called for each of its subjects; a rule has one of these. */
export interface RuleHooks {
  /** Each location that is meant for WebSockets. */
  eachWebSocketLocation?(location: WebSocketLocation, report: Report, subject: Subject): void
  /** Each file of the configuration. */
  eachFile?(file: ConfigurationFile, report: Report, subject: Subject): void
  /** The configuration as a whole. */
  whole?(subject: Subject, report: Report): void
}

export type Rule = RuleDefinition & RuleHooks

/** A rule and its name: the path of its file below rules/, without the ending. */
export interface RegisteredRule {
  readonly id: string
  readonly rule: Rule
}

export function defineRule(rule: Rule): Rule {
  return Object.freeze(rule)
}
