/** A literal char that may be missing, but for those that PCRE reads as something else. */
const CHAR = String.raw`(?:(?:[\w/ ~@%,:;=!"'&<>#-]|\\[!-/:-@[-\x60{-~])\??)`
const ALTERNATIVES = String.raw`\((?:\?:)?${CHAR}+(?:\|${CHAR}+)*\)`
/** Any chars, by themselves or at the end of a group. */
const ANYTHING = String.raw`(?:\.[*+]|\((?:\?:)?${CHAR}*\.[*+]\)\??)`
const PLAIN = new RegExp(String.raw`^(\^?)${CHAR}*(?:${ALTERNATIVES}${CHAR}*)?(?:(${ANYTHING})(${CHAR}*))?(\$?)$`)
/** Each doubles the ways in which a text can match. */
const MOST_OPTIONAL = 6

/**
 * The same regex for JavaScript's own engine, if it is one of literal chars with at most one group of alternatives and one
 * place for any chars: `\.php$`, `\.(?:png|jpe?g)$`, `^/ws/(.*)$`. Both engines read these alike, and nothing in them can take
 * long; most are so, and RE2 takes 6 ms to be read in.
 */
export function plainRegex(pattern: string, ignoreCase: boolean): RegExp | undefined {
  const [, start, anything, rest, end] = PLAIN.exec(pattern) ?? []
  if (start === undefined || pattern.split('?').length - 1 > MOST_OPTIONAL) return undefined
  // Each place of a text would be tried with each place behind it.
  if (start === '' && anything && (rest || end)) return undefined
  // PCRE's dot stands for all but a line feed, that of JavaScript for less.
  const same = pattern.replaceAll(/\\.|\./g, (part) => (part === '.' ? String.raw`[^\n]` : part))
  return new RegExp(same, ignoreCase ? 'i' : '')
}
