import { hasLineFeed, isBlank, mayFollowQuote, startOfBlanks } from './scan.ts'
import { endOfLine } from './source.ts'

const HASH = 35
const SEMICOLON = 59
const OPEN_BRACE = 123
const CLOSE_BRACE = 125

/**
 * A quote whose end was forgotten runs on to the next quote in the file, which was meant to open another word. These
 * two tell such a quote from one that spans lines on purpose, and find where it was meant to end.
 */

/**
 * Whether the quoted word from `start` to `end` was most likely meant to end on its first line: that ends as statements
 * do, or the quote at the end looks like one that opens a word.
 */
export function isRunawayQuote(text: string, start: number, end: number): boolean {
  if (!hasLineFeed(text, start, end)) return false
  const opensWord = isBlank(text.charCodeAt(end - 2)) && !mayFollowQuote(text, end)
  return opensWord || lineTail(text, start).isStatementEnd
}

/** Where the quoted word that starts at `start` ends if it ends on its line: before the `;` or `{` there. */
export function endOfRunawayQuote(text: string, start: number): number {
  return startOfBlanks(text, lineTail(text, start).at)
}

/** What ends the line: a `;` or `{` behind which only braces and a comment follow; else the line end. */
function lineTail(text: string, start: number): { at: number; isStatementEnd: boolean } {
  const lineEnd = endOfLine(text, start)
  for (let at = start + 1; at < lineEnd; at++) {
    const code = text.charCodeAt(at)
    if (code !== SEMICOLON && code !== OPEN_BRACE) continue
    let next = at + 1
    while (next < lineEnd && (isBlank(text.charCodeAt(next)) || text.charCodeAt(next) === CLOSE_BRACE)) next++
    if (next === lineEnd || text.charCodeAt(next) === HASH) return { at, isStatementEnd: true }
    at = next - 1
  }
  return { at: lineEnd, isStatementEnd: false }
}
