// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how nginx writes variables
import { describe, expect, test } from '@jest/globals'
import { writeWord } from '../../src/syntax/index.ts'
import { treeOf } from './trees.ts'

const wordOf = (raw: string) => treeOf(`a ${raw};`).statements[0]?.arguments[0]

describe('reading a word', () => {
  test.each([
    ['b', 'b', ''],
    ['"b"', 'b', '"'],
    ["'b'", 'b', "'"],
    ['""', '', '"'],
    ["''", '', "'"],
    ['"b c"', 'b c', '"'],
    ['"b\nc"', 'b\nc', '"'],
    ['"\'"', "'", '"'],
    ['"\\""', '"', '"'],
    ['"\\\'"', "'", '"'],
    ["'\\''", "'", "'"],
    ['\\"b', '"b', ''],
    ["b\\'", "b'", ''],
    ['b\\\\c', 'b\\c', ''],
    ['\\\\\\\\', '\\\\', ''],
    ['\\\\n', '\\n', ''],
    ['\\t\\r\\n', '\t\r\n', ''],
    ['"\\n"', '\n', '"'],
    ['^\\.b\\d+$', '^\\.b\\d+$', ''],
    ['b\\ c', 'b\\ c', ''],
    ['b\\;c\\{', 'b\\;c\\{', ''],
    ['${b}', '${b}', ''],
    ['\\x\\u', '\\x\\u', ''],
    ['b"c', 'b"c', ''],
  ])('%j is %j', (raw, value, quote) => {
    expect(wordOf(raw)).toMatchObject({ raw, value, quote })
  })

  test.each([
    ['a "b', 'b'],
    ['a "', ''],
    ['a "b\\"', 'b"'],
    ['a \'b"', 'b"'],
  ])('an unclosed quote: %j', (text, value) => {
    expect(treeOf(text).statements[0]?.arguments[0]).toMatchObject({ raw: text.slice(2), value })
  })
})

describe('writing a word', () => {
  test.each([
    ['b', 'b'],
    ['$b', '$b'],
    ['/b/*.c', '/b/*.c'],
    ['', '""'],
    ['b c', '"b c"'],
    ['b\tc\n', '"b\tc\n"'],
    ['b;', '"b;"'],
    ['{', '"{"'],
    ['}', '"}"'],
    ['#b', '"#b"'],
    ['b"c', '"b\\"c"'],
    ["it's", '"it\'s"'],
    ['b\\.c', '"b\\\\.c"'],
    ['\\n', '"\\\\n"'],
  ])('%j as %j, and reads it back', (value, written) => {
    expect(writeWord(value)).toBe(written)
    expect(treeOf(`a ${written};`).statements[0]?.arguments.map((word) => word.value)).toEqual([value])
  })

  test('half of a UTF-8 character is no blank', () => {
    expect(writeWord('b\xa0c')).toBe('b\xa0c')
  })
})
