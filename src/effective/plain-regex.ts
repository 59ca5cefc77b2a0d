/** A literal char that may be missing, but for those that PCRE reads as something else. */
const CHAR = String.raw`(?:(?:[\w/ ~@%,:;=!"'&<>#-]|\\[!-/:-@[-\x60{-~])\??)`
const PLAIN = new RegExp(String.raw`^\^?${CHAR}*(?:\((?:\?:)?${CHAR}+(?:\|${CHAR}+)*\)${CHAR}*)?\$?$`)
/** Each doubles the ways in which a text can match. */
const MOST_OPTIONAL = 6

/**
 * The same regex for JavaScript's own engine, if it is one of literal chars and at most one group of alternatives:
 * `\.php$`, `\.(?:png|jpe?g)$`. Both engines read these alike, and nothing in them can take long; most are so, and RE2
 * takes 6 ms to be read in.
 */
export function plainRegex(pattern: string, ignoreCase: boolean): RegExp | undefined {
  if (!PLAIN.test(pattern) || pattern.split('?').length - 1 > MOST_OPTIONAL) return undefined
  return new RegExp(pattern, ignoreCase ? 'i' : '')
}
