/**
 * Where nginx's tokens end, byte for byte as ngx_conf_read_token (src/core/ngx_conf_file.c) decides. These are the
 * inner loops of the parser; they look at char codes because they see every byte of the file.
 */

/** NGX_CONF_BUFFER: nginx holds a token in a buffer of this size and refuses a longer one. */
const BUFFER_SIZE = 4096

const TAB = 9
const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const SPACE = 32
const DOLLAR = 36
const SEMICOLON = 59
const BACKSLASH = 92
const OPEN_BRACE = 123

export function isBlank(code: number): boolean {
  return code === SPACE || code === LINE_FEED || code === TAB || code === CARRIAGE_RETURN
}

export function endOfBlanks(text: string, start: number): number {
  let at = start
  while (at < text.length && isBlank(text.charCodeAt(at))) at++
  return at
}

/** The end of a comment: before its line feed. */
export function endOfComment(text: string, start: number): number {
  const lineFeed = text.indexOf('\n', start)
  return lineFeed === -1 ? text.length : lineFeed
}

/** The end of a word that no quote opened: at a blank, `;` or `{`, but not at the `{` of `${`. */
export function endOfBareWord(text: string, start: number): number {
  let at = start
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === BACKSLASH) at++
    else if (code === DOLLAR) while (text.charCodeAt(at + 1) === OPEN_BRACE) at++
    else if (code === SEMICOLON || code === OPEN_BRACE || isBlank(code)) return at
    at++
  }
  return text.length
}

/** The end of a quoted word, after its closing quote; -1 where it has none. */
export function endOfQuotedWord(text: string, start: number): number {
  const quote = text.charCodeAt(start)
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === BACKSLASH) at++
    else if (code === quote) return at + 1
  }
  return -1
}

/**
 * Whether nginx's buffer overflows on the word or comment from `start` (after an opening quote) to `end`. It does so
 * when it must read one byte more than the buffer holds before a new token starts, and it reads on over a blank.
 */
export function overflowsBuffer(text: string, start: number, end: number): boolean {
  if (end - start < BUFFER_SIZE - 2) return false
  const lastRead = isBlank(text.charCodeAt(end)) ? end + 1 : end
  return lastRead - start >= BUFFER_SIZE && start + BUFFER_SIZE < text.length
}
