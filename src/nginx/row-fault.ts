import { decodeForDisplay as shown } from '../syntax/index.ts'

/** A row of a block that holds no directives. */
export interface Row {
  readonly name: string
  readonly values: readonly string[]
}

/** A row that nginx refuses, or takes otherwise than it reads. */
export interface RowFault {
  /** Its number. */
  readonly row: number
  /** The number of an earlier row that it is about. */
  readonly earlier?: number
  /** Whether nginx starts all the same. */
  readonly starts?: true
  /** @param line where the earlier row stands */
  say(line: string): string
}

/** What all that take a key and a value say of more or less. */
export function valueCountFault(row: number, { name, values }: Row): RowFault | undefined {
  if (values.length === 1) return undefined
  if (values.length === 0) return { row, say: () => `"${shown(name)}" has no value` }
  return {
    row,
    say: () =>
      `"${shown(name)}" may have one value, and has ${values.length}: put them in quotes, or end the row before`,
  }
}
