import type { Directive } from '../../src/config/index.ts'
import { inContexts } from '../../src/lint/context-words.ts'
import { moveOut } from '../../src/lint/move-out.ts'
import { placedByName } from '../../src/lint/placed.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { relatedDirective } from '../../src/lint/wording.ts'
import { type Context, familyOf } from '../../src/nginx/context.ts'
import { allowedIn, directiveNames, inRange } from '../../src/nginx/directives.ts'
import { statesIn, statesOf } from '../../src/nginx/states.ts'
import { refusedValue } from '../../src/nginx/values.ts'
import type { TargetVersion } from '../../src/nginx/version.ts'
import { decodeForDisplay, layout } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'A directive stands in a block that nginx does not allow it in',
  severity: 'error',
  fix: 'safe',
  see: 'https://nginx.org/en/docs/dirindex.html',

  whole(subject, report) {
    const { target } = subject.model
    for (const { name, contexts, group } of placedByName(subject)) {
      // Whether it should have a block is the business of the rule "syntax".
      const states = statesOf(name, target)
      const allowed = new Set(states.flatMap((state) => state.contexts))
      // What may stand there in another version is the business of the rule "directives/version".
      if (contexts.some((context) => allowed.has(context) || allowedIn(name, context))) continue
      if (allowed.size === 0) continue
      const families = new Set(contexts.map(familyOf))
      const isOfOthers = [...allowed].every((context) => !families.has(familyOf(context)))
      const longerNames = isOfOthers ? directiveNames().filter((other) => other !== name && other.startsWith(name)) : []
      for (const directive of group.directives) {
        const sameForm = states.filter(({ entry }) => entry.block === directive.isBlock)
        const places = new Set((sameForm.length > 0 ? sameForm : states).flatMap((state) => state.contexts))
        const { parent } = directive
        const meant = fullName(directive, longerNames, contexts, target)
        const word = directive.statement.words[0]
        report({
          at: directive,
          message: `"${decodeForDisplay(name)}" is not allowed ${here(directive, contexts)}: ${meant === undefined ? remedy([...places], contexts) : `did you mean "${meant}"?`}`,
          edits:
            meant && word
              ? [{ file: directive.file, edit: layout.replace(word, meant) }]
              : moveOut(directive, subject.model),
          ...(meant && { safety: 'unsafe' }),
          ...(parent && { related: [relatedDirective(parent, 'the block that it stands in')] }),
        })
      }
    }
  },
})

/**
 * The directive of the same family that a shortened name was meant for: `proxy_buffer`, which is one of `mail`, in a location. It may stand
 * there, takes what is said, and no other one that begins so does.
 */
function fullName(
  { values, isBlock }: Directive,
  longerNames: readonly string[],
  contexts: readonly Context[],
  target: TargetVersion,
): string | undefined {
  const [context, ...others] = contexts
  if (context === undefined || others.length > 0 || isBlock) return undefined
  const fitting = longerNames.filter((other) =>
    statesIn(other, context, target).some(
      ({ entry, args }) =>
        !entry.block && inRange(values.length, args) && refusedValue(entry, values, other) === undefined,
    ),
  )
  return fitting.length === 1 ? fitting[0] : undefined
}

/** In `http` nobody asks where a directive of that name may stand in `mail`. */
function remedy(allowed: readonly Context[], contexts: readonly Context[]): string {
  const families = new Set(contexts.map(familyOf))
  const related = allowed.filter((context) => families.has(familyOf(context)))
  if (related.length > 0) return `it may stand ${inContexts(related)}`
  const isForHttp = allowed.every((context) => familyOf(context) === 'http')
  return isForHttp ? `it is for HTTP, ${inContexts(allowed)}` : `it may stand ${inContexts(allowed)}`
}

function here({ parent }: Directive, contexts: readonly Context[]): string {
  if (!parent && contexts.length > 1) return 'beside the other directives of this file'
  return inContexts(contexts)
}
