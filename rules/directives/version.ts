import type { Directive } from '../../src/config/index.ts'
import { argumentPlace } from '../../src/lint/argument-place.ts'
import { placedByName } from '../../src/lint/placed.ts'
import { defineRule } from '../../src/lint/rule.ts'
import type { Context } from '../../src/nginx/context.ts'
import { type DirectiveEntry, directiveEntries } from '../../src/nginx/directives.ts'
import { argumentSince, firstValueSince } from '../../src/nginx/retired.ts'
import { type Absence, absence } from '../../src/nginx/states.ts'
import { formatVersion, isAtLeast, type NginxVersion } from '../../src/nginx/version.ts'
import { decodeForDisplay } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'The nginx that the configuration is for has not got a directive yet, or no longer',
  severity: 'error',
  fix: null,
  see: 'https://nginx.org/en/CHANGES',

  whole(subject, report) {
    const { target } = subject.model
    if (target === 'unknown') return
    for (const { name, contexts, group } of placedByName(subject)) {
      const entries = entriesFor(name, contexts)
      const absences = entries.map((entry) => absence(entry, target))
      const [first] = absences
      if (first && absences.every((one) => one)) {
        const message = absent(name, first, target, entries[0]?.deprecated)
        for (const directive of group.directives) report({ at: directive, message })
        continue
      }
      const present = entries.filter((_, index) => absences[index] === undefined)
      if (present.length > 0 && !present.some(({ thirdParty }) => thirdParty))
        for (const [directive, newer] of group.judged((one) => newerArguments(one, present, target)))
          for (const { index, message } of newer) report({ at: argumentPlace(directive, index), message })
    }
  },
})

/** What the name means there; where it may not stand there at all, what it means anywhere. */
function entriesFor(name: string, contexts: readonly Context[]): readonly DirectiveEntry[] {
  const all = directiveEntries(name)
  const fitting = all.filter((entry) => contexts.some((context) => entry.contexts.includes(context)))
  return fitting.length > 0 ? fitting : all
}

function absent(name: string, why: Absence, target: NginxVersion, advice: string | undefined): string {
  const wanted = formatVersion(target)
  if ('since' in why) return `nginx ${wanted} has no "${name}" yet: it came with ${why.since}`
  return `nginx ${wanted} has no "${name}" any more: it is gone since ${why.removed}${advice ? ` (${advice})` : ''}`
}

interface NewerArgument {
  readonly index: number
  readonly message: string
}

function newerArguments(
  { name, values }: Directive,
  entries: readonly DirectiveEntry[],
  target: NginxVersion,
): NewerArgument[] | undefined {
  const found = values.flatMap((value, index) => {
    const since = entries.map((entry) => argumentSince(entry, value, index) ?? firstValueSince(name, value, index))
    const [first] = since
    if (first === undefined || since.some((one) => one === undefined || isAtLeast(target, one))) return []
    const shown = decodeForDisplay(value)
    return {
      index,
      message: `the "${name}" of nginx ${formatVersion(target)} takes no "${shown}" yet: that came with ${first}`,
    }
  })
  return found.length > 0 ? found : undefined
}
