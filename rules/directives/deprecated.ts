import type { Directive } from '../../src/config/index.ts'
import { memoize } from '../../src/config/memoize.ts'
import { argumentPlace } from '../../src/lint/argument-place.ts'
import { http2Repair, sslRepair } from '../../src/lint/listen-repair.ts'
import { type Placed, placedByName } from '../../src/lint/placed.ts'
import { defineRule, type Finding, type Subject } from '../../src/lint/rule.ts'
import { type DirectiveEntry, directiveEntries } from '../../src/nginx/directives.ts'
import { type Retirement, retiredArgument, retirement, successor } from '../../src/nginx/retired.ts'
import { absence } from '../../src/nginx/states.ts'
import { decodeForDisplay, layout } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'A directive, or a word of one, that newer versions of nginx warn of or no longer take',
  severity: 'warn',
  fix: 'safe',
  see: 'https://nginx.org/en/CHANGES',

  whole(subject, report) {
    for (const { name, contexts, group } of placedByName(subject)) {
      const entries = directiveEntries(name).filter((entry) =>
        contexts.some((context) => entry.contexts.includes(context)),
      )
      const retired = entries.map((entry) => retirement(entry, subject.model.target))
      const [entry] = entries
      const [first] = retired
      if (entry && first && retired.every((one) => one)) {
        for (const directive of group.directives) {
          const finding = findingOf({ directive, contexts }, entry, first, subject)
          if (finding) report(finding)
        }
      } else if (entries.some(({ deprecatedArgs }) => deprecatedArgs)) {
        for (const [directive, retiredOnes] of group.judged((one) => retiredArguments(one, entries, subject)))
          for (const retired of retiredOnes) report(argumentFinding(directive, retired, subject))
      }
    }
  },
})

function findingOf(placed: Placed, entry: DirectiveEntry, retired: Retirement, subject: Subject): Finding | undefined {
  const { directive } = placed
  const repair = repairOf(placed, entry, retired, subject)
  // The rule directives/version says that it is gone; here is what there is to say beyond that.
  if (!repair && absence(entry, subject.model.target)) return undefined
  return {
    at: directive,
    message: `"${decodeForDisplay(directive.name)}" is deprecated: ${adviceOf(entry, retired)}`,
    ...repair,
  }
}

function adviceOf({ removed }: DirectiveEntry, { advice }: Retirement): string {
  return removed === undefined ? advice : `${advice} (gone since ${removed})`
}

type Repair = Pick<Finding, 'edits' | 'safety'>

function repairOf(
  { directive, contexts }: Placed,
  entry: DirectiveEntry,
  retired: Retirement,
  subject: Subject,
): Repair | undefined {
  const { file, statement, name } = directive
  if (name === 'ssl') return sslRepair(directive, subject)
  // nginx does already as if it were not there.
  if (retired.isIgnored && subject.model.target !== 'unknown')
    return { edits: [{ file, edit: layout.remove(statement) }], safety: 'safe' }
  const [context, ...others] = contexts
  const other = context && others.length === 0 ? successor(entry, context) : undefined
  const [word] = statement.words
  const siblings = namesOf(directive.parent?.children ?? subject.model.configuration.directives)
  // Two old names may lead to one new one, which may stand there once only.
  const isTaken = siblings.some((sibling) => sibling === other || (sibling !== name && isSucceededBy(sibling, other)))
  if (!word || other === undefined || isTaken) return undefined
  return { edits: [{ file, edit: layout.replace(word, other) }], safety: 'safe' }
}

/** Each once. */
const namesOf = memoize((directives: readonly Directive[]) => [...new Set(directives.map(({ name }) => name))])

function isSucceededBy(name: string, other: string | undefined): boolean {
  return directiveEntries(name).some((entry) => entry.contexts.some((context) => successor(entry, context) === other))
}

interface RetiredArgument {
  readonly index: number
  readonly advice: string
}

function retiredArguments(
  { name, values }: Directive,
  entries: readonly DirectiveEntry[],
  { model: { target } }: Subject,
): RetiredArgument[] | undefined {
  const found = values.flatMap((value, index) => {
    const retired = entries.map((entry) => retiredArgument(entry, value, target))
    const [first] = retired
    if (!first || !retired.every((one) => one)) return []
    // What takes its place is newer than versions that are still in use, and no version was named.
    if (isHttp2(name, value) && target === 'unknown') return []
    return { index, advice: first.advice }
  })
  return found.length > 0 ? found : undefined
}

function isHttp2(name: string, value: string): boolean {
  return name === 'listen' && value === 'http2'
}

function argumentFinding(directive: Directive, { index, advice }: RetiredArgument, subject: Subject): Finding {
  const { name, values } = directive
  const value = values[index] ?? ''
  return {
    at: argumentPlace(directive, index),
    message: `"${decodeForDisplay(value)}" of "${name}" is deprecated: ${advice}`,
    ...(isHttp2(name, value) && http2Repair(directive, subject)),
  }
}
