import { describe, expect, test } from '@jest/globals'
import { annotatedStatements, annotationsOf } from '../../src/config/index.ts'
import { headText } from '../../src/syntax/index.ts'
import { load } from './load-tree.ts'

describe('a comment that speaks to ngxlint', () => {
  test.each<[text: string, kind: string, ids: readonly string[], reason: string | undefined]>([
    ['# ngxlint-websocket', 'websocket', [], undefined],
    ['#ngxlint-not-websocket', 'not-websocket', [], undefined],
    ['# ngxlint-disable a/b', 'disable', ['a/b'], undefined],
    ['# ngxlint-disable a/b, c/d e/f', 'disable', ['a/b', 'c/d', 'e/f'], undefined],
    ['# ngxlint-disable a/b,c/d -- because', 'disable', ['a/b', 'c/d'], 'because'],
    ['# ngxlint-disable-file -- old -- and odd', 'disable-file', [], 'old -- and odd'],
    ['# ngxlint-disable a/b --', 'disable', ['a/b'], undefined],
    ['# ngxlint-disable a--b', 'disable', ['a--b'], undefined],
    ['# ngxlint disable-file a/b', ' disable-file', ['a/b'], undefined],
    ['# ngxlint-disable a/b  \r', 'disable', ['a/b'], undefined],
  ])('%j', (text, kind, ids, reason) => {
    const annotations = annotationsOf(load({ x: `gzip on;\n  ${text}\n` }).main)
    expect(annotations).toMatchObject([{ kind, arguments: ids, line: 2, start: 11, end: 11 + text.trimEnd().length }])
    expect(annotations[0]?.reason).toBe(reason)
  })

  test.each([
    '# ngxlint',
    '# see ngxlint-websocket',
    'root "# ngxlint-websocket";',
    '# ngxlint-',
    '# ngxlint: all is well',
    '# ngxlint disabled it',
    '# ngxlint websocket',
  ])('%s is none', (text) => {
    expect(annotationsOf(load({ x: `${text}\n` }).main)).toEqual([])
  })
})

/** `#!` is the comment; behind it, the statement it is about. */
const places: readonly [about: string, target: string | undefined, text: string][] = [
  ['above', 'location /a', 'server {\n #!\n location /a { } location /b { } }'],
  [
    'above, with other comments and blank lines between',
    'location /a',
    'server {\n #!\n # other\n\n location /a { } }',
  ],
  ['above, behind another statement', 'location /a', 'server {\n listen 80;\n #!\n location /a { } }'],
  ['behind the brace', 'location /a', 'server { location /a { #!\n return 404; } }'],
  ['behind the brace, before a location of its own', 'location /a', 'location /a { #!\n location /a/b { } }'],
  ['behind a block of one line', 'location /a', 'server {\n location /a { return 404; } #!\n location /b { } }'],
  ['behind the closing brace', 'location /a', 'server {\n location /a {\n return 404;\n } #!\n location /b { } }'],
  ['behind a directive', 'location /a', 'location /a {\n proxy_pass http://b; #!\n location /a/b { } }'],
  ['inside, at the top', 'location /a', 'location /a {\n #!\n proxy_pass http://b; }'],
  [
    'inside, at the top, before a block',
    'location /a',
    'location /a {\n #!\n if ($a) { return 403; } proxy_pass http://b; }',
  ],
  ['inside, at the top, before another location', 'location /a/b', 'location /a {\n #!\n location /a/b { } }'],
  ['inside, in the middle', 'location /a', 'location /a {\n expires 1;\n #!\n proxy_pass http://b; }'],
  ['inside, above a block', 'if ($a)', 'location /a {\n expires 1;\n #!\n if ($a) { proxy_pass http://b; } }'],
  ['inside, at the end', 'location /a', 'server { location /a {\n proxy_pass http://b;\n #!\n }\n location /b { } }'],
  ['inside, with nothing else', 'location /a', 'server { location /a {\n #!\n }\n location /b { } }'],
  ['between the words', 'location /a', 'server { location #!\n /a { } }'],
  ['at the top of a snippet', 'proxy_pass http://b', '#!\nproxy_pass http://b;'],
  ['at the end of a file', undefined, 'location /a { }\n#!\n'],
  ['in a file that has nothing else', undefined, '#!'],
]

describe('what a comment is about', () => {
  test.each(places)('%s: %s', (_, target, text) => {
    const { main } = load({ x: text.replace('#!', '# ngxlint-websocket') })
    expect([...annotatedStatements(main, 'websocket')].map(headText)).toEqual(target === undefined ? [] : [target])
    expect(annotatedStatements(main, 'not-websocket').size).toBe(0)
  })

  test('20,000 of them take no quadratic time', () => {
    const { main } = load({ x: '# ngxlint-websocket\nlocation /a { return 404; }\n'.repeat(20_000) })
    expect(annotatedStatements(main, 'websocket').size).toBe(20_000)
  })
})
