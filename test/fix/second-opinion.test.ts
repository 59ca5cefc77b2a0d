import { describe, expect, test } from '@jest/globals'
import { OffsetHistory } from '../../src/fix/offsets.ts'
import { secondOpinion } from '../../src/fix/second-opinion.ts'
import { applyEdits, type Edit } from '../../src/syntax/index.ts'

function opinionOf(oldText: string, edits: readonly Edit[], newText = applyEdits(oldText, edits)) {
  const history = new OffsetHistory()
  history.push(edits)
  return secondOpinion({ path: '/n.conf', realPath: '/n.conf', oldText, newText, history })
}

const at = (text: string, found: string, replacement: string): Edit => {
  const start = text.indexOf(found)
  return { start, end: start + found.length, text: replacement }
}
const VARIABLE = ['$', '{b}'].join('')
const SERVER = `server {\n    listen 80; # here\n    location ~ "^/a{2}$" {\n        set $a '${VARIABLE}';\n    }\n}\n`

describe('agrees', () => {
  test.each<[string, string, Edit]>([
    ['an insertion', SERVER, at(SERVER, '80;', '80;\n    gzip on;')],
    ['a replacement', SERVER, at(SERVER, 'listen 80', 'listen 81')],
    ['a removal', SERVER, at(SERVER, 'listen 80;', '')],
    ['a comment', SERVER, at(SERVER, ' # here', '')],
    ['a `;` that makes two of one', 'a b\n  c d;\ne;\n', at('a b\n  c d;\ne;\n', 'b', 'b;')],
    ['a `;` less that makes one of two', 'a b;c d;\ne;\n', at('a b;c d;\ne;\n', 'b;', 'b&')],
    ['CRLF', 'a b;\r\nc;\r\n', at('a b;\r\nc;\r\n', 'b', 'd')],
    ['Lua', 'content_by_lua_block { a = {} }\nb;\n', at('content_by_lua_block { a = {} }\nb;\n', '\nb', '\nc')],
    ['arguments on lines of their own', 'a b\n  "c d"\n  e;\nf;', at('a b\n  "c d"\n  e;\nf;', 'f', 'g')],
  ])('%s', (_, text, edit) => expect(opinionOf(text, [edit])).toEqual({ verdict: 'agrees' }))
})

describe('abstains', () => {
  test.each<[string, string, RegExp]>([
    ['a comment that ends in a lone CR, which it would never finish', '# a\rb;\nc;', /CR alone/],
    ['a text that it can not read', 'a "b;\nc;', /quote/],
    ['a brace too many', 'a;\n}\n}\nc;', /./],
    ['a quote inside of a token', 'a b"c;d"e;c;', /reads the old text otherwise/],
    ['a chain of variables that overflows its stack', `set $a ${VARIABLE.repeat(100_000)};\nc;`, /./],
    ['a huge text', `${'a b;\n'.repeat(2_000_000)}c;`, /too large/],
  ])('%s', (_, text, reason) => {
    const opinion = opinionOf(text, [{ start: text.length - 2, end: text.length - 1, text: 'd' }])
    expect(opinion).toEqual({ verdict: 'abstains', reason: expect.stringMatching(reason) })
  })
})

describe('objects', () => {
  const edits = [at(SERVER, 'listen 80', 'listen 81')]

  test('to a directive that no edit is about', () => {
    const opinion = opinionOf(SERVER, edits, applyEdits(SERVER, edits).replace('set $a', 'set $c'))
    expect(opinion).toMatchObject({ verdict: 'objects', reason: expect.stringMatching(/\$c/) })
  })

  test('to a text that it can no longer read', () => {
    const broken = [at(SERVER, 'listen 80', 'listen "80')]
    expect(opinionOf(SERVER, broken)).toMatchObject({ verdict: 'objects' })
  })

  test('to a directive that is gone', () => {
    const gone = applyEdits(SERVER, edits).replace(`set $a '${VARIABLE}';`, '')
    expect(opinionOf(SERVER, edits, gone)).toMatchObject({ verdict: 'objects' })
  })
})
