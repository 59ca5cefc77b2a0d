import { describe, expect, test } from '@jest/globals'
import { nginxGrammar } from '../../src/nginx/grammar.ts'
import { parse, SourceFile, type Statement, WordingTable, walkStatements } from '../../src/syntax/index.ts'
import { outline, problemsOf } from './trees.ts'

const statementsOf = (text: string, wordings = new WordingTable()): Statement[] => [
  ...walkStatements(parse(new SourceFile('x', text), nginxGrammar, text, wordings).statements),
]

describe('statements that are written alike share a wording', () => {
  test.each([
    ['in the same words', 'listen 80;\nlisten 80;', true],
    ['wherever they stand', 'server { listen 80; }\n    listen 80;', true],
    ['as blocks', 'location / { root /a; }\nlocation / { root /b; }', true],
    ['with quotes', 'add_header A "b; c";\nadd_header A "b; c";', true],
    ['with other words', 'listen 80;\nlisten 81;', false],
    ['with other blanks', 'listen 80;\nlisten  80;', false],
    ['with and without a block', 'foo a ;\nfoo a {}', false],
    ['one with an error', 'listen 80\n;listen 80;', false],
  ])('%s', (_, text, share) => {
    const all = statementsOf(text).filter(({ name }) => name !== 'server' && name !== 'root')
    expect(all).toHaveLength(2)
    expect(all[0]?.wording === all[1]?.wording).toBe(share)
  })

  test('in all files of one configuration', () => {
    const wordings = new WordingTable()
    const [one] = statementsOf('listen 80;', wordings)
    const [other] = statementsOf('# first\nlisten 80;', wordings)
    expect(other?.wording).toBe(one?.wording)
    expect(other?.start).toBe(8)
    expect(statementsOf('listen 80;')[0]?.wording).not.toBe(one?.wording)
  })

  test('and a wording tells the words', () => {
    const [statement] = statementsOf(`set $a "b\\"c" 'd';`)
    expect(statement?.wording).toMatchObject({
      name: 'set',
      text: `set $a "b\\"c" 'd';`,
      argumentValues: ['$a', 'b"c', 'd'],
    })
    expect(statement?.wording.holds('$')).toBe(true)
    expect(statement?.wording.holds('?')).toBe(false)
  })
})

describe('what is read a second time is read as the first time', () => {
  test.each([
    ['a word that touches a quote', 'add_header "A"b;'],
    ['a regex without quotes', 'location ~ a{2} {}'],
    ['a brace that touches a word', 'location /a{ root /b; }'],
    ['a word that is too long', `root ${'x'.repeat(5000)};`],
    ['a block where none may stand', 'root /a { listen 80; }'],
    ['a row that looks like a block', 'map $a $b { a {} a b; }'],
    ['a directive that is forgotten to end', 'root /a\nlisten 80;'],
    ['a block without its brace', 'http\nserver {} }'],
    ['a server in an upstream, and one without', 'upstream u { server a; } server { listen 80; }'],
    ['Lua', 'content_by_lua_block { "}" }'],
  ])('%s', (_, text) => {
    const wordings = new WordingTable()
    const read = () => parse(new SourceFile('x', text), nginxGrammar, text, wordings)
    const first = read()
    const second = read()
    expect(outline(second.statements)).toBe(outline(first.statements))
    expect(problemsOf(second)).toEqual(problemsOf(first))
  })

  test('wordings of equal hashes stay apart, and as many of them as may be', () => {
    // "Aa" and "BB" have one hash, so have all that are made of them.
    const names = Array.from({ length: 256 }, (_, number) =>
      Array.from({ length: 8 }, (_, bit) => ((number >> bit) & 1 ? 'Aa' : 'BB')).join(''),
    )
    const statements = statementsOf([...names, ...names].map((name) => `${name} x;`).join('\n'))
    expect(statements.map(({ name }) => name)).toEqual([...names, ...names])
  })
})
