/** A value of a settings file with its place in the text, whichever language the file is written in. */
export type Value = Scalar | List | Table

interface Placed {
  /** Offsets in the text as it was decoded. */
  readonly start: number
  readonly end: number
}

export interface Scalar extends Placed {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
}

export interface List extends Placed {
  readonly kind: 'list'
  readonly items: readonly Value[]
}

export interface Table extends Placed {
  readonly kind: 'table'
  readonly entries: readonly Entry[]
}

export interface Entry extends Placed {
  readonly key: string
  readonly value: Value
}

/** What is wrong with a settings file, at its place. */
export interface Fault extends Placed {
  readonly message: string
}

/** The value, and the errors that kept parts of it from being read. */
export interface Parsed {
  /** Undefined for a file that holds nothing. */
  readonly value: Value | undefined
  readonly faults: readonly Fault[]
}

/** The value at the end of a path of keys; undefined where there is none. */
export function valueAt(value: Value | undefined, path: readonly (string | number)[]): Value | undefined {
  let at = value
  for (const step of path) {
    if (at?.kind === 'table') at = at.entries.find(({ key }) => key === step)?.value
    else if (at?.kind === 'list') at = at.items[Number(step)]
    else return undefined
  }
  return at
}
