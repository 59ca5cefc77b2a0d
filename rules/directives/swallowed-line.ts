import type { Directive } from '../../src/config/index.ts'
import { placedByName } from '../../src/lint/placed.ts'
import { defineRule, type Finding } from '../../src/lint/rule.ts'
import { meantDirectives, takes, type WordRange } from '../../src/lint/swallowed-lines.ts'
import type { Context } from '../../src/nginx/context.ts'
import { type DirectiveState, statesIn } from '../../src/nginx/states.ts'
import { refusesStrayWords } from '../../src/nginx/stray-words.ts'
import type { TargetVersion } from '../../src/nginx/version.ts'
import { layout, wordsText } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'A directive without its `;` takes the next line for more of its arguments',
  severity: 'error',
  fix: 'unsafe',
  see: 'https://nginx.org/en/docs/beginners_guide.html#conf_structure',

  whole(subject, report) {
    const { target } = subject.model
    for (const { name, contexts, group } of placedByName(subject)) {
      const states = contexts.flatMap((context) => statesIn(name, context, target)).filter(({ entry }) => !entry.block)
      if (!mayTakeMore(states)) continue
      for (const [directive, meant] of group.judged((one) => meantIn(one, contexts, target)))
        report(finding(directive, meant, refusesStrayWords(name) || !takes(states, name, directive.values)))
    }
  },
})

/** Where a directive takes one number of arguments only, the rule `syntax` tells of the `;`. */
function mayTakeMore(states: readonly DirectiveState[]): boolean {
  const counts = states.map(({ args }) => args)
  return Math.max(...counts.map(({ max }) => max)) > Math.min(...counts.map(({ min }) => min))
}

function meantIn(
  directive: Directive,
  contexts: readonly Context[],
  target: TargetVersion,
): readonly WordRange[] | undefined {
  if (directive.isBlock) return undefined
  const meant = meantDirectives(directive, contexts, target)
  return meant.length > 0 ? meant : undefined
}

function finding(directive: Directive, [own, ...lines]: readonly WordRange[], isRefused: boolean): Finding {
  const { file, name, statement } = directive
  const wordsOf = (range: WordRange | undefined) => statement.words.slice(range?.from, range?.to)
  const first = wordsOf(lines[0])
  const quoted = lines.map((line) => `"${wordsText(wordsOf(line))}"`)
  const taken = [quoted.slice(0, -1).join(', '), quoted.at(-1)].filter(Boolean).join(' and ')
  const what = isRefused ? 'and refuses them' : `not for ${lines.length === 1 ? 'a directive' : 'directives'}`
  return {
    at: { file, span: { start: first[0]?.start ?? 0, end: first.at(-1)?.end ?? 0 } },
    message: `missing ";" after "${wordsText(wordsOf(own))}": nginx takes ${taken} for more arguments of "${name}", ${what}`,
    // What has had no effect so far gets one: a person decides. What keeps nginx from starting changes nothing that runs.
    ...(isRefused ? { safety: 'safe' } : { severity: 'warn' }),
    edits: lines.map(({ from }) => {
      const end = statement.words[from - 1]?.end ?? 0
      return { file, edit: layout.replace({ start: end, end }, ';') }
    }),
  }
}
