import type { ConfigurationFile } from '../../src/config/index.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { decodeForDisplay, type Statement, type Word, walkStatements } from '../../src/syntax/index.ts'

/** “ ” „ and ‘ ’ ‚ in UTF-8: quotes that word processors make of straight ones. */
const QUOTE = String.raw`\xe2\x80[\x98-\x9a\x9c-\x9e]`
const QUOTE_LENGTH = 3
const PREFIX = '\xe2\x80'
const IN_FILE = new RegExp(String.raw`(?<![^\s;{}])${QUOTE}`)
const OPENS = new RegExp(`^${QUOTE}`)
const CLOSES = new RegExp(`${QUOTE}$`)

export default defineRule({
  summary: 'Typographic quotes, which are no quotes to nginx, stand around a value',
  severity: 'warn',
  fix: 'unsafe',
  see: 'https://nginx.org/en/docs/beginners_guide.html#conf_structure',

  eachFile(file, report) {
    const { text } = file.source
    // Of large files few have any: bytes are found faster than a pattern.
    if (!text.includes(PREFIX) || !IN_FILE.test(text)) return
    for (const statement of walkStatements(file.tree.statements))
      for (const { start, end } of quoted(statement)) {
        const curly = text.slice(start, end)
        const straight = `"${curly.slice(QUOTE_LENGTH, -QUOTE_LENGTH)}"`
        report({
          at: { file, span: { start, end } },
          message: `the quotes of ${decodeForDisplay(curly)} are no quotes to nginx, but a part of the value: write ${decodeForDisplay(straight)}`,
          // A quote or a backslash within would have to be escaped, and nobody knows whether it was.
          ...(!/["\\]/.test(straight.slice(1, -1)) && { edits: editsOf(file, start, end) }),
        })
      }
  },
})

/** What stands between such quotes, which may be several words to nginx. */
function* quoted({ words }: Statement): Generator<{ readonly start: number; readonly end: number }> {
  for (let first = 0; first < words.length; first++) {
    if (!OPENS.test(words[first]?.raw ?? '')) continue
    const last = words.findIndex((word, index) => index >= first && closes(word, index === first))
    if (last === -1) continue
    yield { start: (words[first] as Word).start, end: (words[last] as Word).end }
    first = last
  }
}

/** A word of one quote alone opens, and closes nothing. */
function closes({ raw }: Word, isFirst: boolean): boolean {
  return CLOSES.test(raw) && !(isFirst && raw.length < 2 * QUOTE_LENGTH)
}

function editsOf(file: ConfigurationFile, start: number, end: number) {
  return [start, end - QUOTE_LENGTH].map((at) => ({ file, edit: { start: at, end: at + QUOTE_LENGTH, text: '"' } }))
}
