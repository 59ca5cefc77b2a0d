import type { Directive } from '../../src/config/index.ts'
import { argumentCounts } from '../../src/lint/argument-words.ts'
import { placedByName } from '../../src/lint/placed.ts'
import { isPlaceholder } from '../../src/lint/placeholder.ts'
import { defineRule, type Report } from '../../src/lint/rule.ts'
import { inRange } from '../../src/nginx/directives.ts'
import { type DirectiveState, statesIn } from '../../src/nginx/states.ts'
import { checksValues, type RefusedValue, refusedValue } from '../../src/nginx/values.ts'
import { decodeForDisplay } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'A directive has too many or too few arguments, or one that nginx refuses',
  severity: 'error',
  fix: null,
  see: 'https://nginx.org/en/docs/syntax.html',

  whole(subject, report) {
    for (const { name, contexts, directives } of placedByName(subject)) {
      const all = contexts.flatMap((context) => statesIn(name, context, subject.model.target))
      // Whether it should have a block is the business of the rule "syntax".
      const ofBlock = all.filter(({ entry }) => entry.block)
      const ofStatement = all.filter(({ entry }) => !entry.block)
      for (const directive of directives) check(directive, directive.children ? ofBlock : ofStatement, report)
    }
  },
})

function check(directive: Directive, states: readonly DirectiveState[], report: Report): void {
  if (states.length === 0) return
  const count = directive.statement.wordCount - 1
  const isFitting = ({ args }: DirectiveState) => inRange(count, args)
  // So it is with nearly all directives: there is nothing more to look at.
  if (states.some((state) => isFitting(state) && !checksValues(state.entry))) return
  const { values } = directive
  const fitting = states.filter(isFitting)
  const refused = fitting.length === 0 ? undefined : refusal(fitting, values)
  if ((fitting.length > 0 && !refused) || values.some(isPlaceholder)) return
  if (!refused) {
    report({
      at: directive,
      message: `"${directive.name}" takes ${argumentCounts(states.map(({ args }) => args))}, and gets ${gets(values.length)}`,
    })
    return
  }
  const word = directive.arguments[refused.index]
  if (!word) return
  report({
    at: { file: directive.file, span: { start: word.start, end: word.end } },
    message: says(directive, refused),
  })
}

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

function gets(count: number): string {
  return count === 0 ? 'none' : `${count}`
}
