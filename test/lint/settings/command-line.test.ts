import { expect, test } from '@jest/globals'
import { parseRuleSettings } from '../../../src/lint/settings/command-line.ts'

const RULES = ['syntax', 'websocket/upgrade-header']

test('of two settings for a rule the later holds', () => {
  expect(parseRuleSettings(['syntax:off', 'websocket/upgrade-header:warning', 'syntax:info'], RULES)).toEqual({
    syntax: 'info',
    'websocket/upgrade-header': 'warn',
  })
})

test.each([
  ['syntax', '"syntax" names no severity: write syntax:off, :info, :warn or :error'],
  ['syntax:', '"" is no severity: write syntax:off, :info, :warn or :error'],
  ['syntax:loud', '"loud" is no severity: write syntax:off, :info, :warn or :error'],
  ['sintax:off', 'no rule is called "sintax"; did you mean "syntax"?'],
  [':off', 'no rule is called ""'],
])('%s', (text, message) => expect(() => parseRuleSettings([text], RULES)).toThrow(message))
