import type { Directive } from '../../src/config/index.ts'
import { argumentPlace } from '../../src/lint/argument-place.ts'
import { placedByName } from '../../src/lint/placed.ts'
import type { FileEdit } from '../../src/lint/problem.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { decodeForDisplay, layout } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'The `=` of an `error_page` touches the page, so that nginx redirects to a URL that begins with `=`',
  severity: 'error',
  fix: 'safe',
  see: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#error_page',

  whole(subject, report) {
    for (const { name, group } of placedByName(subject)) {
      if (name !== 'error_page') continue
      for (const [directive, change] of group.judged(changeTouching)) {
        const index = directive.values.length - 1
        const written = decodeForDisplay(directive.values[index] ?? '')
        report({
          at: argumentPlace(directive, index),
          message: `clients get a redirect to "${written}", which is one word to nginx: write "${change} ${written.slice(change.length)}"`,
          edits: withBlank(directive, change),
        })
      }
    }
  },
})

/** ngx_http_core_error_page looks for the `=` in the last word but one. */
function changeTouching({ values }: Directive): string | undefined {
  if (values.length < 2 || values.at(-2)?.startsWith('=')) return undefined
  return /^(=\d*)[@/$]/.exec(values.at(-1) ?? '')?.[1]
}

function withBlank({ file, statement }: Directive, change: string): FileEdit[] {
  const word = statement.words.at(-1)
  if (word?.quote !== '') return []
  const at = word.start + change.length
  return [{ file, edit: layout.replace({ start: at, end: at }, ' ') }]
}
