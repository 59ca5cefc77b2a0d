// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how nginx writes variables
import { describe, expect, test } from '@jest/globals'
import { parse, print, SourceFile, type Statement, walkStatements } from '../../src/syntax/index.ts'
import { find, outline, problemsOf, treeOf } from './trees.ts'

describe('statements', () => {
  test.each([
    ['', ''],
    [' \t\r\n', ''],
    ['# nothing\n', ''],
    ['a;', 'a;'],
    ['a b  c\td\ne;', 'a b c d e;'],
    ['a{}', 'a { }'],
    ['a { b; c { d; } } e;', 'a { b; c { d; } } e;'],
    ['a\r\n{\r\nb;\r\n}\r\n', 'a { b; }'],
    ['a\rb;\rc;\r', 'a b; c;'],
    ['a # { ; }\n b;', 'a b;'],
    ['a;# b;\nc;', 'a; c;'],
    ['a#b;', 'a#b;'],
    ['# a; \r b;\nc;', 'c;'],
    ['a /x}y;', 'a /x}y;'],
    ['a b};', 'a b};'],
    ['a ${b}c;', 'a ${b}c;'],
    ['a b${c};', 'a b${c};'],
    ['a ${{b;', 'a ${{b;'],
    ['a "${b";', 'a "${b";'],
    ['a \\$\\{b;', 'a \\$\\{b;'],
    ['a b\\;c;', 'a b\\;c;'],
    ['a b\\ c;', 'a b\\ c;'],
    ['a b"c d";', 'a b"c d";'],
    ['a "b;{}#" \'c"\';', 'a "b;{}#" \'c"\';'],
    ['a "b\\"c";', 'a "b\\"c";'],
    ['a "b\\\\";', 'a "b\\\\";'],
    ['if ($a = "b"){}', 'if ($a = "b" ) { }'],
    ['"a" b;', '"a" b;'],
    ['é "ü";', 'é "ü";'],
    ['\u{feff}a;', '\u{feff}a;'],
    ['a\0b \0;', 'a\0b \0;'],
    ['map a b { default 1; server 2; "x y" z; }', 'map a b { default 1; server 2; "x y" z; }'],
    ['types { a/b c d; }', 'types { a/b c d; }'],
    ['geo $a { 10.0.0.0/8 1; }', 'geo $a { 10.0.0.0/8 1; }'],
  ])('%j is %j', (text, expected) => {
    const tree = treeOf(text)
    expect(outline(tree.statements)).toBe(expected)
    expect(problemsOf(tree)).toEqual([])
    expect(print(tree)).toBe(tree.source.text)
  })

  test.each<[string, string, Record<string, string | undefined>]>([
    [
      ' listen  80 # c\n "a b" ; x;',
      'listen',
      { text: 'listen  80 # c\n "a b" ;', head: 'listen  80 # c\n "a b"', body: undefined },
    ],
    ['a { b { c; } }d;', 'b', { text: 'b { c; }', head: 'b', body: ' c; ' }],
    ['b{}', 'b', { text: 'b{}', head: 'b', body: '' }],
    ['a { b x { c; }', 'a', { text: 'a { b x { c; }', head: 'a', body: ' b x { c; }' }],
    ['a { b x', 'b', { text: 'b x', head: 'b x', body: undefined }],
    ['"a b" {\n# x\n}', 'a b', { text: '"a b" {\n# x\n}', head: '"a b"', body: '\n# x\n' }],
  ])('spans in %j', (text, name, expected) => {
    const tree = treeOf(text)
    const statement = find(tree, name)
    const slice = (span?: { start: number; end: number }) => span && tree.source.text.slice(span.start, span.end)
    expect({ text: statement.text, head: slice(statement.head), body: slice(statement.body) }).toEqual(expected)
    expect(slice(statement)).toBe(expected.text)
    for (const word of statement.words) expect(slice(word)).toBe(word.raw)
  })

  test('arguments are the words but the name; parents and names are there', () => {
    const tree = treeOf('server { listen 80 default; }')
    const listen = find(tree, 'listen')
    expect(listen.arguments.map((word) => word.value)).toEqual(['80', 'default'])
    expect(listen.parent).toBe(tree.statements[0])
    expect(listen.words).toBe(listen.words)
    expect(tree.statements[0]?.parent).toBeUndefined()
  })

  test.each([
    ['"a\\"b" x;', 'a"b'],
    ['a\\\\b x;', 'a\\b'],
    ["'' x;", ''],
  ])('the name of %j is read as words are', (text, name) => {
    expect(treeOf(text).statements[0]?.name).toBe(name)
  })

  test('comments: from "#" to the last byte that is no blank', () => {
    const tree = treeOf('# a \t\r\nx; #\n{ # caf\u00e0\n')
    const comments = [...tree.comments()]
    expect(comments.map(({ text }) => text)).toEqual(['# a', '#', '# caf\xc3\xa0'])
    for (const { start, end, text } of comments) expect(tree.source.text.slice(start, end)).toBe(text)
  })
})

describe('Lua blocks', () => {
  test.each([
    ['a = { b = {} }'],
    ['s = "}" t = \'{\''],
    ['s = "\\"}"'],
    ['s = [[ } ]] t = [==[ ]] } ]==]'],
    ['-- }\nx()'],
    ['--[[ } \n } ]] x()'],
    ['--[==[ } ]] } ]==] x()'],
    ['a[b[1]] = 2'],
    ['n = #t; # { }'],
    ['s = "never closed\n'],
    [''],
  ])('%j is one piece of code', (code) => {
    const tree = treeOf(`content_by_lua_block {${code}} root /x;`)
    expect(outline(tree.statements)).toBe('content_by_lua_block { } root /x;')
    expect(problemsOf(tree)).toEqual([])
    const body = tree.statements[0]?.body
    expect(tree.source.text.slice(body?.start, body?.end)).toBe(code)
  })

  test.each(['{', '"', "'\n", '[[', '--', '--[=[', '[==', 'if {'])('the end of the file inside %j', (code) => {
    const tree = treeOf(`content_by_lua_block {${code}`)
    expect(problemsOf(tree)).toEqual(['1:1 unexpected end of file: missing "}" for "content_by_lua_block {"'])
    expect(print(tree)).toBe(tree.source.text)
  })
})

describe('size', () => {
  const LEVELS = 100_000

  test('100,000 levels', () => {
    const tree = treeOf(`${'a{'.repeat(LEVELS)}b;${'}'.repeat(LEVELS)}`)
    expect(tree.problems).toEqual([])
    expectNested(tree.statements, LEVELS + 1)
  })

  test('100,000 levels that nobody closes', () => {
    const tree = treeOf('a{'.repeat(LEVELS))
    expect(problemsOf(tree)).toEqual([`1:${2 * LEVELS - 1} unexpected end of file: missing "}" for "a {"`])
    expectNested(tree.statements, LEVELS)
    const ends = new Set([...walkStatements(tree.statements)].map((statement) => statement.end))
    expect([...ends]).toEqual([2 * LEVELS])
  })

  test('100,000 closing braces', () => {
    expect(treeOf('}'.repeat(LEVELS)).problems).toHaveLength(LEVELS)
  })

  // Each of these would take minutes if the work for one mistake grew with the file.
  test.each([
    ['forgotten semicolons', 'root /x\n'],
    ['forgotten semicolons on one line', 'root /x '],
    ['unclosed quotes', 'add_header A "x;\n'],
    ['quotes with something behind them, on one line', '"a"b '],
    ['quotes that span lines', '"a\nb"c '],
    ['statements on one line', 'server{listen 80;root /x;}'],
    ['braces without names', '{}'],
    ['semicolons', ';'],
    ['rows without semicolons', 'a b\n'],
    ['hashes and CRs in a quote', '" \r#'],
    ['blanks', '        '],
    ['quantifiers', 'a{2}'],
  ])('%s, many of them, take linear time', (_, piece) => {
    const text = `map a b {\n${piece.repeat(200_000)}`
    const source = new SourceFile('', text)
    const started = performance.now()
    for (const statement of walkStatements(treeOf(text).statements)) statement.end
    parse(source)
    expect(performance.now() - started).toBeLessThan(20_000)
  })

  function expectNested(statements: readonly Statement[], count: number): void {
    const starts = [...walkStatements(statements)].map((statement) => statement.start)
    expect(starts).toEqual(Array.from({ length: count }, (_, level) => 2 * level))
  }
})
