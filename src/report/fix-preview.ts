import type { ConfigurationFile } from '../config/index.ts'
import type { FileEdit } from '../lint/problem.ts'
import { applyEdits, type Edit, sameEdit } from '../syntax/index.ts'
import { cut } from './excerpt.ts'
import { showBytes } from './sanitize.ts'
import { wrap } from './width.ts'

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

function linesOf(file: ConfigurationFile, edits: readonly Edit[], width: number): ChangedLines {
  const { source } = file
  const first = (edits[0] as Edit).start
  const last = Math.max(...edits.map(({ end }) => end))
  const line = source.lineAt(first)
  const start = Math.max(source.lineStart(line), first - REST_LIMIT)
  const end = Math.min(source.lineEnd(source.lineAt(last)), last + REST_LIMIT)
  const shifted = edits.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }))
  const before = source.text.slice(start, end)
  const removed = before.split('\n')
  const added = applyEdits(before, shifted).split('\n')
  let same = 0
  while (same < removed.length && same < added.length && removed[same] === added[same]) same++
  let tail = 0
  const most = Math.min(removed.length, added.length) - same
  while (tail < most && removed.at(-1 - tail) === added.at(-1 - tail)) tail++
  const kept = (lines: readonly string[]) => lines.slice(same, lines.length - tail)
  // What an insertion leaves alone says nothing, and takes the room.
  const inserted = edits.map((edit) => showBytes(edit.text.trim())).join(' … ')
  const isInsertion = edits.every((edit) => edit.start === edit.end) && inserted.length > width / 2
  if (isInsertion && isLong([...kept(removed), ...kept(added)], width)) {
    return { file, line: line + same, removed: [], added: wrap(inserted, width) }
  }
  const shorten = shortener(kept(removed), kept(added), width)
  return { file, line: line + same, removed: kept(removed).map(shorten), added: kept(added).map(shorten) }
}

/** Long lines are shown from a little before the place where they begin to differ. */
function shortener(removed: readonly string[], added: readonly string[], width: number): (line: string) => string {
  const [old = '', fresh = ''] = [removed[0], added[0]]
  let same = 0
  if (removed.length > 0) while (same < old.length && old[same] === fresh[same]) same++
  const longest = Math.max(0, ...[...removed, ...added].map(({ length }) => length))
  // As much of what stands before it as there is room for, once the rest is shown.
  const from = longest > width && same > width / 3 ? Math.min(same - Math.floor(width / 4), longest + 1 - width) : 0
  return (line) => cut(`${from > 0 ? '…' : ''}${showBytes(line.replace(/\r$/, '').slice(from))}`, width)
}

function isLong(lines: readonly string[], width: number): boolean {
  return lines.some((line) => line.length > width)
}
