/** “ ” „ and ‘ ’ ‚ in UTF-8: quotes that word processors make of straight ones, and that are letters to nginx. */
export const CURLY_QUOTE = String.raw`\xe2\x80[\x98-\x9a\x9c-\x9e]`
/** In bytes. */
export const CURLY_QUOTE_LENGTH = 3
const AROUND = new RegExp(`^${CURLY_QUOTE}(.*)${CURLY_QUOTE}$`, 's')

/** What stands between such quotes; undefined where a value is not in them. */
export function betweenCurlyQuotes(value: string): string | undefined {
  return AROUND.exec(value)?.[1]
}
