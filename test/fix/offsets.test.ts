import { describe, expect, test } from '@jest/globals'
import { OffsetHistory } from '../../src/fix/offsets.ts'
import { applyEdits, type Edit } from '../../src/syntax/index.ts'

/** Two passes: `abcdef` → `abXXef!` → `aYXef!`. */
const PASSES: readonly (readonly Edit[])[] = [
  [
    { start: 2, end: 4, text: 'XX' },
    { start: 6, end: 6, text: '!' },
  ],
  [{ start: 1, end: 3, text: 'Y' }],
]

function history(): { history: OffsetHistory; text: string } {
  const made = new OffsetHistory()
  let text = 'abcdef'
  for (const edits of PASSES) {
    text = applyEdits(text, edits)
    made.push(edits)
  }
  return { history: made, text }
}

describe('OffsetHistory', () => {
  test('untouched bytes are found again, both ways', () => {
    const { history: made, text } = history()
    expect(text).toBe('aYXef!')
    for (const char of 'aef') {
      expect(made.original(text.indexOf(char))).toBe('abcdef'.indexOf(char))
      expect(made.current('abcdef'.indexOf(char))).toBe(text.indexOf(char))
    }
  })

  test('new bytes come from the place where they were put', () => {
    const { history: made } = history()
    expect(made.original(1)).toBe(1)
    expect(made.original(5)).toBe(6)
    expect(made.originalSpan({ start: 1, end: 3 })).toEqual({ start: 1, end: 4 })
  })

  test('the untouched spans', () => {
    const { history: made, text } = history()
    const kept = made.kept(6)
    expect(kept.map(({ start, end }) => 'abcdef'.slice(start, end))).toEqual(['a', 'ef'])
    for (const { start, end } of kept) {
      const at = made.current(start)
      expect(text.slice(at, at + end - start)).toBe('abcdef'.slice(start, end))
    }
  })
})
