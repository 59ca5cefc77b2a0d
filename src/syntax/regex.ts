import { endOfBareWord } from './scan.ts'

/**
 * A regex like `^/a{2}$` needs quotes, for nginx takes its `{` for the start of a block, and the `2}$` behind it for a
 * directive. No directive is called so: the parser can tell what was meant.
 */

const OPEN_BRACE = 123
const QUANTIFIER = /[^\s;{}]\{\d+(?:,\d*)?\}/y

/** Whether a regex's `{2}`, `{2,}` or `{2,3}` stands at `at`, right behind a word. */
export function isQuantifier(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== OPEN_BRACE) return false
  QUANTIFIER.lastIndex = at - 1
  return QUANTIFIER.test(text)
}

/** The end of the word that goes on at the quantifier at `at`. */
export function endOfRegex(text: string, at: number): number {
  let end = at
  while (isQuantifier(text, end)) end = endOfBareWord(text, end + 1)
  return end
}
