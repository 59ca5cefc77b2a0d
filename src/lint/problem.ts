import type { ConfigurationFile } from '../config/index.ts'
import type { Edit, Span } from '../syntax/index.ts'

export const severities = ['off', 'info', 'warn', 'error'] as const
export type Severity = (typeof severities)[number]

export function graver<Each extends Severity>(one: Each, other: Each): Each {
  return severities.indexOf(one) >= severities.indexOf(other) ? one : other
}

/** Words that people write for them. */
export const severityAliases: Readonly<Record<string, Severity>> = { warning: 'warn' }

/** A span of one file. */
export interface Place {
  readonly file: ConfigurationFile
  readonly span: Span
}

export interface FileEdit {
  readonly file: ConfigurationFile
  readonly edit: Edit
}

/** *Safe* fixes change nothing but what the message says; *unsafe* ones may, and say what. */
export type Safety = 'safe' | 'unsafe'

/** Edits that cure a problem; all of them are made, or none. */
export interface Fix {
  readonly safety: Safety
  readonly edits: readonly FileEdit[]
  /** Rows of `proxy_set_header` that backends get again, as `headerRowText` has them: the proof of fixes lets in no others. */
  readonly restores?: readonly string[] | undefined
}

/** Something in a configuration that should be otherwise. */
export interface Problem extends Place {
  readonly ruleId: string
  readonly severity: Exclude<Severity, 'off'>
  /** What happens and what to do, in one or two sentences without a final period. */
  readonly message: string
  /** Other lines that have a part in it. */
  readonly related: readonly RelatedPlace[]
  readonly fix: Fix | undefined
}

export interface RelatedPlace extends Place {
  readonly message: string
}
