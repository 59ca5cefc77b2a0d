import { endOfQuotedWord } from './scan.ts'
import type { Span } from './source.ts'

/** One word of a statement: its name or an argument. */
export interface Word extends Span {
  /** The word as it is written, quotes and backslashes included. */
  readonly raw: string
  /** The word as nginx reads it. */
  readonly value: string
  /** The quote it is written in, or `''`. */
  readonly quote: '"' | "'" | ''
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '\\': '\\', t: '\t', r: '\r', n: '\n' }

/**
 * The word whose token stands at `start` to `end`. A quoted token keeps its closing quote unless it was never closed.
 * Unescaping as in ngx_conf_read_token: `\"` `\'` `\\` lose the backslash, `\t` `\r` `\n` become control bytes.
 */
export function readWord(text: string, start: number, end: number, quoted: boolean): Word {
  const raw = text.slice(start, end)
  if (!quoted) return { start, end, raw, value: resolveEscapes(raw), quote: '' }
  const quote = raw[0] as '"' | "'"
  const closed = endOfQuotedWord(raw, 0) === raw.length
  return { start, end, raw, value: resolveEscapes(raw.slice(1, closed ? -1 : undefined)), quote }
}

/** The value alone of such a word. */
export function wordValue(text: string, start: number, end: number, quoted: boolean): string {
  return quoted ? readWord(text, start, end, quoted).value : resolveEscapes(text.slice(start, end))
}

function resolveEscapes(raw: string): string {
  if (!raw.includes('\\')) return raw
  return raw.replace(/\\(["'\\trn])/g, (_, escaped: string) => ESCAPES[escaped] as string)
}

/** A value written so that nginx reads it back as one word: bare where that is possible, else in double quotes. */
export function writeWord(value: string): string {
  const bare = value !== '' && !/[ \t\r\n;{}"'\\#]/.test(value)
  return bare ? value : `"${value.replace(/["\\]/g, (byte) => `\\${byte}`)}"`
}
