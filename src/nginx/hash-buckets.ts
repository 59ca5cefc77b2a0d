/**
 * Tables that nginx builds of names and keys (ngx_hash_init): each bucket has at least one of them, with two words beside it, and
 * a setting says how large a bucket is. It is rounded up to the cache line of the machine, which is also its default.
 */

const WORD = 8
/** Nearly all machines have the first one. */
const LINES = [64, 128] as const

/** How a name is too long. */
export interface TooLong {
  /** The size of a bucket where cache lines have 64 bytes. */
  readonly bucket: number
  /** A size that is enough, and that people write. */
  readonly enough: number
  /** Whether it is so with the longer cache lines, too. */
  readonly isCertain: boolean
}

/** The longest name for which nobody has to ask what the setting is. */
export const LONGEST_FOR_ALL = LINES[0] - 2 * WORD - 2

/** @param setting what the configuration says; undefined for the default */
export function tooLong(length: number, setting: number | undefined): TooLong | undefined {
  const needed = Math.ceil((length + 2) / WORD) * WORD + 2 * WORD
  const [bucket, longer] = LINES.map((line) => Math.ceil((setting ?? line) / line) * line) as [number, number]
  if (needed <= bucket) return undefined
  let enough = bucket
  while (enough < needed) enough *= 2
  return { bucket, enough, isCertain: needed > longer }
}
