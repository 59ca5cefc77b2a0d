import type { ConfigurationFile } from '../config/index.ts'
import type { FileEdit } from '../lint/problem.ts'
import { applyEdits, type Edit, sameEdit } from '../syntax/index.ts'
import { cut } from './excerpt.ts'
import { showBytes } from './sanitize.ts'
import { widthOf, wrap } from './width.ts'

/** Lines that a fix takes out of a file and puts in, where they are. */
export interface ChangedLines {
  readonly file: ConfigurationFile
  /** Of the first of them, before the fix. */
  readonly line: number
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

/** What edits do to the lines of their files, in order. */
export function changedLines(edits: readonly FileEdit[], width: number): ChangedLines[] {
  const byFile = new Map<ConfigurationFile, Edit[]>()
  for (const { file, edit } of edits) {
    const known = byFile.get(file) ?? []
    if (!known.some((other) => sameEdit(other, edit))) byFile.set(file, [...known, edit])
  }
  return [...byFile].flatMap(([file, own]) => clusters(file, own).map((cluster) => linesOf(file, cluster, width)))
}

/** Edits that share a line. */
function clusters(file: ConfigurationFile, edits: readonly Edit[]): Edit[][] {
  const { source } = file
  const ordered = [...edits].sort((one, other) => one.start - other.start || one.end - other.end)
  const groups: Edit[][] = []
  let lastLine = -1
  for (const edit of ordered) {
    if (source.lineAt(edit.start) <= lastLine) groups.at(-1)?.push(edit)
    else groups.push([edit])
    lastLine = Math.max(lastLine, source.lineAt(edit.end))
  }
  return groups
}

/** Bytes of an untouched rest of a line that are looked at: minified files have one line of all. */
const REST_LIMIT = 2000

/** Where the char starts that a byte is one of. */
function charStart(text: string, at: number): number {
  let start = at
  while (at - start < 3 && isContinuation(text.charCodeAt(start))) start--
  return start
}

/** Whether a byte is one of a char in UTF-8, and not its first. */
function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte < 0xc0
}

function linesOf(file: ConfigurationFile, edits: readonly Edit[], width: number): ChangedLines {
  const { source } = file
  const first = (edits[0] as Edit).start
  const last = Math.max(...edits.map(({ end }) => end))
  const line = source.lineAt(first)
  const start = Math.max(source.lineStart(line), charStart(source.text, first - REST_LIMIT))
  const end = charStart(source.text, Math.min(source.lineEnd(source.lineAt(last)), last + REST_LIMIT))
  const shifted = edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }))
  const before = source.text.slice(start, end)
  // The last line comes without its "\r", which it has once others follow.
  const removed = before.split(/\r?\n/)
  const added = applyEdits(before, shifted).split(/\r?\n/)
  let same = 0
  while (same < removed.length && same < added.length && removed[same] === added[same]) same++
  let tail = 0
  const most = Math.min(removed.length, added.length) - same
  while (tail < most && removed.at(-1 - tail) === added.at(-1 - tail)) tail++
  const kept = (lines: readonly string[]) =>
    lines.slice(same, lines.length - tail).map((text) => showBytes(text.replace(/\r$/, '')))
  const [old, fresh] = [kept(removed), kept(added)]
  // What an insertion leaves alone says nothing, and takes the room.
  const inserted = edits.map((edit) => showBytes(edit.text.trim())).join(' … ')
  const isInsertion = edits.every((edit) => edit.start === edit.end) && widthOf(inserted) > width / 2
  if (isInsertion && [...old, ...fresh].some((text) => widthOf(text) > width)) {
    return { file, line: line + same, removed: [], added: wrap(inserted, width) }
  }
  const shorten = shortener(old, fresh, width)
  return { file, line: line + same, removed: old.map(shorten), added: fresh.map(shorten) }
}

/** Long lines are shown from a little before the place where they begin to differ. */
function shortener(removed: readonly string[], added: readonly string[], width: number): (line: string) => string {
  const [old = '', fresh = ''] = [removed[0], added[0]]
  let length = 0
  if (removed.length > 0) while (length < old.length && old[length] === fresh[length]) length++
  const same = widthOf(old.slice(0, length))
  const longest = Math.max(0, ...[...removed, ...added].map(widthOf))
  // As much of what stands before it as there is room for, once the rest is shown.
  const from = longest > width && same > width / 3 ? Math.min(same - Math.floor(width / 4), longest + 1 - width) : 0
  return (line) => cut(from > 0 ? `…${behind(line, from)}` : line, width)
}

/** What stands behind the first columns of a text. */
function behind(text: string, columns: number): string {
  let skipped = 0
  let at = 0
  for (const char of text) {
    if (skipped >= columns) break
    skipped += widthOf(char)
    at += char.length
  }
  return text.slice(at)
}
