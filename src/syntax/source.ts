import { LongLine } from './columns.ts'
import { LineIndex } from './line-index.ts'

/** A half-open range of byte offsets, `start` included, `end` not. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A place as people count it: lines from 1, columns in code points from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** How UTF-8 writes the byte order mark. */
const BYTE_ORDER_MARK = '\xef\xbb\xbf'
/** Columns from here on are counted in steps. */
const LONG = 256
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * The only owner of a file's text. The text is held as one char per byte (latin1), so that every byte survives and
 * every string index is a byte offset; it is decoded as UTF-8 only where it is shown.
 */
export class SourceFile {
  #lineIndex: LineIndex | undefined
  /** The line of the last place that was asked for, where it is a long one. */
  #longLine: { readonly start: number; readonly columns: LongLine } | undefined

  /**
   * @param path the name that people know the file by
   * @param text its bytes, one char each (see `textOfBytes`)
   */
  constructor(
    readonly path: string,
    readonly text: string,
  ) {}

  get lineCount(): number {
    return this.#lines.count
  }

  /** The line, from 1, that holds the byte at `offset`; the last line for the end of the file. */
  lineAt(offset: number): number {
    return this.#lines.lineAt(offset)
  }

  /** A byte order mark at the start of the file takes no column: no editor shows it. */
  positionAt(offset: number): Position {
    const line = this.lineAt(offset)
    const start = this.lineStart(line)
    const hidden = line === 1 && offset >= BYTE_ORDER_MARK.length && this.text.startsWith(BYTE_ORDER_MARK) ? 1 : 0
    return { line, column: this.#codePoints(start, offset) - hidden + 1 }
  }

  #codePoints(start: number, offset: number): number {
    if (offset - start < LONG) return codePointCount(this.text.slice(start, offset))
    if (this.#longLine?.start !== start)
      this.#longLine = { start, columns: new LongLine(this.text, start, codePointCount) }
    return this.#longLine.columns.countTo(offset)
  }

  /** Offset of the first byte of a line, counted from 1. */
  lineStart(line: number): number {
    return this.#lines.startOf(line)
  }

  /** Offset after the last byte of a line, its line end (LF or CR LF) not counted. */
  lineEnd(line: number): number {
    if (line >= this.lineCount) return this.text.length
    const next = this.lineStart(line + 1)
    return this.text[next - 2] === '\r' ? next - 2 : next - 1
  }

  /** The line end this file uses: that of its first line. */
  get lineBreak(): '\n' | '\r\n' {
    const first = this.text.indexOf('\n')
    return first > 0 && this.text[first - 1] === '\r' ? '\r\n' : '\n'
  }

  get #lines(): LineIndex {
    this.#lineIndex ??= new LineIndex(this.text)
    return this.#lineIndex
  }
}

/** Bytes as a string of one char each. */
export function textOfBytes(bytes: Uint8Array): string {
  const CHUNK = 0x8000 // String.fromCharCode takes its arguments on the stack
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK) text += fromCharCodes(bytes.subarray(at, at + CHUNK))
  return text
}

/** A spread would go through the bytes by their iterator, which takes six times as long. */
function fromCharCodes(codes: Uint8Array): string {
  return Reflect.apply(String.fromCharCode, undefined, codes)
}

/** The bytes of a string that holds one char each. */
export function bytesOfText(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

/** Text as people read it: decoded as UTF-8, invalid bytes as U+FFFD. */
export function decodeForDisplay(text: string): string {
  return isAscii(text) ? text : utf8.decode(bytesOfText(text))
}

/** A text of ours that quotes bytes of a file, some of them decoded already, as people read it. */
export function decodeQuotes(text: string): string {
  return text.replaceAll(/[\xc2-\xf4][\x80-\xbf]+/g, (bytes) => {
    const decoded = decodeForDisplay(bytes)
    return decoded.includes('\ufffd') ? bytes : decoded
  })
}

/** The one-char-per-byte form of ordinary text. */
export function encodeFromDisplay(text: string): string {
  return isAscii(text) ? text : textOfBytes(new TextEncoder().encode(text))
}

function codePointCount(text: string): number {
  if (isAscii(text)) return text.length
  let count = 0
  for (const _ of decodeForDisplay(text)) count++
  return count
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false
  return true
}

/** Offset of the line feed that ends the line of `offset`, or the end of the text. */
export function endOfLine(text: string, offset: number): number {
  const lineFeed = text.indexOf('\n', offset)
  return lineFeed === -1 ? text.length : lineFeed
}
