import { groupBy } from '../../src/config/group-by.ts'
import type { Directive, DirectiveGroup } from '../../src/config/index.ts'
import { readListen } from '../../src/effective/listen.ts'
import { argumentPlace } from '../../src/lint/argument-place.ts'
import { oncePerPlace } from '../../src/lint/once-per-place.ts'
import { placedByName } from '../../src/lint/placed.ts'
import { defineRule, type Finding, type Report, type Subject } from '../../src/lint/rule.ts'
import { sharedTwice } from '../../src/lint/shared-twice.ts'
import { lineReference, relatedDirective } from '../../src/lint/wording.ts'
import { inLowerCase } from '../../src/nginx/ascii.ts'
import { isIgnored } from '../../src/nginx/retired.ts'
import { type DirectiveState, statesIn } from '../../src/nginx/states.ts'
import { uniqueKey, wordAlone } from '../../src/nginx/unique.ts'
import { decodeForDisplay, layout } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'A block has a directive twice that it may have once, or a zone or a folder is asked for in two ways',
  severity: 'error',
  fix: 'unsafe',
  see: 'https://nginx.org/en/docs/dirindex.html',

  whole(subject, reportAll) {
    const report = oncePerPlace(reportAll)
    for (const { name, contexts, group } of placedByName(subject)) {
      if (name === 'location') continue // which has a rule of its own
      const { target } = subject.model
      const states = contexts.flatMap((context) => statesIn(name, context, target))
      if (states.some(({ entry }) => isIgnored(entry, target))) continue
      const alone = wordAlone(name, target)
      if (alone !== undefined) reportBeside(alone, group, subject, report)
      else if (states.some(({ entry, repeatable }) => repeatable === false || entry.unique !== undefined))
        reportDuplicates(group, states, subject, report)
    }
    for (const { directive, index, first, say } of sharedTwice(subject.model.configuration))
      reportAll({
        at: argumentPlace(directive, index),
        message: `nginx does not start: ${say(lineReference(first, directive, subject.model.configuration))}`,
        related: [relatedDirective(first, 'the first one')],
      })
  },
})

/** No block may have two that are alike in something, or two at all. */
function reportDuplicates(
  group: DirectiveGroup<unknown>,
  states: readonly DirectiveState[],
  subject: Subject,
  report: Report,
): void {
  const keyOf = (directive: Directive) => onceOnly(directive, states)
  for (const [directive, first] of group.twins(keyOf))
    report(finding(directive, first, keyOf(directive) as string, subject))
}

/** Rows may be repeated, but for one word that stands alone. */
function reportBeside(alone: string, group: DirectiveGroup<unknown>, subject: Subject, report: Report): void {
  if (group.repeats.length === 0) return
  for (const rows of groupBy(group.directives, ({ parent }) => parent).values()) {
    const isAlone = (directive: Directive) => directive.values.length === 1 && directive.values[0] === alone
    const word = rows.find(isAlone)
    if (!word) continue
    const [first = word] = rows
    for (const row of rows)
      if (row !== first && (first === word || isAlone(row))) report(besideAlone(row, first, alone, subject))
  }
}

function besideAlone(directive: Directive, first: Directive, alone: string, { model }: Subject): Finding {
  const { name } = directive
  const place = lineReference(first, directive, model.configuration)
  const isAgain = textOf(directive) === textOf(first)
  const isWord = directive.values.length === 1 && directive.values[0] === alone
  const why = isAgain
    ? `the same block has it in ${place} already`
    : isWord
      ? `"${alone}" stands alone, and the same block has a row in ${place}`
      : `the same block has "${name} ${alone}" in ${place}, which stands alone`
  const isPlain = isAgain && directive.file === first.file
  return {
    at: directive,
    message: `"${decodeForDisplay(name)}" is a duplicate: ${why}`,
    related: [relatedDirective(first, 'the first one')],
    edits: isPlain ? [{ file: directive.file, edit: layout.remove(directive.statement) }] : [],
  }
}

/** What no other directive of its block may have: its name, with what must differ. Undefined where it may be repeated. */
function onceOnly(directive: Directive, states: readonly DirectiveState[]): string | undefined {
  const { name } = directive
  const keys = new Set<string | undefined>()
  for (const { entry, repeatable } of states) {
    if (entry.unique === 'address:port') keys.add(addressKey(directive))
    else if (repeatable === false) keys.add(name)
    else {
      // ngx_http_upstream_add: the case of letters is no difference.
      const values = name === 'upstream' ? directive.values.map(inLowerCase) : directive.values
      const key = uniqueKey(entry, values)
      keys.add(key === undefined ? undefined : `${name} ${key}`)
    }
  }
  const [key, ...others] = keys
  return others.length === 0 ? key : undefined
}

/** A port of UDP is another than that of TCP. */
function addressKey(directive: Directive): string {
  const { address, ports } = readListen(directive)
  const isDatagram = directive.arguments.some(({ value }) => value === 'quic' || value === 'udp')
  return `listen ${address}${ports ? `:${[...new Set(ports)].join('-')}` : ''}${isDatagram ? ' over UDP' : ''}`
}

function finding(directive: Directive, first: Directive, key: string, { model }: Subject): Finding {
  const related = [relatedDirective(first, 'the first one')]
  const { include, name } = directive
  if (include && directive.statement === first.statement)
    return {
      at: include,
      message: `this file is included a second time into the same block, and "${decodeForDisplay(name)}" in it may be there once only`,
      related,
    }
  const what = key === name ? `"${name}"` : `"${decodeForDisplay(key)}"`
  const isSame = textOf(directive) === textOf(first)
  const isPlain = !directive.isBlock && directive.file === first.file
  const edits = isPlain ? [{ file: directive.file, edit: layout.remove(directive.statement) }] : []
  return {
    at: directive,
    message: `${what} is a duplicate: the same block has it in ${lineReference(first, directive, model.configuration)}${isSame ? ' already' : ', and nginx takes no second one'}`,
    related,
    edits,
  }
}

function textOf(directive: Directive): string {
  return directive.values.join('\n')
}
