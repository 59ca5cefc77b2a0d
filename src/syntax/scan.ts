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
export const DOUBLE_QUOTE = 34
export const HASH = 35
export const DOLLAR = 36
export const SINGLE_QUOTE = 39
const CLOSE_PARENTHESIS = 41
export const SEMICOLON = 59
export const BACKSLASH = 92
export const OPEN_BRACE = 123
export const CLOSE_BRACE = 125

/** Whether a byte may end a bare word, or change how the next byte is read. One look-up is faster than eight comparisons. */
const mattersInBareWord = new Uint8Array(256)
for (const code of [TAB, LINE_FEED, CARRIAGE_RETURN, SPACE, DOLLAR, SEMICOLON, BACKSLASH, OPEN_BRACE])
  mattersInBareWord[code] = 1

/** Whether a byte may end the head of a statement, or the line that a plain head stands on. Behind the text stands a zero. */
const endsHead = new Uint8Array(256)
for (const code of [0, LINE_FEED, SEMICOLON, OPEN_BRACE, CLOSE_BRACE]) endsHead[code] = 1

export function mayEndHead(code: number): boolean {
  return endsHead[code] === 1
}

/** What a byte may be in a statement of plain words, which nothing but blanks and the ending divides. */
export const PlainByte = { Word: 0, Quote: 1, WithinWord: 2, Blank: 3, None: 4 } as const
export type PlainByte = (typeof PlainByte)[keyof typeof PlainByte]
export const plainByte = new Uint8Array(256)
for (const code of [DOUBLE_QUOTE, SINGLE_QUOTE]) plainByte[code] = PlainByte.Quote
plainByte[HASH] = PlainByte.WithinWord
for (const code of [TAB, LINE_FEED, CARRIAGE_RETURN, SPACE]) plainByte[code] = PlainByte.Blank
for (const code of [0, SEMICOLON, BACKSLASH, OPEN_BRACE, CLOSE_BRACE]) plainByte[code] = PlainByte.None

export function isBlank(code: number): boolean {
  return code === SPACE || code === LINE_FEED || code === TAB || code === CARRIAGE_RETURN
}

export function endOfBlanks(text: string, start: number): number {
  let at = start
  while (at < text.length && isBlank(text.charCodeAt(at))) at++
  return at
}

/** The start of the blanks that stand before `end`. */
export function startOfBlanks(text: string, end: number): number {
  let at = end
  while (at > 0 && isBlank(text.charCodeAt(at - 1))) at--
  return at
}

/** Whether a line feed stands in a span. (`indexOf` would search the rest of the file, line by line or not.) */
export function hasLineFeed(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (text.charCodeAt(at) === LINE_FEED) return true
  return false
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
    if (mattersInBareWord[code] === 1) {
      if (code === BACKSLASH) at++
      else if (code === DOLLAR) while (text.charCodeAt(at + 1) === OPEN_BRACE) at++
      else return at
    }
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

/** Whether a closing quote may be followed by what stands at `at`. A `)` there starts a word of its own. */
export function mayFollowQuote(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return at >= text.length || isBlank(code) || code === SEMICOLON || code === OPEN_BRACE || code === CLOSE_PARENTHESIS
}

/**
 * Whether nginx's buffer overflows on the word from `start` (after an opening quote) to `end`: it does when it has to
 * read one byte more than the buffer holds before it has forgotten the word. It still knows the word while it reads
 * what follows, and over a blank it reads on.
 */
export function wordOverflowsBuffer(text: string, start: number, end: number): boolean {
  if (!mayOverflowBuffer(start, end)) return false
  const lastRead = isBlank(text.charCodeAt(end)) ? end + 1 : end
  return overflowsBuffer(text, start, lastRead)
}

export function mayOverflowBuffer(start: number, end: number): boolean {
  return end - start >= BUFFER_SIZE - 1
}

/** The same for a comment, which nginx forgets at the line feed. */
export function commentOverflowsBuffer(text: string, start: number, end: number): boolean {
  return overflowsBuffer(text, start, end)
}

function overflowsBuffer(text: string, start: number, lastRead: number): boolean {
  return lastRead - start >= BUFFER_SIZE && start + BUFFER_SIZE < text.length
}
