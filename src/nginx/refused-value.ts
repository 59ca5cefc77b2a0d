/** What a directive wants in the place of an argument that nginx refuses, or beside its arguments. */
export interface RefusedValue {
  /** Index of the argument; undefined where one is missing. */
  readonly index?: number
  /** For a message: `"on" or "off"`, `a size`, … */
  readonly wanted: string
}
