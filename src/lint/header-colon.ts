import type { Directive } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import type { Model } from '../effective/index.ts'
import { hasColon, headerName } from '../nginx/header-rows.ts'
import type { FileEdit } from './problem.ts'

/** The edit that takes the colon out of the header's name that a directive begins with; none where it has none. */
export function withoutColon({ file, statement }: Directive): FileEdit[] {
  const word = statement.words[1]
  if (!word || !hasColon(word.value)) return []
  const end = word.quote === '' ? word.end : word.end - 1
  const colons = /[\s:]+$/.exec(word.raw.slice(0, end - word.start))?.[0] ?? ''
  return [{ file, edit: { start: end - colons.length, end, text: '' } }]
}

/** Whether no other row of its block sets the same header: without the colon the backend would get both. */
export function isAloneWithHeader(row: Directive, { configuration }: Model): boolean {
  const block = row.parent?.children ?? configuration.directives
  return countsIn(block, row.name).get(lowerName(row)) === 1
}

/** How many rows of a block set each header. */
const countsIn = memoize((block: readonly Directive[], name: string): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const row of block) if (row.name === name) counts.set(lowerName(row), (counts.get(lowerName(row)) ?? 0) + 1)
  return counts
})

/** The name of the header that a row is about, in lower case and without a colon. */
export function lowerName(row: Directive): string {
  return headerName(row.argument(0) ?? '').toLowerCase()
}

/** For the end of a message about such a row. */
export function colonAdvice(name: string): string {
  return `the colon is a part of the name to nginx, so write "${name}" without it`
}
