import type { Directive } from '../config/index.ts'
import { hasColon } from '../nginx/header-rows.ts'
import type { FileEdit } from './problem.ts'

/** The edit that takes the colon out of the header's name that a directive begins with; none where it has none. */
export function withoutColon({ file, statement }: Directive): FileEdit[] {
  const word = statement.words[1]
  if (!word || !hasColon(word.value)) return []
  const end = word.quote === '' ? word.end : word.end - 1
  const colons = /[\s:]+$/.exec(word.raw.slice(0, end - word.start))?.[0] ?? ''
  return [{ file, edit: { start: end - colons.length, end, text: '' } }]
}

/** For the end of a message about such a row. */
export function colonAdvice(name: string): string {
  return `the colon is a part of the name to nginx, so write "${name}" without it`
}
