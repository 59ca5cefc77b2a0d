import { type ArgumentRange, inRange } from '../nginx/directives.ts'

/** `1 argument`, `2 or 3 arguments`, `at least 2 arguments`: what any of the ranges takes. */
export function argumentCounts(ranges: readonly ArgumentRange[]): string {
  const min = Math.min(...ranges.map((range) => range.min))
  const max = Math.max(...ranges.map((range) => range.max))
  if (max === Number.POSITIVE_INFINITY) return `at least ${plural(min)}`
  const counts = Array.from({ length: max - min + 1 }, (_, index) => min + index).filter((count) =>
    ranges.some((range) => inRange(count, range)),
  )
  const last = counts.pop() ?? max
  return counts.length === 0 ? plural(last) : `${counts.join(', ')} or ${plural(last)}`
}

function plural(count: number): string {
  return `${count === 0 ? 'no' : count} argument${count === 1 ? '' : 's'}`
}
