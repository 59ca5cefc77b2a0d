import type { Directive } from '../../src/config/index.ts'
import { argumentPlace } from '../../src/lint/argument-place.ts'
import { isOfferedOnly } from '../../src/lint/offered-site.ts'
import { placedByName } from '../../src/lint/placed.ts'
import { defineRule, type Finding, type Subject } from '../../src/lint/rule.ts'
import { type SharedListen, sharedListen } from '../../src/lint/shared-listen.ts'
import { lineReference, relatedDirective } from '../../src/lint/wording.ts'
import { decodeForDisplay } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'Two servers both say of one address what only one of them may',
  severity: 'error',
  fix: null,
  see: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#listen',

  whole(subject, report) {
    for (const { name, contexts, group } of placedByName(subject)) {
      // In a file of servers alone they may be those of `stream` as well, which may share no address at all.
      if (name !== 'listen' || !contexts.includes('server')) continue
      const defaults = new Map<string, Directive>()
      const options = new Map<string, Directive>()
      for (const [listen, shared] of group.judged(sharedListen)) {
        // Of a template, what is written twice may be written once in the end.
        if (listen.file.template) continue
        if (shared.defaultAt !== -1)
          for (const finding of taken(listen, shared, 'default', defaults, subject)) report(finding)
        if (shared.optionAt !== -1)
          for (const finding of taken(listen, shared, 'option', options, subject)) report(finding)
      }
    }
  },
})

/** The first of its addresses that another server has taken. What one server says twice is the business of directives/duplicate. */
function* taken(
  listen: Directive,
  shared: SharedListen,
  what: 'default' | 'option',
  firsts: Map<string, Directive>,
  { model }: Subject,
): Generator<Finding> {
  let isTold = false
  for (const address of shared.addresses) {
    const first = firsts.get(address)
    if (!first) firsts.set(address, listen)
    else if (first.parent !== listen.parent && !isTold && !(isOfferedOnly(first) && isOfferedOnly(listen))) {
      isTold = true
      const isSame = first.statement === listen.statement
      const at =
        (isSame && listen.include) || argumentPlace(listen, what === 'default' ? shared.defaultAt : shared.optionAt)
      const from = isSame && listen.include ? listen.include : listen
      yield {
        at,
        message: `nginx does not start: ${saying(what, address, lineReference(first, from, model.configuration), isSame)}`,
        related: [relatedDirective(first, 'the first one')],
      }
    }
  }
}

function saying(what: 'default' | 'option', address: string, line: string, isSame: boolean): string {
  const shown = decodeForDisplay(address)
  const subject =
    what === 'default'
      ? `${shown} has a default server already, that of ${line}`
      : `the socket of ${shown} has its options from ${line} already`
  return `${subject}; ${isSame ? 'include the file once' : 'leave this out, or take another address'}`
}
