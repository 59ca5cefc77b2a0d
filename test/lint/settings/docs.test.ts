/** docs/settings.md: every key is there, and its examples are what ngxlint and editors take. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import { rules } from '../../../rules/index.ts'
import { defineRule } from '../../../src/lint/rule.ts'
import { readSettings } from '../../../src/lint/settings/read.ts'
import { settingsSchema } from '../../../src/lint/settings/schema.ts'
import { settingsFields } from '../../../src/lint/settings/settings.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const page = readFileSync(`${root}docs/settings.md`, 'utf8')
const sections = page.split(/^## /m).slice(1)
const isValid = new Ajv().compile(settingsSchema(rules))

/** What the section about plugins speaks of; test/cli/plugins.test.ts runs it. */
const PLUGIN = [{ id: 'team/no-autoindex', rule: defineRule({ summary: '', severity: 'warn', fix: null, see: '' }) }]

const examplesIn = (section: string) =>
  [...section.matchAll(/^```jsonc\n(.*?)^```$/gms)].map(([, text]) => text as string)

test('each setting has a section, in the order of the schema', () => {
  expect(sections.map((section) => section.split('\n', 1)[0])).toEqual(Object.keys(settingsFields(rules)))
})

describe.each(sections.map((section) => [section.split('\n', 1)[0] as string, section]))('%s', (key, section) => {
  test('has an example that is read, and that editors take', async () => {
    const examples = examplesIn(section)
    expect(examples).not.toEqual([])
    for (const text of examples) {
      const { settings } = await readSettings('/ngxlint.config.jsonc', text, rules, '', async () => PLUGIN)
      expect(settings).toHaveProperty([key])
      expect([isValid(JSON.parse(text)), isValid.errors]).toEqual([true, null])
    }
  })
})

test('the first example', async () => {
  const [first = ''] = examplesIn(page)
  expect(isValid((await readSettings('/ngxlint.config.jsonc', first, rules)).settings)).toBe(true)
})

test('the published schema is the current one', () => {
  expect(JSON.parse(readFileSync(`${root}ngxlint.schema.json`, 'utf8'))).toEqual(settingsSchema(rules))
})

test.each([
  '{ "rule": {} }',
  '{ "rules": { "sintax": "off" } }',
  '{ "rules": { "websocket/upgrade-heder": "off" } }',
  '{ "rules": { "syntax": "loud" } }',
  '{ "rules": { "team/no-autoindex": "loud" } }',
  '{ "rules": { "websocket/read-timeout": { "abvoe": "1s" } } }',
  '{ "rules": { "websocket/read-timeout": { "above": "soon" } } }',
  '{ "root": "" }',
  '{ "pathMap": { "etc": "x" } }',
  '{ "nginxVersion": 1.24 }',
  '{ "ignore": "x" }',
  '{ "overrides": [{ "file": "x" }] }',
  '{ "overrides": [{ "rules": { "syntax": "off" } }] }',
  '{ "websocket": { "locations": [1] } }',
  '{ "modules": ["a b"] }',
])('what ngxlint refuses, editors mark: %s', async (text) => {
  expect(isValid(JSON.parse(text))).toBe(false)
  await expect(readSettings('/ngxlint.config.json', text, rules)).rejects.toThrow()
})
