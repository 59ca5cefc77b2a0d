import { type Directive, inventoryOf } from '../../src/config/index.ts'
import { placedByName } from '../../src/lint/placed.ts'
import { isPlaceholder } from '../../src/lint/placeholder.ts'
import type { Place } from '../../src/lint/problem.ts'
import { defineRule, type Finding } from '../../src/lint/rule.ts'
import { type RegexArgument, regexFinder, regexOfKey } from '../../src/nginx/regex-arguments.ts'
import { type RegexFault, regexFault } from '../../src/nginx/regex-fault.ts'

export default defineRule({
  summary: 'A regular expression that PCRE refuses',
  severity: 'error',
  fix: null,
  see: 'https://nginx.org/en/docs/http/server_names.html#regex_names',

  whole(subject, report) {
    for (const { name, group } of placedByName(subject)) {
      const find = regexFinder(name)
      if (!find) continue
      for (const [directive, broken] of group.judged(({ values }) => firstBroken(find(values))))
        if (!directive.file.template) report(finding(directive, broken))
    }
    for (const row of inventoryOf(subject.model.configuration).rows) {
      const regex = row.name.startsWith('~') ? regexOfKey(row.name) : undefined
      if (!regex || row.parent?.name !== 'map' || row.file.template || row.file.tree.problems.length > 0) continue
      const broken = firstBroken([{ ...regex, index: KEY }])
      if (broken) report(finding(row, broken))
    }
  },
})

/** The index of a row's name, if its arguments begin at 0. */
const KEY = -1

interface Broken {
  readonly argument: RegexArgument
  readonly fault: RegexFault
}

function firstBroken(regexes: readonly RegexArgument[]): Broken | undefined {
  for (const argument of regexes) {
    const fault = isPlaceholder(argument.pattern) ? undefined : regexFault(argument.pattern)
    if (fault) return { argument, fault }
  }
  return undefined
}

function finding(directive: Directive, { argument, fault }: Broken): Finding {
  const char = argument.pattern[fault.at] ?? ''
  return { at: placeOf(directive, argument, fault.at), message: `nginx does not start: ${saying(fault.kind, char)}` }
}

function saying(kind: RegexFault['kind'], char: string): string {
  const literally = `write "\\${char}" for the character`
  switch (kind) {
    case 'unclosed group':
      return `this "(" of the regex is not closed; add ")", or ${literally}`
    case 'unclosed class':
      return `this "[" of the regex is not closed; add "]", or ${literally}`
    case 'unopened group':
      return `this ")" of the regex closes nothing; take it away, or ${literally}`
    case 'nothing to repeat':
      return `this "${char}" of the regex has nothing before it to repeat; ${char === '*' ? 'write ".*" for any text' : literally}`
    case 'ends in a backslash':
      return 'the regex ends in a backslash, with nothing behind it; take it away'
  }
}

/** The char; the whole word where it is not written as nginx reads it. */
function placeOf(directive: Directive, { index, start }: RegexArgument, at: number): Directive | Place {
  const word = directive.statement.words[index + 1]
  if (!word) return directive
  const from = word.start + word.quote.length + start + at
  const isPlain = word.raw.slice(word.quote.length, word.raw.length - word.quote.length) === word.value
  return { file: directive.file, span: isPlain ? { start: from, end: from + 1 } : { start: word.start, end: word.end } }
}
