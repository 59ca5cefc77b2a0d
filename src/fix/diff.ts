import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff'
import { SourceFile, type Span } from '../syntax/index.ts'
import type { OffsetHistory } from './offsets.ts'

const CONTEXT_LINES = 3

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
  const compare = (one: string, other: string) =>
    structuredPatch(`a/${path}`, `b/${path}`, one, other, header, header, {
      context: CONTEXT_LINES,
      stripTrailingCr: false,
    })
  const patch = compare('', '')
  const [old, fresh] = [new SourceFile(path, oldText), new SourceFile(path, newText)]
  for (const region of changedRegions(old, fresh, history)) {
    const { hunks } = compare(textOf(old, region.old), textOf(fresh, region.fresh))
    for (const hunk of hunks)
      patch.hunks.push({
        ...hunk,
        oldStart: hunk.oldStart + region.old.first - 1,
        newStart: hunk.newStart + region.fresh.first - 1,
      })
  }
  const text = formatPatch(patch, FILE_HEADERS_ONLY)
  if (!path.includes(' ')) return text
  return text.replace(/^(--- .*)\n(\+\+\+ .*)\n/, '$1\t\n$2\t\n')
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
 * The lines around the changes, with those that a patch shows beside them. To compare two large texts as a whole takes time
 * by the product of their length and the number of changes; where these are is known already.
 */
function changedRegions(old: SourceFile, fresh: SourceFile, history: OffsetHistory | undefined): Region[] {
  const regions: Region[] = []
  for (const change of changedSpans(old.text.length, fresh.text.length, history)) {
    const one = around(change.old, old)
    const other = around(change.fresh, fresh)
    const previous = regions.at(-1)
    if (previous && one.first <= previous.old.last + 1)
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

/** Both texts have the same lines beside a change, so that the same number of them is taken in both. */
function around({ start, end }: Span, source: SourceFile): Lines {
  return {
    first: Math.max(1, source.lineAt(start) - CONTEXT_LINES - 1),
    last: Math.min(source.lineCount, source.lineAt(end) + CONTEXT_LINES + 1),
  }
}

function textOf(source: SourceFile, { first, last }: Lines): string {
  return source.text.slice(source.lineStart(first), source.lineStart(last + 1))
}
