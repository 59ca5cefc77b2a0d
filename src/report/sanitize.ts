import { decodeForDisplay } from '../syntax/index.ts'

/**
 * What a configuration or a file name holds must not steer the terminal it is shown on: escape sequences could hide a
 * problem, bidirectional controls could show another line than the one that nginx reads. Nor may what looks like
 * nothing, or differs from terminal to terminal, go unseen.
 */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  /[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ue000-\uf8ff\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

/** Text that is safe to show: a tab becomes a space, every other control is written out, as `\x1b` or `\u202e`. */
export function sanitize(text: string): string {
  return text.replace(UNSAFE, (char) => {
    const code = char.codePointAt(0) as number
    if (char === '\t') return ' '
    if (code > 0xffff) return `\\u{${code.toString(16)}}`
    return code > 0xff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\x${code.toString(16).padStart(2, '0')}`
  })
}

/** JSON in which such characters are escaped, too. They stand in its strings only. */
export function escapeInJson(json: string): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return json.replace(UNSAFE, (char) => char.split('').map(escaped).join(''))
}

/** Bytes of a file, held as one char each, as people read them. */
export function showBytes(bytes: string): string {
  return sanitize(decodeForDisplay(bytes))
}
