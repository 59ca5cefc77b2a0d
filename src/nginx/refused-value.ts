/** What a directive wants in the place of an argument that nginx refuses. */
export interface RefusedValue {
  /** Index of the argument. */
  readonly index: number
  /** For a message: `"on" or "off"`, `a size`, … */
  readonly wanted: string
}
