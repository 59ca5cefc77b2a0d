import { describe, expect, test } from '@jest/globals'
import { escapeGlob, hasMagic, nameMatcher, unescapeGlob } from '../../src/config/fnmatch.ts'

/** What glob(3) of glibc 2.36 answers, in the C locale, which nginx never leaves. */
const matching: readonly [pattern: string, matches: readonly string[], not: readonly string[]][] = [
  ['*', ['a', 'a.conf', 'ü'], ['.hidden']],
  ['*.conf', ['a.conf', 'a.b.conf'], ['.conf', 'a.conf~', 'a.CONF', '.a.conf']],
  ['a*b*c', ['abc', 'a1b2c', 'abbcc'], ['acb', 'ab']],
  ['**', ['a', ''], ['.a']],
  ['?', ['a', '*'], ['', 'ab', '.']],
  ['a.?', ['a.b', 'a..'], ['a.', 'a.bc']],
  // Leading dots want a dot that is written out.
  ['.*', ['.hidden', '.'], ['a']],
  ['\\.*', ['.hidden'], ['a']],
  ['?hidden', ['xhidden'], ['.hidden']],
  ['[.]hidden', [], ['.hidden']],
  ['[!a]hidden', ['xhidden'], ['.hidden', 'ahidden']],
  // Brackets.
  ['[abc]', ['a', 'c'], ['d', 'ab']],
  ['[a-c]', ['a', 'b', 'c'], ['d', '-']],
  ['[a-c-e]', ['b', '-', 'e'], ['d']],
  ['[c-a]', [], ['a', 'b', 'c']],
  ['[a-]', ['a', '-'], ['b']],
  ['[-a]', ['a', '-'], ['b']],
  ['[A-c]', ['Z', '^', 'a'], ['d']],
  ['[!a]', ['b', '!'], ['a']],
  ['[^a]', ['b', '^'], ['a']],
  ['[!!]', ['a', '^'], ['!']],
  ['[]]', [']'], ['a']],
  ['[]-a]', [']', '^', 'a'], ['b', '-']],
  ['[!]]', ['a', '['], [']']],
  ['[[]', ['['], ['a']],
  ['a[*]', ['a*'], ['ab', 'a[*]']],
  ['[?]', ['?'], ['a']],
  ['[\\]]', [']'], ['\\']],
  ['[\\-a]', ['-', 'a'], ['\\']],
  ['[\\a-c]', ['b'], ['\\', 'd']],
  ['[[:digit:]]', ['1'], ['a', ':']],
  ['[![:digit:]]', ['a'], ['1']],
  ['[[:digit:]a-c]', ['1', 'b'], ['d']],
  ['[0-9][0-9]-*', ['10-a', '99-'], ['1-a']],
  ['[[:foo:]]', [], ['f', ':']],
  ['[[.-.]]', ['-'], ['.']],
  ['[[=a=]]', ['a'], ['=']],
  ['[[.hyphen.]]', [], ['-']],
  // A bracket that never ends is a byte like others.
  ['[', ['['], ['a']],
  ['a[b', ['a[b'], ['ab']],
  ['[a\\]', ['[a]'], ['a', '\\']],
  // A backslash takes literally.
  ['a\\*', ['a*'], ['ab', 'a\\*']],
  ['a\\b*', ['ab', 'abc'], ['a\\b']],
  ['a\\\\b*', ['a\\b'], ['ab']],
  ['a*\\', [], ['a', 'a\\']],
  // Bytes, not letters.
  ['??', ['ü', 'ab'], ['a', '€']],
  ['???', ['€'], ['ü']],
  ['[ü]', [], ['ü', 'u']],
  ['größe*', ['größe.conf'], ['grosse.conf']],
  // Not glob(3)'s, but the shell's.
  ['{a,b}', ['{a,b}'], ['a']],
  ['~', ['~'], ['a']],
]

describe('a segment of a pattern', () => {
  test.each(matching)('%s', (pattern, matches, not) => {
    const isMatch = nameMatcher(pattern)
    expect(matches.filter((name) => !isMatch(name))).toEqual([])
    expect(not.filter(isMatch)).toEqual([])
  })

  test.each([
    ['a.conf', false],
    ['*', true],
    ['a?', true],
    ['[a]', true],
    ['a\\*', false],
    ['a\\\\*', true],
    ['\\', false],
  ])('%s has magic: %s', (segment, expected) => {
    expect(hasMagic(segment)).toBe(expected)
  })

  test('an escaped path is a pattern without magic that stands for the path', () => {
    for (const path of ['/srv/[x]/a*?', 'a\\b', 'plain']) {
      expect(hasMagic(escapeGlob(path))).toBe(false)
      expect(unescapeGlob(escapeGlob(path))).toBe(path)
    }
  })

  test('many stars take no exponential time', () => {
    const isMatch = nameMatcher(`${'*a'.repeat(1000)}b`)
    expect(isMatch('a'.repeat(255))).toBe(false)
    expect(isMatch(`${'a'.repeat(1500)}b`)).toBe(true)
  })
})
