import type { Directive } from '../../src/config/index.ts'
import { locationPattern } from '../../src/effective/index.ts'
import { oncePerPlace } from '../../src/lint/once-per-place.ts'
import { placedByName } from '../../src/lint/placed.ts'
import { defineRule, type Finding, type Subject } from '../../src/lint/rule.ts'
import { lineReference, relatedDirective } from '../../src/lint/wording.ts'
import { headText } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'Two locations of one block have the same path',
  severity: 'error',
  fix: null,
  see: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',

  whole(subject, reportAll) {
    const report = oncePerPlace(reportAll)
    for (const { name, contexts, group } of placedByName(subject)) {
      if (name !== 'location' || !contexts.some((context) => context === 'server' || context === 'location')) continue
      for (const [directive, first] of group.twins(keyOf)) report(finding(directive, first, subject))
    }
  },
})

function finding(directive: Directive, first: Directive, { model }: Subject): Finding {
  const isSame = first.statement === directive.statement
  const at = (isSame && directive.include) || directive
  return {
    at,
    message: `nginx does not start: "${headText(directive.statement)}" is a duplicate of ${lineReference(first, at, model.configuration)}; ${isSame ? 'include the file once' : 'put both into one'}`,
    related: [relatedDirective(first, 'the first one')],
  }
}

/** ngx_http_join_exact_locations: `/a` and `^~ /a` are the same, `= /a` is another; regexes and names may be repeated. */
function keyOf(directive: Directive): string | undefined {
  if (!directive.isBlock || directive.argument(0) === undefined) return undefined
  const { match, path } = locationPattern(directive)
  if (match === 'exact') return `= ${path}`
  return match === 'prefix' || match === 'prefix-first' ? path : undefined
}
