import { describe, expect, test } from '@jest/globals'
import { rules } from '../../rules/index.ts'
import { fixWith, lintFiles } from './lint-files.ts'

/** A whole configuration: of a fragment nobody knows what its rules would say. How the comments work: test/lint. */
const within = (lines: string) => `events {}\nhttp {\nserver {\n${lines}\n}\n}\n`

describe('unused-suppression, beside all rules', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'one that is needed',
      '# ngxlint-disable-next-line websocket/proxy-pass-scheme\nlocation /a { proxy_pass ws://a:1; }',
      [],
    ],
    [
      'one that is not',
      '# ngxlint-disable-next-line websocket/proxy-pass-scheme\nlocation /a { proxy_pass http://a:1; }',
      ['"websocket/proxy-pass-scheme" reports nothing here: remove this comment'],
    ],
    [
      'a rule without its category',
      '# ngxlint-disable-next-line proxy-pass-scheme\nlocation /a { proxy_pass http://a:1; }',
      ['no rule is called "proxy-pass-scheme"; did you mean "websocket/proxy-pass-scheme"?'],
    ],
  ])('%s', (_, lines, said) => {
    const problems = lintFiles({ 'nginx.conf': within(lines) }, rules)
    expect(problems.filter(({ ruleId }) => ruleId === 'unused-suppression').map(({ message }) => message)).toEqual(said)
  })

  test('is taken out by the fixer', () => {
    const text = within('# ngxlint-disable-file websocket/slash-redirect\nlisten 80;')
    expect(fixWith(rules, { 'nginx.conf': text })).toEqual({ 'nginx.conf': within('listen 80;') })
  })
})
