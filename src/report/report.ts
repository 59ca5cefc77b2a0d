import type { ConfigurationFile } from '../config/index.ts'
import type { Problem } from '../lint/problem.ts'
import type { RegisteredRule } from '../lint/rule.ts'

/** What a run of ngxlint has to say, in any format. */
export interface Report {
  readonly problems: readonly Problem[]
  /** Problems that are gone, or would be: at the places they had. */
  readonly fixed: readonly Problem[]
  /** The files that were looked at. */
  readonly files: readonly ConfigurationFile[]
  /** How many warnings and infos --quiet keeps from these. */
  readonly hiddenCount?: number
  /** How many problems are known, and not among these. */
  readonly knownCount?: number
  /** The main configurations that some of the files were read as parts of, whose other files are not reported. */
  readonly partOf?: readonly string[]
  /** Whether fixes were made, so that whatever is left has none that was asked for. */
  readonly isFixing: boolean
  /** Whether fixes that may change more than their message says are asked for. */
  readonly isUnsafe: boolean
  /** Where the time went, if anybody wants to know. */
  readonly stats?: Stats
}

/** The cost of a run. */
export interface Stats {
  readonly files: number
  readonly bytes: number
  /** From the start of the process. */
  readonly milliseconds: number
  /** In the order in which they were first entered; what they don't cover is the rest. */
  readonly stages: readonly { readonly name: string; readonly milliseconds: number }[]
}

/** How it is to be shown. */
export interface Display {
  /** The folder that paths are shown relative to. */
  readonly cwd: string
  /** Columns of the terminal. */
  readonly width: number
  readonly hasColor: boolean
}

/** What made the report, for the formats that say so. */
export interface Tool {
  readonly version: string
  /** Every rule that there is, by name. */
  readonly rules: readonly RegisteredRule[]
  /** The page of a rule, in Markdown. */
  pageOf(ruleId: string): string | undefined
}

/** Renders a report as the text of one format, last line end included. */
export type Formatter = (report: Report, display: Display, tool: Tool) => string
