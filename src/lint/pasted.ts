import type { ConfigurationFile } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { isKnownDirective } from '../nginx/directives.ts'
import { nginxGrammar } from '../nginx/grammar.ts'
import {
  decodeForDisplay,
  type Edit,
  type Span,
  type Statement,
  type WordingTable,
  walkStatements,
} from '../syntax/index.ts'

/** What came along when a configuration was copied: bytes that are none of nginx's language. */
export interface Pasted {
  /** Where it begins. */
  readonly span: Span
  readonly message: string
  /** What takes it away, everywhere in the file. */
  readonly edits: readonly Edit[]
  /** Whether it makes garbage of the whole file, so that nothing else need be said of its tokens and blocks. */
  readonly spoilsAll: boolean
  /** Whether nginx may start with it all the same. */
  readonly mayStart: boolean
}

/** Each kind of it that a file has. */
export const pastedIn: (file: ConfigurationFile) => readonly Pasted[] = memoize((file: ConfigurationFile) => {
  if (file.template) return []
  const { text } = file.source
  const whole = otherEncoding(text) ?? marksOfLines(text)
  if (whole) return [whole]
  const prompts = shellLines(text)
  // All else is in words.
  const { wordings } = file.tree
  return !mayHaveSome(wordings, String(wordings.length))
    ? prompts
    : [prompts, fences(text), tags(file), entities(file), joinedLines(file), invisible(file)].flatMap(
        (found) => found ?? [],
      )
})

/** What one of all that is looked for begins with, or is. To look for these in what is written is quick, and mostly the end. */
const SIGNS = ['```', '~~~', '<', '&', '\\\n', '\\\r\n', '\xc2', '\xe2', '\xe3', '\xef'] as const

const mayHaveSome = memoize((wordings: WordingTable) => SIGNS.some((bytes) => wordings.includes(bytes)))

const UTF_16 = /^(?:\xff\xfe|\xfe\xff|[\t\n\r -~]\0[\t\n\r -~]\0|\0[\t\n\r -~]\0[\t\n\r -~])/

function otherEncoding(text: string): Pasted | undefined {
  if (!UTF_16.test(text)) return undefined
  const message =
    'this file is in UTF-16, of which nginx understands nothing: save it as UTF-8, without a byte order mark'
  return { span: { start: 0, end: 2 }, message, edits: [], spoilsAll: true, mayStart: false }
}

/** Fewer lines than that may begin alike by chance. */
const FEWEST_LINES = 3
const NUMBER = /^[ \t]*(\d+)(?:[:.|)\t ]|(?=\r?$))/
const MARK = /^[ \t]*([>+|])[ \t]?/

/** Numbers of lines, or the marks of a mail, a patch or a table, at the start of all lines. */
function marksOfLines(text: string): Pasted | undefined {
  const first = /^[ \t\r\n]*([\d>+|])/.exec(text)?.[1]
  if (first === undefined) return undefined
  const isNumber = /\d/.test(first)
  const prefixes: Span[] = []
  let start = 0
  let offset: number | undefined
  let isNginx = false
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() !== '') {
      const [prefix, mark] = (isNumber ? NUMBER : MARK).exec(line) ?? []
      const shift = isNumber ? Number(mark) - index : 0
      if (prefix === undefined || (isNumber ? shift !== (offset ?? shift) : mark !== first)) return undefined
      offset = shift
      isNginx ||= isKnownDirective(/^[ \t]*(\w+)/.exec(line.slice(prefix.length))?.[1] ?? '')
      prefixes.push({ start, end: start + prefix.length })
    }
    start += line.length + 1
  }
  const [span] = prefixes
  if (!span || !isNginx || prefixes.length < FEWEST_LINES) return undefined
  const [what, those] = isNumber ? ['its number', 'the numbers'] : [`"${first}"`, 'them']
  const message = `each line begins with ${what}, which was copied along: take ${those} away`
  return { span, message, edits: prefixes.map((one) => ({ ...one, text: '' })), spoilsAll: true, mayStart: false }
}

/** `$ cat x`, `root@host:~# cat x`, `[root@host nginx]# `, or the name of the file. No directive of nginx begins like that. */
const SHELL_LINE =
  /^(?:\[?[\w.-]+@[\w.-]+[:\s][^\s\];{]*\]?\s?[#$](?: .*)?|\$ +\S.*|(?:\/[\w.-]+)+\.conf:?|[\w.-]+\.conf:?)$/

/** What a terminal has above and below the text that was copied out of it. */
function shellLines(text: string): readonly Pasted[] {
  const edits: Edit[] = [...outerLines(text)].map(({ start, end }) => ({ start, end, text: '' }))
  const [first] = edits
  if (!first) return []
  const line = text.slice(first.start, first.end).trim()
  const start = first.start + text.slice(first.start, first.end).indexOf(line)
  const shown = `${decodeForDisplay(line.slice(0, LONGEST_SHOWN))}${line.length > LONGEST_SHOWN ? '…' : ''}`
  const message = `"${shown}" is of a terminal, and no directive: remove the line`
  return [{ span: { start, end: start + line.length }, message, edits, spoilsAll: false, mayStart: false }]
}

const LONGEST_SHOWN = 40

/** The first lines of a text, and the last ones, as long as they are of a terminal; with their line ends. */
function* outerLines(text: string): Generator<Span> {
  let top = 0
  for (let end = top; top < text.length; top = end) {
    end = text.indexOf('\n', top) + 1 || text.length
    const line = text.slice(top, end).trim()
    if (SHELL_LINE.test(line)) yield { start: top, end }
    else if (line !== '') break
  }
  for (let end = text.length, start = end; end > top; end = start) {
    start = text.lastIndexOf('\n', end - 2) + 1
    const line = text.slice(start, end).trim()
    if (SHELL_LINE.test(line)) yield { start, end }
    else if (line !== '') break
  }
}

/** Whether a place is in a line that is to be removed as a whole: nothing else need be said of it. */
export function isInPastedLine(file: ConfigurationFile, offset: number): boolean {
  return linesPasted(file).has(file.source.lineAt(offset))
}

const linesPasted = memoize((file: ConfigurationFile): ReadonlySet<number> => {
  const { text } = file.source
  const whole = pastedIn(file)
    .flatMap(({ edits }) => edits)
    .filter((edit) => edit.text === '' && (text[edit.end - 1] === '\n' || edit.end === text.length))
  return new Set(whole.map(({ start }) => file.source.lineAt(start)))
})

/** Lines that begin and end a block of code in Markdown. */
function fences(text: string): Pasted | undefined {
  if (!text.includes('```') && !text.includes('~~~')) return undefined
  const lines = [...text.matchAll(/^[ \t]*((?:`{3,}|~{3,})(?:[ \t]?[\w.-]+)?)[ \t\r]*(?:\n|$)/gm)]
  const [first] = lines
  if (!first?.[1]) return undefined
  const start = first.index + first[0].indexOf(first[1])
  const message = `"${first[1]}" is of Markdown, and no directive: remove the line`
  const edits = lines.map(({ 0: line, index }) => ({ start: index, end: index + line.length, text: '' }))
  return { span: { start, end: start + first[1].length }, message, edits, spoilsAll: false, mayStart: false }
}

const TAG = /<\/?(?:br|code|div|p|pre|span)\s*\/?>/gi

/** What web pages have around a text, and at the ends of its lines. Elsewhere than in a name it may be meant. */
function tags(file: ConfigurationFile): Pasted | undefined {
  const { text } = file.source
  if (text.search(TAG) === -1) return undefined
  const found = [...findInWords(file, TAG)].filter(({ isName }) => isName)
  const edits = found.map(({ span }) => ({ ...span, text: '' }))
  const [span] = edits
  if (!span) return undefined
  const tag = text.slice(span.start, span.end)
  const message = `"${tag}" is of HTML, and no directive: remove such tags`
  return { span, message, edits, spoilsAll: true, mayStart: false }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>', nbsp: ' ' }
const ENTITY = /&(?:(amp|quot|apos|lt|gt|nbsp)|#(\d{2,3})|#x([\da-f]{2}))$/i

/** Characters as HTML writes them: their `;` ends the directive. */
function entities(file: ConfigurationFile): Pasted | undefined {
  const { text } = file.source
  if (!/&[\w#]+;/.test(text)) return undefined
  const edits: Edit[] = []
  for (const { words } of walkStatements(file.tree.statements)) {
    const last = words.at(-1)
    const entity = last && !last.quote && text[last.end] === ';' ? ENTITY.exec(last.raw) : undefined
    if (!last || !entity) continue
    const [written, name = '', decimal, hexadecimal = ''] = entity
    const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16)
    const meant = ENTITIES[name.toLowerCase()] ?? String.fromCharCode(code)
    edits.push({ start: last.end - written.length, end: last.end + 1, text: meant })
  }
  const [first] = edits
  if (!first) return undefined
  const { start, end } = first
  const meant = first.text === ' ' ? 'a blank' : first.text
  const message = `"${text.slice(start, end)}" is how HTML writes ${meant}, and its ";" ends the directive: write ${meant}`
  return { span: { start, end }, message, edits, spoilsAll: false, mayStart: true }
}

/** A backslash at the end of a line, which in a shell joins it with the next one: here the line end becomes a letter. */
function joinedLines(file: ConfigurationFile): Pasted | undefined {
  const { text } = file.source
  if (!text.includes('\\\n') && !text.includes('\\\r\n')) return undefined
  const found = [...findInWords(file, /\\(?=\r?\n)/g)]
  const edits = found.map(({ span }) => ({ ...span, text: '' }))
  const [span] = edits
  if (!span) return undefined
  const message = 'a "\\" at the end of a line joins no lines in nginx, and is a word of its own: remove it'
  return { span, message, edits, spoilsAll: false, mayStart: !found.some(({ isName }) => isName) }
}

/** In UTF-8: no-break, wide and other blanks, and what takes no room at all (U+00AD, U+200B to U+200F, U+2060, U+FEFF). */
const INVISIBLE =
  /(\xc2\xa0|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]|\xe2\x81\x9f|\xe3\x80\x80)|\xc2\xad|\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa0-\xaf]|\xef\xbb\xbf/g

const BYTE_ORDER_MARK = 0xfeff

export function hasInvisible(word: string): boolean {
  return word.search(INVISIBLE) !== -1
}

/** What looks like a blank, or like nothing, outside of quotes and comments. */
function invisible(file: ConfigurationFile): Pasted | undefined {
  const { source } = file
  if (!hasInvisible(source.text)) return undefined
  const found = [...findInWords(file, INVISIBLE)]
  const edits = found.map(({ span, match: [, blank] }) => ({ ...span, text: blank ? ' ' : '' }))
  const [first] = edits
  if (!first) return undefined
  const { start, end } = first
  const lines = new Set(edits.map((edit) => source.lineAt(edit.start))).size
  const code = decodeForDisplay(source.text.slice(start, end)).codePointAt(0) ?? 0
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  const mayStart = !found.some(({ isName }) => isName)
  const [what, remedy] =
    first.text !== ''
      ? [`the blank here is ${name}`, 'type an ordinary one']
      : start === 0 && code === BYTE_ORDER_MARK
        ? [`a byte order mark (BOM, ${name}) stands here`, 'save the file as UTF-8 without it']
        : [`an invisible ${name} stands here`, 'remove it']
  const where = lines > 1 ? `, on ${lines} lines from here on` : ''
  const message = `${what}, which nginx takes for a part of the word${where}: ${remedy}`
  return { span: { start, end }, message, edits, spoilsAll: !mayStart, mayStart }
}

interface Found {
  readonly span: Span
  readonly match: RegExpMatchArray
  /** Whether it is in the name of a directive. */
  readonly isName: boolean
}

/** Where a pattern is found in words without quotes. */
function* findInWords({ tree }: ConfigurationFile, pattern: RegExp): Generator<Found> {
  for (const statement of walkStatements(tree.statements))
    for (const [index, { raw, start: from, quote }] of statement.words.entries()) {
      if (quote) continue
      for (const match of raw.matchAll(pattern)) {
        const start = from + match.index
        yield { span: { start, end: start + match[0].length }, match, isName: index === 0 && !isRow(statement) }
      }
    }
}

function isRow({ parent }: Statement): boolean {
  return parent !== undefined && nginxGrammar.entry(parent.name)?.content === 'rows'
}
