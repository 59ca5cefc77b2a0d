import { describe, expect, test } from '@jest/globals'
import { fixInMemory, newTexts, renaming, ruleFor, syntaxRule } from './lint-in-memory.ts'

const places = (problems: readonly { ruleId: string; file: { path: string }; span: { start: number } }[]) =>
  problems.map(({ ruleId, file, span }) => `${file.path}@${span.start} ${ruleId}`)

describe('fixConfigurations', () => {
  test('fixes files behind includes, and says where the problems were', () => {
    const result = fixInMemory({ '/n.conf': 'one;\ninclude a.conf;\none;\n', '/a.conf': 'x; one;\n' }, [
      renaming('one', 'three'),
    ])
    expect(newTexts(result)).toEqual({ '/n.conf': 'three;\ninclude a.conf;\nthree;\n', '/a.conf': 'x; three;\n' })
    expect(places(result.fixed)).toEqual([
      '/n.conf@0 test/one-to-three',
      '/n.conf@21 test/one-to-three',
      '/a.conf@3 test/one-to-three',
    ])
    expect(result.after.problems).toEqual([])
  })

  test('a fix may call for another', () => {
    const result = fixInMemory({ '/n.conf': 'x;\none;\n' }, [renaming('one', 'two'), renaming('two', 'three')])
    expect(newTexts(result)).toEqual({ '/n.conf': 'x;\nthree;\n' })
    expect(places(result.fixed)).toEqual(['/n.conf@3 test/one-to-two', '/n.conf@3 test/two-to-three'])
    expect(result.passes).toBe(2)
  })

  test('fixes that undo each other come to an end', () => {
    const result = fixInMemory({ '/n.conf': 'one;\n' }, [renaming('one', 'two'), renaming('two', 'one')])
    expect(result.passes).toBe(10)
    expect(result.after.problems).toHaveLength(1)
  })

  test('of two in conflict the first in the report is made, the other in the next pass', () => {
    const insert = (id: string, text: string) =>
      ruleFor(id, 'server', ({ statement, children }) =>
        children?.some(({ name }) => name === text)
          ? []
          : [{ start: statement.end - 1, end: statement.end - 1, text: `${text};` }],
      )
    const result = fixInMemory({ '/n.conf': 'server {}' }, [insert('b', 'bb'), insert('a', 'aa')])
    expect(newTexts(result)).toEqual({ '/n.conf': 'server {aa;bb;}' })
  })

  test('equal edits of several problems are made once, and cure all', () => {
    const one = ruleFor('a', 'x', () => [{ start: 0, end: 0, text: 'y;' }])
    const { changes } = fixInMemory({ '/n.conf': 'z; x;' }, [one, { ...one, id: 'b' }])
    // Both rules go on asking for it, which is why it is there ten times.
    expect(changes[0]?.newText).toBe(`${'y;'.repeat(10)}z; x;`)
  })

  test('the edits of a problem are made all or none', () => {
    const broad = ruleFor('a', 'one', () => [{ start: 0, end: 4, text: 'uno;' }])
    const pair = ruleFor('b', 'two', ({ statement }) => [
      { start: 0, end: 3, text: 'ONE' },
      { start: statement.start, end: statement.start + 3, text: 'TWO' },
    ])
    expect(newTexts(fixInMemory({ '/n.conf': 'one; two;' }, [broad, pair], {}))).toEqual({ '/n.conf': 'ONE; TWO;' })
  })

  test('unsafe fixes are made only where they are asked for', () => {
    const rules = [renaming('one', 'two', 'unsafe')]
    expect(newTexts(fixInMemory({ '/n.conf': 'one;' }, rules))).toEqual({})
    expect(newTexts(fixInMemory({ '/n.conf': 'one;' }, rules, { unsafe: true }))).toEqual({ '/n.conf': 'two;' })
  })

  test('with a syntax error that stays, nothing else is touched', () => {
    const texts = { '/n.conf': 'one; server { listen 80 }\ninclude a.conf;\n}', '/a.conf': 'one;' }
    const result = fixInMemory(texts, [syntaxRule, renaming('one', 'two')])
    expect(newTexts(result)).toEqual({ '/n.conf': 'one; server { listen 80; }\ninclude a.conf;\n}' })
    expect(result.sound).toEqual([undefined])
  })

  test('once the syntax is mended, the rest follows', () => {
    const result = fixInMemory({ '/n.conf': 'one; server { listen 80 }\n' }, [syntaxRule, renaming('one', 'two')])
    expect(newTexts(result)).toEqual({ '/n.conf': 'two; server { listen 80; }\n' })
    expect(result.fixed.map(({ ruleId }) => ruleId)).toEqual(['test/one-to-two', 'syntax'])
  })

  test('a file of two configurations is fixed once, and reported once', () => {
    const texts = { '/a.conf': 'include s;', '/b.conf': 'include s;', '/s': 'one;' }
    const result = fixInMemory(texts, [renaming('one', 'two')], {}, ['/a.conf', '/b.conf'])
    expect(newTexts(result)).toEqual({ '/s': 'two;' })
    expect(places(result.fixed)).toEqual(['/s@0 test/one-to-two'])
  })

  test('files that may not be edited stay', () => {
    const texts = { '/a.conf': 'one; include s;', '/s': 'one;' }
    const result = fixInMemory(texts, [renaming('one', 'two')], { editable: new Set(['/a.conf']) })
    expect(newTexts(result)).toEqual({ '/a.conf': 'two; include s;' })
    expect(places(result.after.problems)).toEqual(['/s@0 test/one-to-two'])
  })

  test('a rule whose own edits overlap is refused by name', () => {
    const rule = ruleFor('test/clumsy', 'one', () => [
      { start: 0, end: 3, text: 'a' },
      { start: 2, end: 4, text: 'b' },
    ])
    expect(() => fixInMemory({ '/n.conf': 'one;' }, [rule])).toThrow(/test\/clumsy: two edits of one problem overlap/)
  })

  test('every byte value outside of the edits stays', () => {
    const bytes = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('')
    const text = `# ${bytes.replaceAll(/[\n\r]/g, '')}\r\none;\r\n#${bytes.slice(128)}`
    const result = fixInMemory({ '/n.conf': text }, [renaming('one', 'two')])
    expect(newTexts(result)).toEqual({ '/n.conf': text.replace('one;', 'two;') })
  })
})
