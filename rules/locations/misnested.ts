import type { Directive } from '../../src/config/index.ts'
import { type LocationPattern, locationPattern } from '../../src/effective/index.ts'
import { placedByName } from '../../src/lint/placed.ts'
import { isPlaceholder } from '../../src/lint/placeholder.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { relatedDirective } from '../../src/lint/wording.ts'
import { decodeForDisplay, headText } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'A location stands in one that it is no part of',
  severity: 'error',
  fix: null,
  see: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',

  whole(subject, report) {
    for (const { name, contexts, group } of placedByName(subject)) {
      if (name !== 'location' || !contexts.includes('location')) continue
      for (const directive of group.directives) {
        const around = directive.parent
        if (around?.name !== 'location' || !isReadable(directive) || !isReadable(around)) continue
        const [what, remedy] = refusal(locationPattern(directive), locationPattern(around)) ?? []
        if (what === undefined) continue
        const [own, outer] = [headText(directive.statement), headText(around.statement)]
        report({
          at: directive,
          message: `nginx does not start: "${own}" ${what} "${outer}"; ${remedy}`,
          related: [relatedDirective(around, 'the location around it')],
        })
      }
    }
  },
})

function isReadable({ values }: Directive): boolean {
  return (values.length === 1 || values.length === 2) && !values.some(isPlaceholder)
}

/** ngx_http_core_location: the text of a regex is looked at as if it were a path. */
function refusal(own: LocationPattern, around: LocationPattern): readonly [what: string, remedy: string] | undefined {
  if (around.match === 'exact') return ['may not stand in', 'no other path is in that one: put it beside']
  if (around.match === 'named') return ['may not stand in', 'that one is chosen by name alone: put it beside']
  if (own.match === 'named') return ['may not stand in', 'one with a name stands in the server itself']
  if (isRegex(own) || own.path.startsWith(around.path)) return undefined
  if (isRegex(around))
    return ['may not stand in', 'nginx takes that regex for a path: write a regex here too, or put it beside']
  return ['is outside of', `put it beside, or begin its path with "${decodeForDisplay(around.path)}"`]
}

function isRegex({ match }: LocationPattern): boolean {
  return match === 'regex' || match === 'regex-ignoring-case'
}
