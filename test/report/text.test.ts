import { describe, expect, test } from '@jest/globals'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { displayPath } from '../../src/report/paths.ts'
import { sanitize, showBytes } from '../../src/report/sanitize.ts'
import { styleFor } from '../../src/report/style.ts'
import { summaryLine } from '../../src/report/summary.ts'
import { wrap } from '../../src/report/width.ts'

describe('sanitize', () => {
  test.each([
    ['plain café 聊天 😀', 'plain café 聊天 😀'],
    ['\x1b]0;title\x07', '\\x1b]0;title\\x07'],
    ['a\tb', 'a b'],
    ['a\r\nb', 'a\\x0d\\x0ab'],
    ['\x9b31m', '\\x9b31m'],
    ['\u202eevil\u2066', '\\u202eevil\\u2066'],
    ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
  ])('%j', (text, shown) => expect(sanitize(text)).toBe(shown))

  test('bytes are shown as UTF-8, what is none as the replacement character', () => {
    expect(showBytes('caf\xc3\xa9 \xff')).toBe('café \ufffd')
    expect(showBytes('\xe2\x80\xae')).toBe('\\u202e')
  })
})

test.each([
  ['/etc/nginx/nginx.conf', '/etc/nginx', 'nginx.conf'],
  ['/etc/nginx/a/b', '/etc/nginx/', 'a/b'],
  ['/etc/nginx-old/a', '/etc/nginx', '/etc/nginx-old/a'],
  ['/a', '/', 'a'],
])('%s from %s is %s', (path, cwd, shown) => expect(displayPath(path, cwd)).toBe(shown))

test('wrap breaks at spaces, by columns', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrap('聊天 聊天', 7)).toEqual(['聊天', '聊天'])
  expect(wrap('averyveryverylongword x', 5)).toEqual(['averyveryverylongword', 'x'])
})

describe('summaryLine', () => {
  type Kind = [severity: 'error' | 'warn' | 'info', fix: 'safe' | 'unsafe' | undefined]
  const line = (kinds: Kind[], fixed: number, isFixing: boolean, isUnsafe: boolean) =>
    summaryLine({
      problems: kinds.map(([severity, safety]) => ({ severity, fix: safety && { safety, edits: [] } })) as never,
      fixed: Array.from({ length: fixed }) as never,
      files: Array.from({ length: 3 }) as never,
      isFixing,
      isUnsafe,
    })
  test.each<[string, Kind[], number, boolean, boolean]>([
    ['no problems in 3 files', [], 0, false, false],
    [
      '1 error, 2 warnings, 1 info in 3 files',
      [
        ['error', undefined],
        ['warn', undefined],
        ['warn', undefined],
        ['info', undefined],
      ],
      0,
      false,
      false,
    ],
    ['1 error in 3 files; 1 can be fixed with --fix', [['error', 'safe']], 0, false, false],
    ['1 warning in 3 files; 1 can be fixed with --fix --unsafe-fixes', [['warn', 'unsafe']], 0, false, false],
    [
      '1 error, 1 warning in 3 files; 1 can be fixed with --fix; 1 more with --unsafe-fixes',
      [
        ['error', 'safe'],
        ['warn', 'unsafe'],
      ],
      0,
      false,
      false,
    ],
    [
      '1 error, 1 warning in 3 files; 2 can be fixed with --fix --unsafe-fixes',
      [
        ['error', 'safe'],
        ['warn', 'unsafe'],
      ],
      0,
      false,
      true,
    ],
    ['2 problems fixed, nothing left in 3 files', [], 2, true, false],
    ['1 problem fixed, 1 error left in 3 files', [['error', undefined]], 1, true, false],
    [
      '1 problem fixed, 1 warning left in 3 files; 1 can be fixed with --fix --unsafe-fixes',
      [['warn', 'unsafe']],
      1,
      true,
      false,
    ],
  ])('%s', (text, kinds, fixed, isFixing, isUnsafe) => expect(line(kinds, fixed, isFixing, isUnsafe)).toBe(text))
})

test('a page for a terminal', () => {
  const page =
    '# a/b\n\nSome `code` in [a link](https://x.y) that\nwraps.\n\n```nginx bad\na {\n}\n```\n\n- one\n  more\n- two\n\n| a | b |\n|---|---|\n'
  expect(renderMarkdown(page, 30, styleFor(false))).toBe(
    'a/b\n\nSome `code` in a link\n(https://x.y) that wraps.\n\nBad:\n\n    a {\n    }\n\n- one more\n- two\n\n| a | b |\n|---|---|\n',
  )
  expect(renderMarkdown('# T\n\n`x`\n', 30, styleFor(true))).toBe('\x1b[1mT\x1b[22m\n\n\x1b[36m`x`\x1b[39m\n')
})
