import type { Directive } from '../../src/config/index.ts'
import { placedDirectives } from '../../src/lint/placed.ts'
import { isPlaceholder } from '../../src/lint/placeholder.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { type ArgumentRange, inRange } from '../../src/nginx/directives.ts'
import { type DirectiveState, statesIn } from '../../src/nginx/states.ts'
import { type RefusedValue, refusedValue } from '../../src/nginx/values.ts'
import { decodeForDisplay } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'A directive has too many or too few arguments, or one that nginx refuses',
  severity: 'error',
  fix: null,
  see: 'https://nginx.org/en/docs/syntax.html',

  whole(subject, report) {
    for (const { directive, contexts } of placedDirectives(subject)) {
      const states = contexts
        .flatMap((context) => statesIn(directive.name, context, subject.model.target))
        // Whether it should have a block is the business of the rule "syntax".
        .filter(({ entry }) => entry.block === (directive.children !== undefined))
      if (states.length === 0) continue
      const values = directive.arguments.map(({ value }) => value)
      if (values.some(isPlaceholder)) continue
      const fitting = states.filter(({ args }) => inRange(values.length, args))
      if (fitting.length === 0) {
        report({
          at: directive,
          message: `"${directive.name}" takes ${countsOf(states)}, and gets ${gets(values.length)}`,
        })
        continue
      }
      const refused = refusal(fitting, values)
      const word = refused && directive.arguments[refused.index]
      if (!word) continue
      report({
        at: { file: directive.file, span: { start: word.start, end: word.end } },
        message: says(directive, refused),
      })
    }
  },
})

function says({ name, arguments: words }: Directive, { index, wanted }: RefusedValue): string {
  return `"${name}" takes ${wanted}, not "${decodeForDisplay(words[index]?.value ?? '')}"`
}

/** What all states refuse: where one of them takes the arguments, they are well. */
function refusal(states: readonly DirectiveState[], values: readonly string[]): RefusedValue | undefined {
  let last: RefusedValue | undefined
  for (const { entry } of states) {
    last = refusedValue(entry, values)
    if (!last) return undefined
  }
  return last
}

/** `1 argument`, `2 or 3 arguments`, `at least 2 arguments`. */
function countsOf(states: readonly DirectiveState[]): string {
  const ranges = states.map(({ args }) => args)
  const min = Math.min(...ranges.map((range) => range.min))
  const max = Math.max(...ranges.map((range) => range.max))
  if (max === Number.POSITIVE_INFINITY) return `at least ${plural(min)}`
  const counts = Array.from({ length: max - min + 1 }, (_, index) => min + index).filter((count) =>
    isTaken(count, ranges),
  )
  const last = counts.pop() ?? max
  return counts.length === 0 ? plural(last) : `${counts.join(', ')} or ${plural(last)}`
}

function isTaken(count: number, ranges: readonly ArgumentRange[]): boolean {
  return ranges.some((range) => inRange(count, range))
}

function plural(count: number): string {
  return `${count === 0 ? 'no' : count} argument${count === 1 ? '' : 's'}`
}

function gets(count: number): string {
  return count === 0 ? 'none' : `${count}`
}
