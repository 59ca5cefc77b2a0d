import { describe, expect, test } from '@jest/globals'
import { applyEdits, type Edit, layout, type Statement } from '../../src/syntax/index.ts'
import { find, treeOf } from './trees.ts'

const { insertAfter, insertBefore, appendTo, remove, replace, indentationOf, indentationUnit } = layout

/** Text, its statement `it` (or `a`, …) that is meant, and the text afterwards. */
type Row = readonly [text: string, expected: string]

function edited(text: string, makeEdit: (it: Statement) => Edit): string {
  const tree = treeOf(text)
  return applyEdits(text, [makeEdit(find(tree, 'it'))])
}

const lines = (...all: string[]) => all.join('\n')

describe('insertAfter', () => {
  test.each<Row>([
    ['it;', 'it;\nx;\ny;'],
    ['it;\n', 'it;\nx;\ny;\n'],
    ['    it;\nb;', '    it;\n    x;\n    y;\nb;'],
    ['\tit;\nb;', '\tit;\n\tx;\n\ty;\nb;'],
    ['a {\r\n  it;\r\n}\r\n', 'a {\r\n  it;\r\n  x;\r\n  y;\r\n}\r\n'],
    ['  it; # why; so\n  b;', '  it; # why; so\n  x;\n  y;\n  b;'],
    ['  it;# why\r\n  b;', '  it;# why\r\n  x;\r\n  y;\r\n  b;'],
    ['it; # why', 'it; # why\nx;\ny;'],
    ['it;  \nb;', 'it;  \nx;\ny;\nb;'],
    ['a;\nit;', 'a;\nit;\nx;\ny;'],
    ['  it b\n     c;\n  d;', '  it b\n     c;\n  x;\n  y;\n  d;'],
    ['  it {\n    b;\n  } # end\nc;', '  it {\n    b;\n  } # end\n  x;\n  y;\nc;'],
    ['a { it; }', 'a { it; x; y; }'],
    ['a { it; b; }', 'a { it; x; y; b; }'],
    ['a { it;}', 'a { it; x; y;}'],
    ['a{it;}', 'a{it;x;y;}'],
    ['a{it;b;}', 'a{it;x;y;b;}'],
    ['a{b;it;}', 'a{b;it;x;y;}'],
    ['a{b{}it;}', 'a{b{}it;x;y;}'],
    ['it;b;', 'it;x;y;b;'],
    ['  it; b;\nc;', '  it; x; y; b;\nc;'],
    ['  a; it;\nb;', '  a; it; x; y;\nb;'],
    ['a { it;\n  b; }', 'a { it; x; y;\n  b; }'],
    ['a { it; # why\n  b; }', 'a { it; x; y; # why\n  b; }'],
    ['a {\n  it; }', 'a {\n  it; x; y; }'],
    ['a {\n  it;}', 'a {\n  it;x;y;}'],
  ])('%j', (text, expected) => {
    expect(edited(text, (it) => insertAfter(it, ['x;', 'y;']))).toBe(expected)
  })
})

describe('insertBefore', () => {
  test.each<Row>([
    ['it;', 'x;\ny;\nit;'],
    ['a;\n  it;\n', 'a;\n  x;\n  y;\n  it;\n'],
    ['\tit;\r\n', '\tx;\r\n\ty;\r\n\tit;\r\n'],
    ['a {\n  it;\n}', 'a {\n  x;\n  y;\n  it;\n}'],
    ['a { it; }', 'a { x; y; it; }'],
    ['a{it;}', 'a{x;y;it;}'],
    ['a;it;', 'a;x;y;it;'],
    ['it;a;', 'x;y;it;a;'],
    ['  it; a;\n', '  x;\n  y;\n  it; a;\n'],
    ['  # what it does\n  it;', '  x;\n  y;\n  # what it does\n  it;'],
    ['a;\n\n# one\n# two\nit;', 'a;\n\nx;\ny;\n# one\n# two\nit;'],
    ['# head\n\nit;', '# head\n\nx;\ny;\nit;'],
    ['a; # of a\nit;', 'a; # of a\nx;\ny;\nit;'],
    ['a { # of a\n  it;\n}', 'a { # of a\n  x;\n  y;\n  it;\n}'],
    ['# not indented\n  it;', '# not indented\n  x;\n  y;\n  it;'],
    ['\r\n# one\r\nit;', '\r\nx;\r\ny;\r\n# one\r\nit;'],
  ])('%j', (text, expected) => {
    expect(edited(text, (it) => insertBefore(it, ['x;', 'y;']))).toBe(expected)
  })
})

describe('appendTo', () => {
  test.each<Row>([
    ['it { a; }', 'it { a; x; y; }'],
    ['it{a;}', 'it{a;x;y;}'],
    ['it {\n  a;\n}', 'it {\n  a;\n  x;\n  y;\n}'],
    ['it {\n  a; # why\n\n}', 'it {\n  a; # why\n  x;\n  y;\n\n}'],
    ['it {\n  a {\n  }\n}', 'it {\n  a {\n  }\n  x;\n  y;\n}'],
    ['it {}', 'it { x; y; }'],
    ['it { }', 'it { x; y; }'],
    ['it{}', 'it{x;y;}'],
    ['it{ }', 'it{ x; y; }'],
    ['it {\n}', 'it {\n    x;\n    y;\n}'],
    ['it {\n\n}', 'it {\n    x;\n    y;\n\n}'],
    ['it {\r\n}\r\n', 'it {\r\n    x;\r\n    y;\r\n}\r\n'],
    ['a {\n\tit {\n\t}\n}', 'a {\n\tit {\n\t\tx;\n\t\ty;\n\t}\n}'],
    ['a {\n  it {\n  }\n}', 'a {\n  it {\n    x;\n    y;\n  }\n}'],
    ['it {\n  # only a comment; {\n}', 'it {\n  # only a comment; {\n    x;\n    y;\n}'],
    ['it { # a comment\n}', 'it { # a comment\n    x;\n    y;\n}'],
    ['it { # one \r\n  # two \r\n\r\n}', 'it { # one \r\n  # two \r\n    x;\r\n    y;\r\n\r\n}'],
  ])('%j', (text, expected) => {
    expect(edited(text, (it) => appendTo(it, ['x;', 'y;']))).toBe(expected)
  })
})

describe('remove', () => {
  test.each<Row>([
    ['it;', ''],
    ['a;\nit;', 'a;\n'],
    ['it;\na;', 'a;'],
    ['  it;\r\n  a;', '  a;'],
    ['a;\n  it; # why\n  b;', 'a;\n  b;'],
    ['a;\n  it b\n    c;\nd;', 'a;\nd;'],
    ['  it {\n  b;\n}\nc;', 'c;'],
    ['a { it; }', 'a { }'],
    ['a { it; b; }', 'a { b; }'],
    ['a { b; it; }', 'a { b; }'],
    ['a { b; it; c; }', 'a { b; c; }'],
    ['a{it;}', 'a{}'],
    ['a{b;it;c;}', 'a{b;c;}'],
    ['a{b;it;}', 'a{b;}'],
    ['it;a;', 'a;'],
    ['  a; it;\n  b;', '  a;\n  b;'],
    ['  a; it;\r\n  b;', '  a;\r\n  b;'],
    ['  it; a;\n', '  a;\n'],
    ['  a; it; # why\n', '  a; # why\n'],
    ['a { it;\n  b;\n}', 'a {\n  b;\n}'],
    ['a {\n  it; }', 'a {\n  }'],
    ['a; it;', 'a;'],
  ])('%j', (text, expected) => {
    expect(edited(text, remove)).toBe(expected)
  })
})

describe('an empty statement leaves a line empty', () => {
  test.each<[string, (it: Statement) => Edit, string]>([
    ['  it;\n', (it) => insertAfter(it, ['', 'x;']), '  it;\n\n  x;\n'],
    ['  it;\r\n', (it) => insertBefore(it, ['x;', '']), '  x;\r\n\r\n  it;\r\n'],
    ['it {\n}', (it) => appendTo(it, ['x;', '', 'y;']), 'it {\n    x;\n\n    y;\n}'],
    ['a { it; }', (it) => insertAfter(it, ['', 'x;']), 'a { it; x; }'],
    ['a { it; }', (it) => insertBefore(it, ['x;', '']), 'a { x; it; }'],
    ['it { }', (it) => appendTo(it, ['x;', '', 'y;']), 'it { x; y; }'],
  ])('%j', (text, makeEdit, expected) => {
    expect(edited(text, makeEdit)).toBe(expected)
  })
})

test('replace', () => {
  expect(edited('a { it b; }', (it) => replace(it.arguments[0]!, 'cd'))).toBe('a { it cd; }')
  expect(edited('a { it b; }', (it) => replace(it.head, 'c'))).toBe('a { c; }')
})

describe('statements of several lines', () => {
  const block = 'x {\n    y "1\n2"\n      3; # why\n\n}'

  test.each<Row>([
    ['  it;\n', '  it;\n  x {\n      y "1\n2"\n        3; # why\n\n  }\n'],
    ['\tit;\r\n', '\tit;\r\n\tx {\r\n\t    y "1\n2"\r\n\t      3; # why\r\n\r\n\t}\r\n'],
    ['a { it; }', 'a { it; x { y "1\n2" 3; # why\n} }'],
    ['a{it;}', 'a{it;x {y "1\n2" 3; # why\n}}'],
  ])('%j', (text, expected) => {
    expect(edited(text, (it) => insertAfter(it, [block]))).toBe(expected)
  })

  test('a file with other line ends than the statement', () => {
    expect(edited('it;\n', (it) => insertAfter(it, ['x {\r\n  y;\r\n}']))).toBe('it;\nx {\n  y;\n}\n')
  })

  test('a comment at the end takes nothing along', () => {
    expect(edited('a { it; }', (it) => insertAfter(it, ['x; # why']))).toBe('a { it; x; # why\n }')
    expect(edited('a { it; }', (it) => insertBefore(it, ['x; # why']))).toBe('a { x; # why\n it; }')
    expect(edited('it { }', (it) => appendTo(it, ['x; # why']))).toBe('it { x; # why\n }')
  })
})

describe('indentation', () => {
  test.each<Row>([
    ['it;', ''],
    ['a;\n \t it;', ' \t '],
    ['  a { it; }', '  '],
  ])('of the line of %j', (text, expected) => {
    expect(indentationOf(find(treeOf(text), 'it'))).toBe(expected)
  })

  test.each<Row>([
    ['a;', '    '],
    ['a { b; }', '    '],
    ['a {\n\tb;\n}', '\t'],
    ['a {\n  b;\n}', '  '],
    ['a {\nb {\n   c;\n}\n}', '   '],
    [lines('  a {', '     b;', '  }'), '   '],
    ['a {\n# c\n}\nb { c;\n d; }', ' '],
  ])('one step in %j', (text, expected) => {
    expect(indentationUnit(treeOf(text))).toBe(expected)
  })
})
