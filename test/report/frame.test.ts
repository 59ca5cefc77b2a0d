/** Pictures of places that are hard to draw. */
import { describe, expect, test } from '@jest/globals'
import { memoryFiles } from '../../src/config/index.ts'
import { lintRoots } from '../../src/lint/lint-roots.ts'
import { frameLines } from '../../src/report/frame.ts'
import { styleFor } from '../../src/report/style.ts'
import { widthOf } from '../../src/report/width.ts'
import { encodeFromDisplay } from '../../src/syntax/index.ts'

/** Draws what stands between guillemets. */
function draw(marked: string, width = 60, around = 0): string[] {
  const bytes = encodeFromDisplay(marked)
  const [open, close] = [encodeFromDisplay('«'), encodeFromDisplay('»')]
  const start = bytes.indexOf(open)
  const end = bytes.indexOf(close) - open.length
  const text = bytes.replace(open, '').replace(close, '')
  const { files } = lintRoots(['/n.conf'], memoryFiles({ '/n.conf': text }), [])
  const style = styleFor(false)
  return frameLines(
    { file: files[0]!, span: { start, end } },
    { above: around, below: around, width, style, paint: (line) => line },
  )
}

const long = (count: number) => 'location /x {} '.repeat(count)

describe('frames', () => {
  test.each<[string, string, string[]]>([
    ['one word', 'a «b» c;', ['> 1 | a b c;', '    |   ^']],
    ['a tab is one column', '\ta\t«b»;', ['> 1 |  a b;', '    |    ^']],
    ['nothing at all: the place', 'listen 80«»\n', ['> 1 | listen 80', '    |          ^']],
    ['the end of an empty file', '«»', ['> 1 |', '    | ^']],
    ['CRLF is not shown', 'a «b»;\r\n', ['> 1 | a b;', '    |   ^']],
    ['wide characters', '聊天 «聊天» x;', ['> 1 | 聊天 聊天 x;', '    |      ^^^^']],
    ['emoji', '😀 «😀» x;', ['> 1 | 😀 😀 x;', '    |    ^^']],
    ['accents of their own', 'e\u0301e\u0301 «e\u0301» x;', ['> 1 | e\u0301e\u0301 e\u0301 x;', '    |    ^']],
    ['mathematical letters, two units and one column', '𝒜𝒜 «𝒜» x;', ['> 1 | 𝒜𝒜 𝒜 x;', '    |    ^']],
    ['escapes', '\x1b[31m «\u202e» x;', ['> 1 | \\x1b[31m \\u202e x;', '    |          ^^^^^^']],
    ['private use', '\ue000 «b»;', ['> 1 | \\ue000 b;', '    |        ^']],
  ])('%s', (_, marked, lines) => expect(draw(marked)).toEqual(lines))

  test('several lines', () => {
    expect(draw('x;\nset $a\n   «"one\ntwo" y»;\nz;\n', 60, 1)).toEqual([
      '  2 | set $a',
      '> 3 |    "one',
      '    |    ^^^^',
      '> 4 | two" y;',
      '    | ^^^^^^',
      '  5 | z;',
    ])
  })

  test('of many lines, the first three are marked', () => {
    expect(draw('«a\nb\nc\nd\ne»;\n').filter((line) => line.startsWith('>'))).toEqual(['> 1 | a', '> 2 | b', '> 3 | c'])
  })

  test.each<[string, string]>([
    ['in the middle', `${long(500)}«location /ws» {} ${long(500)}`],
    ['at the start', `«location /ws» {} ${long(500)}`],
    ['at the end', `${long(500)}«location /ws»`],
    ['longer than the line', `${long(500)}«location /ws ${long(500)}»`],
    ['wide', `${'聊天 '.repeat(500)}«location /ws» ${'聊天 '.repeat(500)}`],
  ])('a line of thousands, marked %s', (_, marked) => {
    const [line, mark, ...more] = draw(marked) as [string, string]
    expect(more).toEqual([])
    expect(widthOf(line)).toBeLessThanOrEqual(60)
    expect(widthOf(mark)).toBeLessThanOrEqual(60)
    const columns = [...line].flatMap((char) => (widthOf(char) === 2 ? [char, ''] : [char]))
    const shown = columns.filter((__, index) => mark[index] === '^').join('')
    expect(shown.startsWith('location /ws')).toBe(true)
  })
})
