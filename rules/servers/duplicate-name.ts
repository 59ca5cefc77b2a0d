import type { Directive } from '../../src/config/index.ts'
import { type ListenGroup, listenGroups, mayConflict, nameConflicts } from '../../src/effective/index.ts'
import { argumentPlace } from '../../src/lint/argument-place.ts'
import { isOfferedOnly } from '../../src/lint/offered-site.ts'
import { isPlaceholder } from '../../src/lint/placeholder.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { lineReference, relatedDirective } from '../../src/lint/wording.ts'
import { decodeForDisplay } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'Two servers have the same name on the same port, and nginx ignores that of the second',
  severity: 'warn',
  fix: null,
  see: 'https://nginx.org/en/docs/http/server_names.html',

  whole({ model }, report) {
    if (!mayConflict(model)) return
    const told = new Set<string>()
    const seen = new Set<ListenGroup['servers']>()
    for (const group of listenGroups(model)) {
      if (seen.has(group.servers)) continue
      seen.add(group.servers)
      for (const { ignored, first } of nameConflicts(group)) {
        const at = ignored.directive ?? ignored.server.directive
        const other = first.directive ?? first.server.directive
        if (!at || !other || !isCertain(at, other, ignored.name)) continue
        // Once for a name, on however many ports.
        const key = `${ignored.name} ${at.file.realPath} ${at.statement.start}`
        if (told.has(key)) continue
        told.add(key)
        const isOneLine = at.statement === other.statement
        const line = isOneLine
          ? 'the same file, included before,'
          : `the server of ${lineReference(other, at, model.configuration)}`
        const index = at.values.findIndex((value) => value.toLowerCase() === ignored.name)
        report({
          at: isOneLine && at.include ? at.include : index === -1 ? at : argumentPlace(at, index),
          message: `nginx ignores ${nameOf(ignored.name)} here: ${line} has ${ignored.name === '' ? 'none on' : 'it on'} ${addressOf(group)} too, and answers`,
          related: [relatedDirective(other, 'the first one')],
        })
      }
    }
  },
})

/** Whether both are there for certain, and nothing else is put in the place of the name. */
function isCertain(one: Directive, other: Directive, name: string): boolean {
  if (one.file.template || other.file.template || isPlaceholder(name)) return false
  return !(isOfferedOnly(one) && isOfferedOnly(other))
}

function nameOf(name: string): string {
  return name === '' ? 'a server without a name' : `"${decodeForDisplay(name)}"`
}

function addressOf({ address, port }: ListenGroup): string {
  return port === undefined ? address : `${address}:${port}`
}
