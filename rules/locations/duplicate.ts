import type { Directive } from '../../src/config/index.ts'
import { type LocationPattern, locationPattern } from '../../src/effective/index.ts'
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
    const firsts = new Map<Directive | undefined, Map<string, Directive>>()
    for (const { name, contexts, group } of placedByName(subject)) {
      if (name !== 'location' || !contexts.some((context) => context === 'server' || context === 'location')) continue
      for (const directive of group.directives) {
        if (!directive.isBlock || directive.argument(0) === undefined) continue
        const key = keyOf(locationPattern(directive))
        if (key === undefined) continue
        const ofBlock = firsts.get(directive.parent) ?? new Map<string, Directive>()
        firsts.set(directive.parent, ofBlock)
        const first = ofBlock.get(key)
        if (first) report(finding(directive, first, subject))
        else ofBlock.set(key, directive)
      }
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
function keyOf({ match, path }: LocationPattern): string | undefined {
  if (match === 'exact') return `= ${path}`
  return match === 'prefix' || match === 'prefix-first' ? path : undefined
}
