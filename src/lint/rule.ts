import type { ConfigurationFile, Directive } from '../config/index.ts'
import type { Model, WebSocketLocation } from '../effective/index.ts'
import type { ForeignNames } from './foreign-names.ts'
import type { FileEdit, Place, RelatedPlace, Safety, Severity } from './problem.ts'
import type { Fields, ReadFields } from './settings/shape.ts'

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
  /** Rows of `proxy_set_header` that the edits give backends again, as `headerRowText` has them. */
  readonly restores?: readonly string[]
}

export type Report = (finding: Finding) => void

/** What the rules look at. */
export interface Subject<Options = ReadFields<Fields>> {
  readonly model: Model
  readonly webSockets: readonly WebSocketLocation[]
  /** What the settings say is known, though ngxlint has no table of it. */
  readonly foreign: ForeignNames
  /** The options of the rule that hold for a file; what nobody set is undefined. */
  options(file: ConfigurationFile): Options
}

export interface RuleDefinition<Options extends Fields> {
  /** What it flags, in one line. */
  readonly summary: string
  readonly severity: Exclude<Severity, 'off'>
  /** The most its fixes may do; null for a rule without any. */
  readonly fix: Safety | null
  /** nginx's own words, or the standard's. */
  readonly see: string
  /** What the settings may say of it, beside its severity. */
  readonly options?: Options
}

/** Called for each of its subjects; a rule has one of these. */
export interface RuleHooks<Options extends Fields> {
  /** Each location that is meant for WebSockets. */
  eachWebSocketLocation?(location: WebSocketLocation, report: Report, subject: Subject<ReadFields<Options>>): void
  /** Each file of the configuration. */
  eachFile?(file: ConfigurationFile, report: Report, subject: Subject<ReadFields<Options>>): void
  /** The configuration as a whole. */
  whole?(subject: Subject<ReadFields<Options>>, report: Report): void
}

export type Rule<Options extends Fields = Fields> = RuleDefinition<Options> & RuleHooks<Options>

/** A rule and its name: the path of its file below rules/, without the ending. */
export interface RegisteredRule {
  readonly id: string
  readonly rule: Rule
}

export function defineRule<const Options extends Fields = Fields>(rule: Rule<Options>): Rule {
  return Object.freeze(rule) as Rule
}
