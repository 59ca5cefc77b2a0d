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
