import type { ConfigurationFile } from '../../src/config/index.ts'
import { memoize } from '../../src/config/memoize.ts'
import type { WebSocketLocation } from '../../src/effective/index.ts'
import { curlyAddress } from '../../src/lint/curly-address.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { CURLY_QUOTE as QUOTE, CURLY_QUOTE_LENGTH as QUOTE_LENGTH } from '../../src/nginx/curly-quotes.ts'
import { nginxGrammar } from '../../src/nginx/grammar.ts'
import {
  decodeForDisplay,
  type SourceFile,
  type Span,
  type Statement,
  type Word,
  walkStatements,
} from '../../src/syntax/index.ts'

const PREFIX = '\xe2\x80'
const IN_FILE = new RegExp(String.raw`(?<![^\s;{}])${QUOTE}`)
const OPENS = new RegExp(`^${QUOTE}`)
const CLOSES = new RegExp(`${QUOTE}$`)

export default defineRule({
  summary: 'Typographic quotes, which are no quotes to nginx, stand around a value',
  severity: 'warn',
  fix: 'unsafe',
  see: 'https://nginx.org/en/docs/beginners_guide.html#conf_structure',

  eachFile(file, report, { webSockets }) {
    const { text } = file.source
    // Of large files few have any: bytes are found faster than a pattern.
    if (!text.includes(PREFIX) || !IN_FILE.test(text)) return
    const told = toldElsewhere(webSockets).get(file.source)
    for (const statement of walkStatements(file.tree.statements)) {
      if (told?.has(statement.start) || curlyAddress(statement.name, statement.values.slice(1)) !== undefined) continue
      const found = [...quoted(statement)]
      const isMendable = isTakenWith(found, statement)
      for (const { start, end } of found) {
        const curly = text.slice(start, end)
        const straight = `"${curly.slice(QUOTE_LENGTH, -QUOTE_LENGTH)}"`
        report({
          at: { file, span: { start, end } },
          message: `the quotes of ${decodeForDisplay(curly)} are no quotes to nginx, but a part of the value: write ${decodeForDisplay(straight)}`,
          // A quote or a backslash within would have to be escaped, and nobody knows whether it was.
          ...(isMendable && !/["\\]/.test(straight.slice(1, -1)) && { edits: editsOf(file, start, end) }),
        })
      }
    }
  },
})

/** Rows that spoil a handshake, by their files and the places where they start: the rules for WebSockets name the quotes, and mend them. */
const toldElsewhere = memoize((webSockets: readonly WebSocketLocation[]) => {
  const starts = new Map<SourceFile, Set<number>>()
  for (const { evidence, handshake } of webSockets) {
    if (!evidence.isCertain) continue
    const { upgrade, connection, version } = handshake
    const rows = [upgrade, connection].flatMap(({ state, rows }) =>
      state === 'wrong' || state === 'misspelt' ? rows : [],
    )
    if (version.state === 'wrong' && version.directive) rows.push(version.directive)
    for (const { file, statement } of rows) {
      const known = starts.get(file.source)
      if (known) known.add(statement.start)
      else starts.set(file.source, new Set([statement.start]))
    }
  }
  return starts
})

/** What stands between two such quotes. */
interface Quoted extends Span {
  /** How many words it is to nginx. */
  readonly words: number
}

function* quoted({ words }: Statement): Generator<Quoted> {
  for (let first = 0; first < words.length; first++) {
    if (!OPENS.test(words[first]?.raw ?? '')) continue
    const last = words.findIndex((word, index) => index >= first && closes(word, index === first))
    if (last === -1) continue
    yield { start: (words[first] as Word).start, end: (words[last] as Word).end, words: last - first + 1 }
    first = last
  }
}

/** Whether nginx may take the directive when each of these is one word. */
function isTakenWith(found: readonly Quoted[], { name, wordCount, closingBrace }: Statement): boolean {
  const joined = found.reduce((count, { words }) => count + words - 1, 0)
  return (
    joined === 0 || (nginxGrammar.entry(name)?.accepts(wordCount - 1 - joined, closingBrace === -1 ? ';' : '{') ?? true)
  )
}

/** A word of one quote alone opens, and closes nothing. */
function closes({ raw }: Word, isFirst: boolean): boolean {
  return CLOSES.test(raw) && !(isFirst && raw.length < 2 * QUOTE_LENGTH)
}

function editsOf(file: ConfigurationFile, start: number, end: number) {
  return [start, end - QUOTE_LENGTH].map((at) => ({ file, edit: { start: at, end: at + QUOTE_LENGTH, text: '"' } }))
}
