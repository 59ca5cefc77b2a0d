import type { Directive } from '../config/index.ts'

/** Something that happens to a request on its way, for people to read. */
export interface Step {
  /** What makes it happen; undefined for what nginx does of its own. */
  readonly directive: Directive | undefined
  readonly text: string
  /** The path that a location was looked for by, where that is what happens. */
  readonly path?: string
}
