import type { RefusedValue } from './refused-value.ts'

const OPERATORS: ReadonlySet<string> = new Set(['=', '!=', '~', '~*', '!~', '!~*'])
const WANTED = 'a condition such as ($name), ($name = value), ($name ~ regex) or (-f file)'

/** What ngx_http_rewrite_if_condition refuses: a variable alone, one operator between it and a value, or the test of a file. */
export function refusedCondition(values: readonly string[]): RefusedValue | undefined {
  const words = values.map((value, index) => ({ value, index }))
  const [first] = words
  const last = words.at(-1)
  if (!first || !last) return undefined
  if (!first.value.startsWith('(')) return { index: 0, wanted: WANTED }
  if (!last.value.endsWith(')')) return { index: last.index, wanted: WANTED }
  first.value = first.value.slice(1)
  last.value = last.value.slice(0, -1)
  const inside = words.filter(({ value }, at) => value !== '' || (at > 0 && at < words.length - 1))
  const refused = (at: number): RefusedValue => ({ index: inside[at]?.index ?? 0, wanted: WANTED })
  const subject = inside[0]?.value ?? ''
  if (/^!?-[fdex]$/.test(subject)) return inside.length === 2 ? undefined : refused(0)
  if (!/^\$./s.test(subject)) return refused(0)
  if (inside.length === 1) return undefined
  if (!OPERATORS.has(inside[1]?.value ?? '')) return refused(1)
  return inside.length === 3 ? undefined : refused(inside.length > 3 ? 3 : 1)
}
