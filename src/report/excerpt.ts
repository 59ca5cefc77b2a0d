import type { SourceFile, Span } from '../syntax/index.ts'
import { showBytes } from './sanitize.ts'
import { widthOf } from './width.ts'

/** Lines of a file around a span, ready to be shown, and where the span is in them. */
export interface Excerpt {
  readonly firstLine: number
  readonly lines: readonly string[]
  readonly mark: Mark
}

/** Lines of the file; columns in characters of the shown line, from 1, the end after the last one. */
export interface Mark {
  readonly startLine: number
  readonly startColumn: number
  readonly endLine: number
  readonly endColumn: number
}

export interface ExcerptOptions {
  readonly above: number
  readonly below: number
  /** Columns that a line may take; longer ones are cut. */
  readonly width: number
}

/** A span over more lines than this is shown by its first lines. */
const MARKED_LINES = 3
const ELLIPSIS = '…'

export function excerpt(source: SourceFile, span: Span, { above, below, width }: ExcerptOptions): Excerpt {
  const startLine = source.lineAt(span.start)
  const spanEndLine = source.lineAt(Math.max(span.start, span.end - 1))
  const endLine = Math.min(spanEndLine, startLine + MARKED_LINES - 1)
  const end = endLine < spanEndLine ? source.lineEnd(endLine) : Math.min(span.end, source.lineEnd(endLine))
  const firstLine = firstOf(source, startLine, above)
  const lastLine = lastOf(source, endLine, below)
  const lines: string[] = []
  for (let line = firstLine; line < startLine; line++) lines.push(showLine(source, line, width))
  const marked = markedLines(source, { start: span.start, end: Math.max(end, span.start) }, startLine, endLine, width)
  lines.push(...marked.lines)
  for (let line = endLine + 1; line <= lastLine; line++) lines.push(showLine(source, line, width))
  return { firstLine, lines, mark: { startLine, endLine, ...marked.columns } }
}

/** Blank lines at the rim say nothing. */
function firstOf(source: SourceFile, line: number, above: number): number {
  let first = Math.max(1, line - above)
  while (first < line && isBlank(source, first)) first++
  return first
}

function lastOf(source: SourceFile, line: number, below: number): number {
  let last = Math.min(source.lineCount, line + below)
  while (last > line && isBlank(source, last)) last--
  return last
}

function isBlank(source: SourceFile, line: number): boolean {
  return bytesOf(source, line, 0, 200).trim() === ''
}

function bytesOf(source: SourceFile, line: number, from: number, length: number): string {
  const start = source.lineStart(line) + from
  return source.text.slice(start, Math.min(source.lineEnd(line), start + length))
}

function markedLines(
  source: SourceFile,
  { start, end }: Span,
  startLine: number,
  endLine: number,
  width: number,
): { lines: string[]; columns: { startColumn: number; endColumn: number } } {
  if (startLine === endLine) {
    const { text, from, to } = windowAround(source, startLine, start, end, width)
    return { lines: [text], columns: { startColumn: from + 1, endColumn: to + 1 } }
  }
  const first = windowAround(source, startLine, start, source.lineEnd(startLine), width)
  const lines = [first.text]
  for (let line = startLine + 1; line < endLine; line++) lines.push(showLine(source, line, width))
  const last = windowAround(source, endLine, source.lineStart(endLine), end, width)
  return { lines: [...lines, last.text], columns: { startColumn: first.from + 1, endColumn: last.to + 1 } }
}

/**
 * A line in which the bytes from `start` to `end` are marked, cut on both sides to the width if need be. Only bytes
 * near the mark are looked at: a minified line may have millions.
 */
function windowAround(
  source: SourceFile,
  line: number,
  start: number,
  end: number,
  width: number,
): { text: string; from: number; to: number } {
  const lineStart = source.lineStart(line)
  const lineEnd = source.lineEnd(line)
  const stop = Math.min(end, lineEnd)
  let left = showBytes(source.text.slice(Math.max(lineStart, start - 4 * width), start))
  const isFar = start - lineStart > 4 * width
  const middle = showBytes(source.text.slice(start, Math.min(stop, start + 4 * width)))
  const right = showBytes(source.text.slice(stop, Math.min(lineEnd, stop + 4 * width)))
  if (isFar || widthOf(left + middle + right) > width) {
    // All that is marked is to be seen; what is left of the room goes to what follows, but for a third of the line.
    const third = Math.floor(width / 3)
    const room = Math.max(0, Math.min(Math.max(third, width - widthOf(middle + right)), width - widthOf(middle) - 1))
    if (isFar || widthOf(left) > room) left = ELLIPSIS + tail(left, Math.max(0, room - 1))
  }
  const text = cut(left + middle + right, width)
  const from = Math.min(left.length, text.length)
  return { text, from, to: Math.max(from, Math.min(left.length + middle.length, text.length)) }
}

function showLine(source: SourceFile, line: number, width: number): string {
  return cut(showBytes(bytesOf(source, line, 0, 4 * width)), width)
}

/** The text, cut at the right to the width. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let kept = ''
  let taken = 0
  for (const char of text) {
    taken += widthOf(char)
    if (taken > width - 1) break
    kept += char
  }
  return kept + ELLIPSIS
}

/** The end of a text, of at most `width` columns. */
function tail(text: string, width: number): string {
  let kept = ''
  let taken = 0
  for (const char of [...text].reverse()) {
    taken += widthOf(char)
    if (taken > width) break
    kept = char + kept
  }
  return kept
}
