const SEMICOLON = 59
const OPEN_BRACE = 123

/**
 * The directives that a text may have at most, told without reading it: each ends with a `;` or with a block, which
 * takes more and counts twice. Where that is forgotten there is a problem, of which no file may have many more. What
 * stands within quotes and comments is counted, too.
 */
export function mostDirectives(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === SEMICOLON) count++
    else if (code === OPEN_BRACE) count += 2
  }
  return count
}
