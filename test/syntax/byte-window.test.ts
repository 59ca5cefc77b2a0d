/** The parser sees 64 KB of a large text at a time: where they end must not matter. */
import { describe, expect, test } from '@jest/globals'
import { ByteWindow } from '../../src/syntax/byte-window.ts'
import { parse, SourceFile, walkStatements } from '../../src/syntax/index.ts'

const SIZE = 1 << 16

function linesRead(text: string): string[] {
  const tree = parse(new SourceFile('x', text))
  expect(tree.problems).toEqual([])
  const statements = [...walkStatements(tree.statements)]
  expect(statements.find(({ wording, start }) => !text.startsWith(wording.text, start))).toBeUndefined()
  return statements.map(({ wording }) => wording.text)
}

describe('statements are read wherever a window ends', () => {
  test.each([
    ['plain ones', (number: number) => `listen ${number};`],
    ['all alike', () => 'listen 80;'],
    ['blocks', (number: number) => `location /${number} {`],
    ['quoted words', (number: number) => `add_header A "b ${number}";`],
    ['words with braces', (number: number) => `set $a \${b}${number};`],
    ['of two lines', (number: number) => `server_name a\n    b${number};`],
    [
      'of the longest that nginx reads',
      (number: number) => `server_name ${`${'a'.repeat(4000)} `.repeat(3)}b${number};`,
    ],
    ['of more than a window', (number: number) => `server_name ${'a.test '.repeat(SIZE / 6)}b${number};`],
  ])('%s', (_, line) => {
    for (const shift of [0, 1, 2, 3, 5, 8]) {
      const lines = [' '.repeat(shift)]
      for (let length = 0; length < 1.5 * SIZE; length += (lines.at(-1) as string).length)
        lines.push(line(lines.length))
      const text = lines.join('\n')
      const ends = '}'.repeat(text.split('{').length - text.split('${').length)
      expect(linesRead(text + ends)).toEqual(lines.slice(1))
    }
  })

  test('behind blanks and comments of more than a window', () => {
    const between = [' '.repeat(2 * SIZE), `#${'x'.repeat(4000)}\n`.repeat(40), '\n'.repeat(SIZE - 3)]
    const text = between.map((gap, number) => `${gap}listen ${number};`).join('')
    expect(linesRead(text)).toEqual(['listen 0;', 'listen 1;', 'listen 2;'])
  })
})

test('a window has the bytes that are asked for, and a zero behind them', () => {
  const text = `${'x'.repeat(SIZE)}\xff${'y'.repeat(SIZE)}`
  const window = new ByteWindow(text)
  const seen = (): string =>
    Buffer.from(window.bytes)
      .subarray(0, window.end - window.start)
      .toString('latin1')
  expect([window.start, window.end, seen()]).toEqual([0, SIZE, text.slice(0, SIZE)])
  window.moveTo(10)
  expect([window.start, window.end, seen()]).toEqual([10, SIZE + 10, text.slice(10, SIZE + 10)])
  expect(window.textOf(SIZE - 10, SIZE - 9)).toBe('\xff')
  window.cover(5, text.length)
  expect([window.start, window.end, seen()]).toEqual([5, text.length, text.slice(5)])
  expect(window.bytes[window.end - window.start]).toBe(0)
})
