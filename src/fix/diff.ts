import { diffLines, FILE_HEADERS_ONLY, formatPatch, type StructuredPatchHunk } from 'diff'
import { SourceFile, type Span } from '../syntax/index.ts'
import type { OffsetHistory } from './offsets.ts'

const CONTEXT_LINES = 3
const NO_LINE_END = '\\ No newline at end of file'

/**
 * A patch that `patch -p1` and `git apply` take, one char per byte as the texts are; empty where they are the same.
 * @param name of the file, as people write it
 * @param history where the new text's places were in the old one; without it, both texts are compared as a whole
 */
export function unifiedDiff(name: string, oldText: string, newText: string, history?: OffsetHistory): string {
  if (oldText === newText) return ''
  const path = name.replace(/^\/+/, '')
  // A name with a space ends with a tab, or `patch` would cut it there; git does the same.
  const header = path.includes(' ') ? '' : undefined
  const [old, fresh] = [new SourceFile(path, oldText), new SourceFile(path, newText)]
  const hunks = hunksOf(changesOf(old, fresh, history), old)
  const names = { oldFileName: `a/${path}`, newFileName: `b/${path}`, oldHeader: header, newHeader: header }
  const text = formatPatch({ ...names, hunks }, FILE_HEADERS_ONLY)
  if (!path.includes(' ')) return text
  return text.replace(/^(--- .*)\n(\+\+\+ .*)\n/, '$1\t\n$2\t\n')
}

/** Lines that stand where others stood, each with its line end. */
interface Change {
  /** From 1: the first line that is taken out, or the one before which others are put. */
  readonly oldStart: number
  readonly newStart: number
  readonly removed: string[]
  readonly added: string[]
}

/** In order; changes that meet are one, so that all that is taken out stands before what is put in its place. */
function changesOf(old: SourceFile, fresh: SourceFile, history: OffsetHistory | undefined): Change[] {
  const changes: Change[] = []
  for (const region of changedRegions(old, fresh, history)) {
    let [oldLine, newLine] = [region.old.first, region.fresh.first]
    for (const { value, added, removed } of diffLines(textOf(old, region.old), textOf(fresh, region.fresh))) {
      const lines = linesOf(value)
      if (added || removed) {
        const previous = changes.at(-1)
        const meets = previous && previous.oldStart + previous.removed.length === oldLine
        const change = meets ? previous : { oldStart: oldLine, newStart: newLine, removed: [], added: [] }
        if (change !== previous) changes.push(change)
        const list = added ? change.added : change.removed
        for (const line of lines) list.push(line)
      }
      if (!added) oldLine += lines.length
      if (!removed) newLine += lines.length
    }
  }
  return changes
}

/** The changes with the lines around them; those that have only such lines between them share a hunk. */
function hunksOf(changes: readonly Change[], old: SourceFile): StructuredPatchHunk[] {
  const groups: Change[][] = []
  for (const change of changes) {
    const previous = groups.at(-1)?.at(-1)
    if (previous && change.oldStart - endOf(previous) <= 2 * CONTEXT_LINES) groups.at(-1)?.push(change)
    else groups.push([change])
  }
  return groups.map((group) => hunkOf(group, old))
}

function hunkOf(changes: readonly Change[], old: SourceFile): StructuredPatchHunk {
  const { oldStart, newStart } = changes[0] as Change
  const start = Math.max(1, oldStart - CONTEXT_LINES)
  const hunk = {
    oldStart: start,
    oldLines: 0,
    newStart: newStart - (oldStart - start),
    newLines: 0,
    lines: [] as string[],
  }
  const show = (sign: ' ' | '-' | '+', lines: readonly string[]) => {
    for (const line of lines)
      hunk.lines.push(sign + (line.endsWith('\n') ? line.slice(0, -1) : `${line}\n${NO_LINE_END}`))
    if (sign !== '+') hunk.oldLines += lines.length
    if (sign !== '-') hunk.newLines += lines.length
  }
  let at = start
  for (const change of changes) {
    show(' ', linesOf(textOf(old, { first: at, last: change.oldStart - 1 })))
    show('-', change.removed)
    show('+', change.added)
    at = endOf(change)
  }
  show(' ', linesOf(textOf(old, { first: at, last: at + CONTEXT_LINES - 1 })))
  return hunk
}

/** The line behind what is taken out. */
function endOf({ oldStart, removed }: Change): number {
  return oldStart + removed.length
}

/** With their line ends; a text that ends with one has no empty line after it. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** Lines of one text, the last included. */
interface Lines {
  readonly first: number
  readonly last: number
}

interface Region {
  readonly old: Lines
  readonly fresh: Lines
}

/**
 * The lines that hold a change, of both texts; changes that share one are one region. To compare two large texts as a whole
 * takes time by the product of their length and the number of changes; where these are is known already.
 */
function changedRegions(old: SourceFile, fresh: SourceFile, history: OffsetHistory | undefined): Region[] {
  const regions: Region[] = []
  for (const change of changedSpans(old.text.length, fresh.text.length, history)) {
    const one = linesAt(change.old, old)
    const other = linesAt(change.fresh, fresh)
    const previous = regions.at(-1)
    if (previous && (one.first <= previous.old.last || other.first <= previous.fresh.last))
      regions[regions.length - 1] = {
        old: { first: previous.old.first, last: one.last },
        fresh: { first: previous.fresh.first, last: other.last },
      }
    else regions.push({ old: one, fresh: other })
  }
  return regions
}

interface ChangedSpan {
  readonly old: Span
  readonly fresh: Span
}

function changedSpans(oldLength: number, newLength: number, history: OffsetHistory | undefined): ChangedSpan[] {
  if (!history) return [{ old: { start: 0, end: oldLength }, fresh: { start: 0, end: newLength } }]
  const spans: ChangedSpan[] = []
  let at = { old: 0, fresh: 0 }
  const kept = history.kept(oldLength).map(({ start, end }) => ({ start, end, now: history.current(start) }))
  for (const { start, end, now } of [...kept, { start: oldLength, end: oldLength, now: newLength }]) {
    if (start > at.old || now > at.fresh)
      spans.push({ old: { start: at.old, end: start }, fresh: { start: at.fresh, end: now } })
    at = { old: end, fresh: now + end - start }
  }
  return spans
}

/** Beside a change a line is the same in both texts, so that what is left of it belongs to both. */
function linesAt({ start, end }: Span, source: SourceFile): Lines {
  return { first: source.lineAt(start), last: source.lineAt(end) }
}

function textOf(source: SourceFile, { first, last }: Lines): string {
  return source.text.slice(source.lineStart(first), source.lineStart(last + 1))
}
