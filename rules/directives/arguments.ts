import type { Directive } from '../../src/config/index.ts'
import { argumentPlace } from '../../src/lint/argument-place.ts'
import { argumentCounts } from '../../src/lint/argument-words.ts'
import { placedByName } from '../../src/lint/placed.ts'
import { isPlaceholder } from '../../src/lint/placeholder.ts'
import { defineRule, type Subject } from '../../src/lint/rule.ts'
import { lineStartsIn, meantDirectives } from '../../src/lint/swallowed-lines.ts'
import { inRange } from '../../src/nginx/directives.ts'
import { namesHeader } from '../../src/nginx/header-rows.ts'
import { isIgnored } from '../../src/nginx/retired.ts'
import { type DirectiveState, statesIn } from '../../src/nginx/states.ts'
import { checksValues, type RefusedValue, refusedValue } from '../../src/nginx/values.ts'
import type { TargetVersion } from '../../src/nginx/version.ts'
import { decodeForDisplay } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'A directive has too many or too few arguments, or one that nginx refuses',
  severity: 'error',
  fix: null,
  see: 'https://nginx.org/en/docs/syntax.html',

  whole(subject, report) {
    const { target } = subject.model
    const told = toldElsewhere(subject)
    for (const { name, contexts, group } of placedByName(subject)) {
      const all = contexts.flatMap((context) => statesIn(name, context, target))
      // Whether it should have a block is the business of the rule "syntax".
      const ofBlock = all.filter(({ entry }) => entry.block)
      const ofStatement = all.filter(({ entry }) => !entry.block)
      const faults = group.judged((one) => faultOf(one, one.isBlock ? ofBlock : ofStatement, target))
      for (const [directive, { index, message }] of faults) {
        if (told.has(directive) && index !== undefined) continue
        // Arguments that were meant for a directive of their own are the business of "directives/swallowed-line".
        if (!directive.isBlock && meantDirectives(directive, contexts, target).length > 0) continue
        report({ at: index === undefined ? directive : argumentPlace(directive, index), message })
      }
    }
  },
})

/** Versions of HTTP that nginx does not know: websocket/http-version tells of them. */
function toldElsewhere({ webSockets }: Subject): ReadonlySet<Directive | undefined> {
  return new Set(
    webSockets.flatMap(({ evidence, handshake: { version } }) =>
      evidence.isCertain && version.state === 'wrong' && version.certainty !== 'unresolved' ? version.directive : [],
    ),
  )
}

interface Fault {
  readonly message: string
  /** The argument that is wrong; undefined where their number is. */
  readonly index?: number
}

function faultOf(directive: Directive, states: readonly DirectiveState[], target: TargetVersion): Fault | undefined {
  if (states.length === 0) return undefined
  const count = directive.wording.wordCount - 1
  const isFitting = ({ args }: DirectiveState) => inRange(count, args)
  // So it is with nearly all directives: there is nothing more to look at.
  if (states.some((state) => isFitting(state) && !checksValues(state.entry, directive.name))) return undefined
  const { name, values } = directive
  const fitting = states.filter(isFitting)
  const refused = fitting.length === 0 ? undefined : refusal(fitting, values, name, target)
  if ((fitting.length > 0 && !refused) || values.some(isPlaceholder)) return undefined
  if (!refused)
    return {
      message: `"${name}" takes ${argumentCounts(states.map(({ args }) => args))}, and gets ${gets(count)}${remedy(directive, states)}`,
    }
  const { index, wanted } = refused
  if (index === undefined) return { message: `"${name}" needs ${wanted}` }
  return { message: `"${name}" takes ${wanted}, not "${decodeForDisplay(values[index] ?? '')}"`, index }
}

/** A header and its value in one word: in quotes, or with the colon of HTTP between. */
const HEADER_AND_VALUE = /^([\w-]+)(?:\s*[:=]\s*|\s+)(\S.*)$/s

/** A number and its unit. */
const QUANTITY = /^\d+(?:ms|[smhdwMyk]|g)$/i

/** What makes too many of them: an `=` that is a word, or the words of the next line; or what makes one of two. */
function remedy({ wording, name }: Directive, states: readonly DirectiveState[]): string {
  const { argumentValues: values, words, text } = wording
  const [, header, value] = (values.length === 1 && HEADER_AND_VALUE.exec(values[0] ?? '')) || []
  if (header !== undefined && namesHeader.has(name))
    return `: write "${decodeForDisplay(`${name} ${header} ${value?.includes(' ') ? `'${value}'` : value}`)}"`
  const wouldFit = (some: readonly string[]) =>
    some.length < values.length && states.some(({ args }) => inRange(some.length, args))
  if (wouldFit(values.filter((value) => value !== '='))) return ': leave "=" away'
  const joined = values.join('')
  if (values.length === 2 && QUANTITY.test(joined) && wouldFit([joined])) return `: write "${joined}", without a blank`
  // As `add_header` has it.
  if (values.at(-1) === 'always' && wouldFit(values.slice(0, -1))) return ': leave "always" away'
  const [below = 0] = lineStartsIn(wording)
  const last = words[below - 1]
  if (!last || !wouldFit(values.slice(0, below - 1))) return ''
  return `: is a ";" missing after "${decodeForDisplay(text.slice(last.start, last.end))}"?`
}

/** What all states refuse: where one of them takes the arguments, they are well. */
function refusal(
  states: readonly DirectiveState[],
  values: readonly string[],
  name: string,
  target: TargetVersion,
): RefusedValue | undefined {
  let last: RefusedValue | undefined
  for (const { entry } of states) {
    last = isIgnored(entry, target) ? undefined : refusedValue(entry, values, name)
    if (!last) return undefined
  }
  return last
}

function gets(count: number): string {
  return count === 0 ? 'none' : `${count}`
}
