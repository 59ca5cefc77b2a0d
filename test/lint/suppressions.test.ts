import { describe, expect, test } from '@jest/globals'
import { memoryFiles } from '../../src/config/index.ts'
import { lintRoots } from '../../src/lint/lint-roots.ts'
import type { Severity } from '../../src/lint/problem.ts'
import { defineRule, type RegisteredRule } from '../../src/lint/rule.ts'
import { applyEdits } from '../../src/syntax/index.ts'

/** Reports each statement of a name. */
const naming = (id: string, name: string): RegisteredRule => ({
  id,
  rule: defineRule({
    summary: id,
    severity: 'error',
    fix: null,
    see: '',
    eachFile(file, report) {
      for (const statement of file.tree.statements)
        for (const at of [statement, ...(statement.children ?? [])])
          if (at.name === name) report({ at: { file, span: at.head }, message: name })
    },
  }),
})
const RULES = [naming('test/one', 'one'), naming('test/two', 'two')]

/** Lints a file; all are whole configurations, so that they have an `events` block at their end. */
function lint(text: string, settings: Record<string, Severity> = {}, end = 'events {}\n') {
  const { problems } = lintRoots(['/n.conf'], memoryFiles({ '/n.conf': text + end }), RULES, { settings })
  const said = problems.map(
    ({ file, span, ruleId, message }) =>
      `${file.source.lineAt(span.start)} ${ruleId}${ruleId === 'unused-suppression' ? `: ${message}` : ''}`,
  )
  const edits = problems.flatMap(({ fix }) => fix?.edits.map(({ edit }) => edit) ?? [])
  return { said, fixed: applyEdits(text + end, edits).slice(0, -end.length || undefined) }
}

describe('what is not reported', () => {
  test.each<[string, string, string[]]>([
    ['the next line', '# ngxlint-disable-next-line test/one\none;\none;\n', ['3 test/one']],
    ['the next line, past blanks and comments', '# ngxlint-disable-next-line test/one -- why\n\n  # so\none;\n', []],
    ['several rules', '# ngxlint-disable-next-line test/one, test/two\none; two;\n', []],
    ['rules parted by blanks', '# ngxlint-disable-next-line test/one test/two\none; two;\n', []],
    ['only the rule that is named', '# ngxlint-disable-next-line test/one\none; two;\n', ['2 test/two']],
    ['all rules', '# ngxlint-disable-next-line\none; two;\n', []],
    [
      'a range',
      'one;\n# ngxlint-disable test/one\none;\n# ngxlint-enable test/one\none;\n',
      ['1 test/one', '5 test/one'],
    ],
    ['to the end of the file', '# ngxlint-disable test/one\none;\none;\n', []],
    ['a range of all rules, ended by all', '# ngxlint-disable\none; two;\n# ngxlint-enable\none;\n', ['4 test/one']],
    [
      'one rule of a range goes on',
      '# ngxlint-disable test/one, test/two\none; two;\n# ngxlint-enable test/one\none; two;\n',
      ['4 test/one'],
    ],
    ['the whole file, from anywhere', 'one;\n# ngxlint-disable-file test/one\none;\n', []],
    ['within a block', 'http {\n  one; # ngxlint-disable-next-line test/one\n  one;\n}\n', ['2 test/one']],
    ['CRLF', '# ngxlint-disable-next-line test/one\r\none;\r\none;\r\n', ['3 test/one']],
  ])('%s', (_, text, said) => expect(lint(text).said).toEqual(said))
})

describe('comments that do nothing', () => {
  test.each<[string, string, string[], string]>([
    [
      'a line of its own',
      'a;\n  # ngxlint-disable-next-line test/one -- why\nb;\n',
      ['2 unused-suppression: "test/one" reports nothing here: remove this comment'],
      'a;\nb;\n',
    ],
    [
      'behind a statement',
      'a;  # ngxlint-disable-next-line test/one\nb;\n',
      ['1 unused-suppression: "test/one" reports nothing here: remove this comment'],
      'a;\nb;\n',
    ],
    [
      'one rule of two',
      '# ngxlint-disable-next-line test/one, test/two -- why\none;\n',
      ['1 unused-suppression: "test/two" reports nothing here: remove it from this comment'],
      '# ngxlint-disable-next-line test/one -- why\none;\n',
    ],
    [
      'two rules',
      '# ngxlint-disable-file test/one, test/two\na;\n',
      ['1 unused-suppression: "test/one" and "test/two" report nothing here: remove this comment'],
      'a;\n',
    ],
    [
      'all rules',
      '# ngxlint-disable\na;\n',
      ['1 unused-suppression: this comment keeps no problem from being reported: remove it'],
      'a;\n',
    ],
    [
      'an end without a beginning',
      'a;\n# ngxlint-enable\n',
      ['2 unused-suppression: this comment ends nothing: remove it'],
      'a;\n',
    ],
    [
      'CRLF',
      'a;\r\n# ngxlint-disable test/one\r\nb;\r\n',
      ['2 unused-suppression: "test/one" reports nothing here: remove this comment'],
      'a;\r\nb;\r\n',
    ],
  ])('%s', (_, text, said, fixed) => expect(lint(text)).toEqual({ said, fixed }))

  test('are not reported where a rule is off, by a setting, or where something is unknown', () => {
    const text = '# ngxlint-disable test/one\na;\n'
    expect(lint(text, { 'test/one': 'off' }).said).toEqual([])
    expect(lint(text, { 'unused-suppression': 'off' }).said).toEqual([])
    expect(lint(`${text}include gone;\n`).said).toEqual([])
    expect(lint(`${text}include gone\n`).said).toEqual([])
    expect(lint(text, {}, 'server { listen 80; }\n').said).toEqual([])
    expect(lint(`${text}# ngxlint-disable-file unused-suppression\n`).said).toEqual([])
  })
})

describe('comments that nobody understands', () => {
  test.each<[string, string]>([
    [
      '# ngxlint-disable-next-line test/oen\none;\n',
      '1 unused-suppression: no rule is called "test/oen"; did you mean "test/one"?',
    ],
    [
      '# ngxlint-disable-next-line one\none;\n',
      '1 unused-suppression: no rule is called "one"; did you mean "test/one"?',
    ],
    ['# ngxlint-enable nothing-like-it\n', '1 unused-suppression: no rule is called "nothing-like-it"'],
    [
      '# ngxlint-disable-nextline test/one\none;\n',
      '1 unused-suppression: ngxlint knows no comment "ngxlint-disable-nextline"; did you mean "ngxlint-disable-next-line"?',
    ],
    [
      'one; # ngxlint-disable-line test/one\n',
      '1 unused-suppression: ngxlint knows no comment "ngxlint-disable-line"; did you mean "ngxlint-disable-next-line"?',
    ],
    [
      '# ngxlint disable-next-line test/one\n',
      '1 unused-suppression: ngxlint knows no comment "ngxlint disable-next-line"; did you mean "ngxlint-disable-next-line"?',
    ],
    [
      '# ngxlint: disable=test/one\n',
      '1 unused-suppression: ngxlint knows no comment "ngxlint: disable"; did you mean "ngxlint-disable"?',
    ],
    [
      '# ngxlint-disable-next-line test/one - it is meant so\none;\n',
      '1 unused-suppression: no rule is called "-"; a reason stands behind "--"',
    ],
    [
      '# ngxlint-disable-next-line test/one meant so\none;\n',
      '1 unused-suppression: no rule is called "meant"; a reason stands behind "--"',
    ],
  ])('%j', (text, said) => {
    const result = lint(text)
    expect(result.said.filter((line) => line.includes('unused-suppression')).length).toBe(1)
    expect(result.said.find((line) => line.includes('unused-suppression'))).toBe(said)
    expect(result.fixed).toBe(text)
  })
})

test('a word that is no rule is marked, not a piece of the comment like it', () => {
  const text = '# ngxlint-disable-next-line test/one - so\none;\nevents {}\n'
  const [problem] = lintRoots(['/n.conf'], memoryFiles({ '/n.conf': text }), RULES).problems
  expect(text.slice(problem?.span.start, (problem?.span.end ?? 0) + 3)).toBe('- so')
})

test('a suppression that one of two configurations needs is not unused', () => {
  const files = memoryFiles({
    '/a.conf': 'events {} include s;',
    '/b.conf': 'events {} one; include s;',
    '/s': '# ngxlint-disable-next-line test/one\none;\n# ngxlint-disable-next-line test/two\none;\n',
  })
  const { problems } = lintRoots(['/a.conf', '/b.conf'], files, RULES)
  expect(problems.map(({ file, ruleId, span }) => `${file.path}@${span.start} ${ruleId}`)).toEqual([
    '/s@42 unused-suppression',
    '/s@79 test/one',
    '/b.conf@10 test/one',
  ])
})
