import type { Directive } from '../../src/config/index.ts'
import { argumentPlace } from '../../src/lint/argument-place.ts'
import { isOfferedOnly } from '../../src/lint/offered-site.ts'
import { placedByName } from '../../src/lint/placed.ts'
import { defineRule, type Finding, type Subject } from '../../src/lint/rule.ts'
import { ownAddresses, type SharedListen, sharedListen } from '../../src/lint/shared-listen.ts'
import { lineReference, relatedDirective } from '../../src/lint/wording.ts'
import type { Context } from '../../src/nginx/context.ts'
import { changedIn } from '../../src/nginx/defaults.ts'
import { isBefore } from '../../src/nginx/version.ts'
import { decodeForDisplay } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'Two servers both say of one address what only one of them may',
  severity: 'error',
  fix: null,
  see: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#listen',

  whole(subject, report) {
    for (const { name, contexts, group } of placedByName(subject)) {
      // In a file of servers alone they may be those of any family; then what holds for all of them is told.
      if (name !== 'listen' || !contexts.some((context) => SERVERS.has(context))) continue
      if (contexts.every((context) => hasOwnAddresses(context, subject))) {
        const firsts = new Map<string, Directive>()
        for (const [listen, own] of group.judged(ownAddresses))
          if (!listen.file.template)
            for (const finding of taken(listen, own, 'address', firsts, subject)) report(finding)
        continue
      }
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

const SERVERS: ReadonlySet<Context> = new Set(['server', 'stream server', 'mail server'])

/** Whether no two servers may share an address: ngx_mail_core_listen, and ngx_stream_core_listen as it was. */
function hasOwnAddresses(context: Context, { model: { target } }: Subject): boolean {
  return context === 'mail server' || (context === 'stream server' && isBefore(target, changedIn.streamServerNames))
}

type What = 'default' | 'option' | 'address'

/** The first of its addresses that another server has taken. What one server says twice is the business of directives/duplicate. */
function* taken(
  listen: Directive,
  shared: SharedListen,
  what: What,
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
        (isSame && listen.include) ||
        argumentPlace(listen, { default: shared.defaultAt, option: shared.optionAt, address: 0 }[what])
      const from = isSame && listen.include ? listen.include : listen
      yield {
        at,
        message: `nginx does not start: ${saying(what, address, lineReference(first, from, model.configuration), isSame)}`,
        related: [relatedDirective(first, 'the first one')],
      }
    }
  }
}

function saying(what: What, address: string, line: string, isSame: boolean): string {
  const shown = decodeForDisplay(address)
  const subject = {
    default: `${shown} has a default server already, that of ${line}`,
    option: `the socket of ${shown} has its options from ${line} already`,
    address: `${shown} is taken by the server of ${line} already`,
  }[what]
  const way = what === 'address' ? 'take another address' : 'leave this out, or take another address'
  return `${subject}; ${isSame ? 'include the file once' : way}`
}
