import type { Directive } from '../config/index.ts'
import type { Context } from '../nginx/context.ts'
import { inRange, isKnownDirective } from '../nginx/directives.ts'
import { type DirectiveState, statesIn } from '../nginx/states.ts'
import { isOwnWord } from '../nginx/stray-words.ts'
import { refusedValue } from '../nginx/values.ts'
import type { TargetVersion } from '../nginx/version.ts'
import type { Wording } from '../syntax/index.ts'
import { isPlaceholder } from './placeholder.ts'

/** Words of a wording, by their numbers: its name is 0. */
export interface WordRange {
  readonly from: number
  readonly to: number
}

/**
 * The directives that were meant, where one without its `;` has taken lines below it for arguments: its own words, and
 * then those of each line. Empty where nothing speaks for that. Each of them must be one that nginx takes, and start a line.
 */
export function meantDirectives(
  { wording }: Directive,
  contexts: readonly Context[],
  target: TargetVersion,
): readonly WordRange[] {
  // Of nearly all that span lines none starts with the name of a directive: that is told without a look at the words.
  if (!wording.holds('\n') || !lineNames(wording.text).some(isKnownDirective)) return []
  const { values, words } = wording
  const isTaken = ({ from, to }: WordRange) => {
    const name = values[from] ?? ''
    return contexts.some((context) => {
      const fitting = statesIn(name, context, target).filter(({ args }) => inRange(to - from - 1, args))
      return fitting.length > 0 && takes(fitting, name, values.slice(from + 1, to))
    })
  }
  const found: WordRange[] = []
  let from = 0
  const lineStarts = lineStartsIn(wording)
  for (const at of lineStarts) {
    const word = values[at] ?? ''
    if (words[at]?.quoted || !isKnownDirective(word) || isOwnWord(word, values[from] ?? '')) continue
    if (contexts.every((context) => statesIn(word, context, target).length === 0)) continue
    // What a program puts there may end in a `;`.
    if (isPlaceholder(values[at - 1] ?? '') || !isTaken({ from, to: at })) continue
    // A name that is alone on its line is one of a list, but for those that take no arguments.
    if (lineStarts.has(at + 1) && !isTaken({ from: at, to: at + 1 })) continue
    found.push({ from, to: at })
    from = at
  }
  // Where the last line is no directive after all, it goes on with the one before.
  let last: WordRange = { from, to: values.length }
  while (!isTaken(last)) {
    const before = found.pop()
    if (!before) return []
    last = { from: before.from, to: last.to }
  }
  return found.length === 0 ? [] : [...found, last]
}

/** What the lines below the first start with, where that may be a name. */
function lineNames(text: string): string[] {
  return Array.from(text.matchAll(/\n[ \t\r]*([A-Za-z]\w*)(?=[ \t\r\n;])/g), ([, name = '']) => name)
}

/** Whether nginx takes a directive with these arguments, and no block. */
export function takes(states: readonly DirectiveState[], name: string, values: readonly string[]): boolean {
  return states.some(
    ({ entry, args }) => !entry.block && inRange(values.length, args) && !refusedValue(entry, values, name),
  )
}

/** The numbers of the words that start a line, but for the name, in order. */
export function lineStartsIn({ words, text }: Wording): ReadonlySet<number> {
  const isStart = (index: number) => text.slice(words[index - 1]?.end, words[index]?.start).includes('\n')
  return new Set([...words.keys()].filter((index) => index > 0 && isStart(index)))
}
