import type { Problem } from '../lint/problem.ts'

/** What a run of ngxlint has to say, in any format. */
export interface Report {
  readonly problems: readonly Problem[]
  /** Problems that are gone, or would be: at the places they had. */
  readonly fixed: readonly Problem[]
  /** How many files were read. */
  readonly fileCount: number
  /** Whether fixes were made, so that whatever is left has none that was asked for. */
  readonly isFixing: boolean
  /** Whether fixes that may change more than their message says are asked for. */
  readonly isUnsafe: boolean
}

/** How it is to be shown. */
export interface Display {
  /** The folder that paths are shown relative to. */
  readonly cwd: string
  /** Columns of the terminal. */
  readonly width: number
  readonly hasColor: boolean
}

/** Renders a report as the text of one format, last line end included. */
export type Formatter = (report: Report, display: Display) => string
