import { describe, expect, test } from '@jest/globals'
import { applyEdits, conflict, type Edit } from '../../src/syntax/index.ts'

const edit = (start: number, end: number, text = ''): Edit => ({ start, end, text })

describe('applyEdits', () => {
  test.each<[string, string, Edit[], string]>([
    ['nothing', 'abc', [], 'abc'],
    ['an insertion', 'abc', [edit(1, 1, 'x')], 'axbc'],
    ['at both ends', 'abc', [edit(3, 3, 'y'), edit(0, 0, 'x')], 'xabcy'],
    ['a deletion', 'abc', [edit(0, 2)], 'c'],
    ['neighbours', 'abcd', [edit(2, 4, 'y'), edit(0, 2, 'x')], 'xy'],
    ['an insertion before a replaced span', 'abc', [edit(1, 2, 'y'), edit(1, 1, 'x')], 'axyc'],
    ['an insertion behind a replaced span', 'abc', [edit(2, 2, 'x'), edit(1, 2, 'y')], 'ayxc'],
    ['an edit made twice', 'abc', [edit(1, 1, 'x'), edit(0, 1, 'z'), edit(1, 1, 'x')], 'zxbc'],
    ['the empty text', '', [edit(0, 0, 'x')], 'x'],
  ])('%s', (_, text, edits, expected) => {
    expect(applyEdits(text, edits)).toBe(expected)
    expect(applyEdits(text, [...edits].reverse())).toBe(expected)
  })

  test('refuses what overlaps', () => {
    expect(() => applyEdits('abc', [edit(0, 2, 'x'), edit(1, 3, 'y')])).toThrow(/overlaps/)
  })
})

describe('conflict', () => {
  test.each<[string, Edit, Edit, boolean]>([
    ['equal edits', edit(1, 2, 'x'), edit(1, 2, 'x'), false],
    ['equal insertions', edit(1, 1, 'x'), edit(1, 1, 'x'), false],
    ['different insertions at one place', edit(1, 1, 'x'), edit(1, 1, 'y'), true],
    ['insertions at two places', edit(1, 1, 'x'), edit(2, 2, 'x'), false],
    ['different text for one span', edit(1, 2, 'x'), edit(1, 2, 'y'), true],
    ['spans that overlap', edit(1, 3), edit(2, 4), true],
    ['a span inside the other', edit(1, 4), edit(2, 3), true],
    ['a span that starts with the other', edit(1, 4), edit(1, 3), true],
    ['neighbours', edit(1, 3), edit(3, 4), false],
    ['an insertion at the start of a span', edit(1, 1, 'x'), edit(1, 3), false],
    ['an insertion at the end of a span', edit(3, 3, 'x'), edit(1, 3), false],
    ['an insertion in a span', edit(2, 2, 'x'), edit(1, 3), true],
  ])('%s: %#', (_, one, other, expected) => {
    expect(conflict(one, other)).toBe(expected)
    expect(conflict(other, one)).toBe(expected)
  })
})
