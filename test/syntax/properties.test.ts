// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how nginx writes variables
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { nginxGrammar } from '../../src/nginx/grammar.ts'
import {
  applyEdits,
  bytesOfText,
  layout,
  parse,
  print,
  SourceFile,
  type Statement,
  type SyntaxTree,
  textOfBytes,
  WordingTable,
  walkStatements,
  writeWord,
} from '../../src/syntax/index.ts'
import { outline, smallGrammar } from './trees.ts'

const RUNS = { numRuns: 1000 }

const anyBytes = fc.uint8Array({ maxLength: 200 }).map(textOfBytes)

/** Pieces that nginx's reader treats in ways of their own, in any order. */
const pieces = [
  ' ',
  '\t',
  '\n',
  '\r\n',
  '\r',
  ';',
  '{',
  '}',
  '"',
  "'",
  '\\',
  '#',
  '$',
  '${',
  '(',
  ')',
  '\0',
  '\xef\xbb\xbf',
]
const snippets = [
  'server',
  'http {',
  'location /',
  'listen 80',
  'map $a $b {',
  'types {',
  'root /x;',
  'add_header A "b"',
]
const lua = ['content_by_lua_block {', '--', '[[', ']]', '[=[', ']=]']
const long = ['x'.repeat(4094), 'a{2}', '\xc3\xa9', '\xff']
const soup = fc
  .array(fc.constantFrom(...pieces, ...pieces, ...snippets, ...lua, ...long), { maxLength: 60 })
  .map((parts) => parts.join(''))
const anyText = fc.oneof(anyBytes, soup)

describe('any input', () => {
  test.each([
    ['no grammar', undefined],
    ['a small grammar', smallGrammar],
    ["nginx's grammar", nginxGrammar],
  ])('%s: is printed as it was, and its spans nest', (_, grammar) => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tree = parse(new SourceFile('x', text), grammar)
        expect(print(tree)).toBe(text)
        expectTokensTile(tree)
        expectStatementsNest(tree)
        expectProblemsInOrder(tree)
      }),
      RUNS,
    )
  })

  test.each([
    ['no grammar', undefined],
    ["nginx's grammar", nginxGrammar],
  ])('%s: is read the same when wordings of it, and of other texts, are known', (_, grammar) => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 4 }), (texts) => {
        const known = new WordingTable()
        for (const text of [...texts, ...texts]) {
          const source = new SourceFile('x', text)
          expect(shapeOf(parse(source, grammar, text, known))).toEqual(shapeOf(parse(source, grammar)))
        }
      }),
      RUNS,
    )
  })

  test('bytes survive', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => expect(bytesOfText(textOfBytes(bytes))).toEqual(bytes)))
  })

  test('what is written as one word is read as one word', () => {
    fc.assert(
      // A word that is too long for nginx is read as far as its first line.
      fc.property(
        anyText.filter((text) => text.length < 2000),
        (value) => {
          const [statement] = parse(new SourceFile('x', `a ${writeWord(value)};`)).statements
          expect(statement?.arguments.map((word) => word.value)).toEqual([value])
        },
      ),
      RUNS,
    )
  })
})

/** All that a tree tells. */
function shapeOf({ tokens, table, statements, problems }: SyntaxTree) {
  return {
    tokens: Array.from({ length: tokens.length }, (_, index) => [tokens.kind(index), tokens.end(index)]),
    statements: [...walkStatements(statements)].map((statement) => ({
      values: statement.values,
      text: statement.text,
      head: statement.head,
      body: statement.body,
      isTerminated: statement.isTerminated,
      tokens: [statement.firstToken, statement.lastToken, statement.endToken],
      row: [statement.index, table.parent(statement.index), table.next(statement.index)],
    })),
    problems,
  }
}

function expectTokensTile({ tokens, source }: SyntaxTree): void {
  let end = 0
  for (let index = 0; index < tokens.length; index++) {
    expect(tokens.start(index)).toBe(end)
    expect(tokens.end(index)).toBeGreaterThan(end)
    end = tokens.end(index)
  }
  expect(end).toBe(source.text.length)
}

function expectStatementsNest(tree: SyntaxTree): void {
  expectInOrder(tree.statements, { start: 0, end: tree.source.text.length })
  for (const statement of walkStatements(tree.statements)) {
    expectInOrder(statement.words, statement.head)
    expect(statement.words[0]?.value ?? '').toBe(statement.name)
    expectInOrder([statement.head], statement)
    if (statement.body) {
      expectInOrder([statement.body], statement)
      expectInOrder(statement.children ?? [], statement.body)
    }
    for (const child of statement.children ?? []) expect(child.parent).toBe(statement)
    expect(tree.source.text.slice(statement.start, statement.end)).toBe(statement.text)
  }
}

/** Spans that follow each other within another. */
function expectInOrder(spans: readonly { start: number; end: number }[], within: { start: number; end: number }): void {
  let at = within.start
  for (const { start, end } of spans) {
    expect(start).toBeGreaterThanOrEqual(at)
    expect(end).toBeGreaterThanOrEqual(start)
    at = end
  }
  expect(at).toBeLessThanOrEqual(within.end)
}

function expectProblemsInOrder({ problems, source }: SyntaxTree): void {
  let at = 0
  for (const { start, end, message } of problems) {
    expect(start).toBeGreaterThanOrEqual(at)
    expect(end).toBeGreaterThanOrEqual(start)
    expect(end).toBeLessThanOrEqual(source.text.length)
    expect(message).not.toMatch(/\p{Control}/u)
    at = start
  }
}

/** Well-formed configurations, laid out in every way. */
const blank = fc.constantFrom('', ' ', '\n', '\n  ', '\r\n\t', '  ', ' # c; { "\n', '\n\n    # c\n    ')
const word = fc.constantFrom('a', '"b c"', "'d;'", '$e', '${f}', 'g\\;h', '/i}j', '""', 'k#l', "it's")
const { statements } = fc.letrec<{ statement: string; statements: string }>((tie) => ({
  statement: fc
    .tuple(
      fc.constantFrom('s', 't', 'u'),
      fc.array(word, { maxLength: 3 }),
      fc.oneof(
        { maxDepth: 3 },
        fc.constant(';'),
        tie('statements').map((inner) => `{${inner}}`),
      ),
      fc.constantFrom(' ', '  ', '\n   ', ' # c;\n'),
    )
    .map(([name, words, ending, gap]) => `${[name, ...words].join(gap)}${ending}`),
  statements: fc
    .array(fc.tuple(blank, tie('statement')), { maxLength: 4 })
    .chain((all) => blank.map((last) => all.map(([before, text]) => before + text).join('') + last)),
}))
const wellFormed = fc
  .tuple(statements, fc.nat())
  .map(([text, pick]) => ({ tree: parse(new SourceFile('x', text)), pick }))
  .filter(({ tree }) => tree.statements.length > 0)
const added = fc.constantFrom(['x;'], ['x a;', 'y;'], ['x {\n    y "b\nc";\n}'], ['x # c; }\n  a;'])

/** The statements as words, with the one that is meant marked. */
interface Node {
  readonly words: string
  readonly children?: Node[]
}
const nodesOf = (all: readonly Statement[]): Node[] =>
  all.map((statement) => ({
    words: statement.words.map((each) => each.raw).join(' '),
    ...(statement.children && { children: nodesOf(statement.children) }),
  }))
const readNodes = (text: string) => {
  const tree = parse(new SourceFile('x', text))
  expect(tree.problems).toEqual([])
  return nodesOf(tree.statements)
}

describe('layout edits put statements where they belong, and change nothing else', () => {
  const operations = {
    insertAfter: layout.insertAfter,
    insertBefore: layout.insertBefore,
    appendTo: layout.appendTo,
    remove: (statement: Statement) => layout.remove(statement),
  }

  test.each(Object.keys(operations) as (keyof typeof operations)[])('%s', (name) => {
    fc.assert(
      fc.property(wellFormed, added, ({ tree, pick }, texts) => {
        const all = [...walkStatements(tree.statements)].filter((each) => name !== 'appendTo' || each.children)
        const target = all[pick % Math.max(all.length, 1)]
        if (!target) return
        const mended = applyEdits(tree.source.text, [operations[name](target, texts)])
        expect(readNodes(mended)).toEqual(expectedNodes(tree, name, target, texts))
        for (const comment of commentsOf(tree)) if (name !== 'remove') expect(mended).toContain(comment)
      }),
      RUNS,
    )
  })

  function expectedNodes(tree: SyntaxTree, name: string, target: Statement, texts: readonly string[]): Node[] {
    const nodes = nodesOf(tree.statements)
    const inserted = texts.flatMap(readNodes)
    const siblings = target.parent?.children ?? tree.statements
    const index = siblings.indexOf(target)
    const list = target.parent ? (nodeOf(nodes, target.parent).children as Node[]) : nodes
    if (name === 'insertAfter') list.splice(index + 1, 0, ...inserted)
    else if (name === 'insertBefore') list.splice(index, 0, ...inserted)
    else if (name === 'remove') list.splice(index, 1)
    else list[index]?.children?.push(...inserted)
    return nodes
  }

  function nodeOf(nodes: Node[], statement: Statement): Node {
    const list = statement.parent ? (nodeOf(nodes, statement.parent).children as Node[]) : nodes
    return list[(statement.parent?.children ?? statement.tree.statements).indexOf(statement)] as Node
  }

  function commentsOf(tree: SyntaxTree): string[] {
    return [...tree.comments()].map(({ text }) => text)
  }

  test('an insertion that is removed again leaves the statements as they were', () => {
    fc.assert(
      fc.property(wellFormed, ({ tree, pick }) => {
        const all = [...walkStatements(tree.statements)]
        const target = all[pick % all.length] as Statement
        const longer = parse(new SourceFile('x', applyEdits(tree.source.text, [layout.insertAfter(target, ['new;'])])))
        const found = [...walkStatements(longer.statements)].find((statement) => statement.name === 'new') as Statement
        const restored = parse(new SourceFile('x', applyEdits(longer.source.text, [layout.remove(found)])))
        expect(outline(restored.statements)).toBe(outline(tree.statements))
      }),
      RUNS,
    )
  })
})
