import type { CaseKind } from './directive-cases.ts'

/** Where ngxlint and nginx are known to differ, and why. */
export interface KnownDifference {
  readonly name: RegExp
  readonly kind?: CaseKind
  readonly because: string
}

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = []
