import { describe, expect, test } from '@jest/globals'
import { bytesOfText, decodeForDisplay, encodeFromDisplay, SourceFile, textOfBytes } from '../../src/syntax/index.ts'

const file = (text: string) => new SourceFile('x', encodeFromDisplay(text))

describe('SourceFile', () => {
  // The place is where "|" stands.
  test.each([
    ['|', 1, 1],
    ['|a', 1, 1],
    ['a|', 1, 2],
    ['a|\nb', 1, 2],
    ['a\n|b', 2, 1],
    ['a\n|', 2, 1],
    ['\n\n|', 3, 1],
    ['a\r|\nb', 1, 3],
    ['a\r\n|b', 2, 1],
    ['a\rb|', 1, 4], // nginx takes no lone CR for a line end either
    ['ä|', 1, 2],
    ['a\n€ 😀|x', 2, 4],
    ['\u{feff}|a', 1, 1],
    ['\u{feff}a|', 1, 2],
    ['a\n\u{feff}|', 2, 2],
  ])('%j is at %i:%i', (drawn, line, column) => {
    const [before, after] = drawn.split('|') as [string, string]
    expect(file(before + after).positionAt(encodeFromDisplay(before).length)).toEqual({ line, column })
  })

  test('a column counts each invalid byte', () => {
    expect(new SourceFile('x', '\xff\xfe\x80a').positionAt(3)).toEqual({ line: 1, column: 4 })
  })

  test.each([
    ['', ['']],
    ['a', ['a']],
    ['a\n', ['a', '']],
    ['a\r\nb\n\nc', ['a', 'b', '', 'c']],
    ['\r\n\n', ['', '', '']],
    ['a\rb\r', ['a\rb\r']],
  ])('the lines of %j', (text, expected) => {
    const source = file(text)
    const numbers = Array.from({ length: source.lineCount }, (_, index) => index + 1)
    expect(numbers.map((line) => text.slice(source.lineStart(line), source.lineEnd(line)))).toEqual(expected)
  })

  test('a file of many short lines, and a long one', () => {
    const source = file(`${'\n'.repeat(100)}${'a'.repeat(1000)}\nb`)
    expect([source.lineCount, source.lineStart(100), source.lineStart(101), source.lineStart(102)]).toEqual([
      102, 99, 100, 1101,
    ])
  })

  test.each([0, 1, 30, 510, 511, 512, 513, 2000])(
    'lines of %d bytes, an empty one, and long ones between them',
    (length) => {
      const lines = Array.from({ length: 300 }, (_, index) => 'a'.repeat([length, length, 0, 700][index % 4] as number))
      const source = file(lines.join('\n'))
      const starts = lines.map((_, index) => lines.slice(0, index).join('\n').length + Math.sign(index))
      const numbers = lines.map((_, index) => index + 1)
      expect(source.lineCount).toBe(300)
      expect(numbers.map((line) => source.lineStart(line))).toEqual(starts)
      expect(numbers.map((line) => source.lineEnd(line))).toEqual(starts.map((start, at) => start + lines[at]!.length))
      expect(starts.map((start) => source.lineAt(start))).toEqual(numbers)
      expect(numbers.map((line) => source.lineAt(source.lineEnd(line)))).toEqual(numbers)
    },
  )

  test('lineAt and lineStart fit together', () => {
    const source = file('ab\n\nc\n')
    const lines = Array.from({ length: source.text.length + 1 }, (_, offset) => source.lineAt(offset))
    expect(lines).toEqual([1, 1, 1, 2, 3, 3, 4])
    expect([1, 2, 3, 4, 5].map((line) => source.lineStart(line))).toEqual([0, 3, 4, 6, 6])
  })

  test.each([
    ['', '\n'],
    ['a', '\n'],
    ['a\nb\r\n', '\n'],
    ['a\r\nb\n', '\r\n'],
    ['\r\n', '\r\n'],
    ['\n', '\n'],
    ['\r', '\n'],
  ])('the line break of %j', (text, lineBreak) => {
    expect(file(text).lineBreak).toBe(lineBreak)
  })
})

describe('bytes and text', () => {
  const everyByte = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256)

  test('any bytes survive', () => {
    const text = textOfBytes(everyByte)
    expect(text).toHaveLength(everyByte.length)
    expect(bytesOfText(text)).toEqual(everyByte)
  })

  test.each(['', 'abc', 'ä€😀', '\u{feff}a'])('%j is shown as it is', (text) => {
    expect(decodeForDisplay(encodeFromDisplay(text))).toBe(text)
  })

  test('invalid bytes are shown as U+FFFD', () => {
    expect(decodeForDisplay('a\xffb')).toBe('a\u{fffd}b')
  })
})

describe('long lines', () => {
  const column = (text: string, offset: number) => new SourceFile('x', text).positionAt(offset).column
  const short = (text: string, offset: number) => {
    let count = 0
    for (const _ of decodeForDisplay(text.slice(0, offset))) count++
    return count + 1
  }

  test.each([
    ['ASCII', 'x'],
    ['two bytes', '\xc3\xa9'],
    ['three bytes', 'a\xe2\x82\xac'],
    ['four bytes', '\xf0\x9f\x98\x80'],
    ['continuation bytes only', '\x80'],
    ['a broken character', '\xf0\x9f\x98a\xe2\x82'],
  ])('columns of %s', (_, piece) => {
    const text = piece.repeat(Math.ceil(20_000 / piece.length))
    const source = new SourceFile('x', text)
    // In any order, around where the steps end.
    for (let offset = 0; offset < text.length; offset += piece.length * 7)
      for (const at of [offset, text.length - offset])
        if (at % piece.length === 0) expect([at, source.positionAt(at).column]).toEqual([at, short(text, at)])
  })

  test('a byte order mark takes no column in one either', () => {
    expect(column(`\xef\xbb\xbf${'x'.repeat(9000)}`, 8003)).toBe(8001)
  })
})
