/** Settings files: what is read of them, and what is said where they are wrong. */
import { describe, expect, test } from '@jest/globals'
import type { RegisteredRule } from '../../../src/lint/rule.ts'
import { defineRule } from '../../../src/lint/rule.ts'
import { readSettings } from '../../../src/lint/settings/read.ts'
import { flag, text } from '../../../src/lint/settings/shape.ts'

const RULES: readonly RegisteredRule[] = [
  { id: 'syntax', rule: defineRule({ summary: '', severity: 'error', fix: null, see: '' }) },
  {
    id: 'websocket/read-timeout',
    rule: defineRule({
      summary: '',
      severity: 'warn',
      fix: null,
      see: '',
      options: { above: { shape: text(), describe: '' }, strict: { shape: flag, describe: '' } },
    }),
  },
]

const read = (name: string, content: string) => readSettings(`/p/${name}`, content, RULES, name)

const ALL = {
  $schema: 'x',
  root: ['nginx.conf'],
  pathMap: { '/etc/nginx': '.' },
  prefix: 'conf',
  nginxVersion: '1.24.0',
  rules: { syntax: 'off', 'websocket/read-timeout': { severity: 'error', above: '10m', strict: true } },
  overrides: [{ files: ['legacy/**'], rules: { syntax: 'warn' } }],
  ignore: ['*.bak'],
  websocket: { locations: ['/live/'], ignore: ['/ws/**'] },
  modules: ['my_*'],
  plugins: ['./rules.mjs'],
  baseline: 'known.json',
}

describe('what is read', () => {
  test('every key, from JSON', async () => {
    expect((await read('ngxlint.config.json', JSON.stringify(ALL))).settings).toEqual(ALL)
  })

  test('JSON with comments, commas at ends, and a byte order mark', async () => {
    const text = '\u{feff}{\n  // why\n  "rules": { "syntax": "warning", /* so */ },\n}\n'
    expect((await read('ngxlint.config.jsonc', text)).settings).toEqual({ rules: { syntax: 'warn' } })
  })

  test('YAML, one glob for a list, and words that older versions took for booleans', async () => {
    const text = `
overrides:
  - files: "*.old"
    rules: { syntax: off }
  - files: ["*.old", b.conf]
root: nginx.conf
`
    expect((await read('ngxlint.config.yaml', text)).settings).toEqual({
      overrides: [{ files: ['*.old'], rules: { syntax: 'off' } }, { files: ['*.old', 'b.conf'] }],
      root: ['nginx.conf'],
    })
  })

  test.each(['', '\n', '{}'])('nothing: %j', async (text) => {
    expect((await read('ngxlint.config.json', text)).settings).toEqual({})
  })

  test('the line of each key', async () => {
    const { lineOf } = await read('a.yaml', 'ignore: [a]\noverrides:\n  - files: x\n    rules:\n      syntax: off\n')
    expect(lineOf('ignore')).toBe(1)
    expect(lineOf('overrides', 0, 'rules', 'syntax')).toBe(5)
    expect(lineOf('root')).toBeUndefined()
  })
})

describe('what is wrong', () => {
  test.each<[string, string, string]>([
    ['{ "rule": {} }', '1:3', 'no setting is called "rule"; did you mean "rules"?'],
    [
      '{ "xyz": 1 }',
      '1:3',
      'no setting is called "xyz" (there are: root, pathMap, prefix, nginxVersion, rules, overrides, ignore, websocket, modules, plugins, baseline)',
    ],
    ['{\n  "rules": { "sintax": "off" }\n}', '2:14', 'no rule is called "sintax"; did you mean "syntax"?'],
    [
      '{ "rules": { "read-timeout": "off" } }',
      '1:14',
      'no rule is called "read-timeout"; did you mean "websocket/read-timeout"?',
    ],
    [
      '{ "rules": { "syntax": "eror" } }',
      '1:24',
      '"syntax" must be one of "off", "info", "warn", "error", not "eror"; did you mean "error"?',
    ],
    ['{ "rules": { "syntax": 2 } }', '1:24', '"syntax" must be one of "off", "info", "warn", "error", not 2'],
    [
      '{ "rules": { "websocket/read-timeout": { "abvoe": "1s" } } }',
      '1:42',
      'no option is called "abvoe"; did you mean "above"?',
    ],
    ['{ "rules": { "websocket/read-timeout": { "strict": 1 } } }', '1:52', '"strict" must be true or false, not 1'],
    ['{ "rules": [] }', '1:12', '"rules" must be a table of keys and values, not a list'],
    ['{ "ignore": "x" }', '1:13', '"ignore" must be a list, not "x"'],
    ['{ "ignore": ["a", 1] }', '1:19', '"ignore" must be a glob, as "conf.d/*.conf", not 1: put it in quotes'],
    ['{ "root": "" }', '1:11', '"root" must be a path, not ""'],
    ['{ "root": {} }', '1:11', '"root" must be a path, not a table of keys and values'],
    ['{ "pathMap": { "conf": "." } }', '1:16', '"conf" must be an absolute path'],
    ['{ "nginxVersion": "99" }', '1:19', '"nginxVersion" must be a version of nginx, as "1.24.0", or "auto", not "99"'],
    [
      '{ "nginxVersion": 1.24 }',
      '1:19',
      '"nginxVersion" must be a version of nginx, as "1.24.0", or "auto", not 1.24: put it in quotes',
    ],
    ['{ "overrides": [{ "rules": {} }] }', '1:17', '"files" is missing here'],
    ['{ "root": "a", "root": "b" }', '1:16', '"root" is set twice'],
    ['[]', '1:1', 'must be a table of keys and values, not a list'],
    ['{ "root": "é", "rot": 1 }', '1:16', 'no setting is called "rot"; did you mean "root"?'],
    ['{ "root" "a" }', '1:10', 'colon expected'],
    ['{ "root": "a', '1:11', 'unexpected end of string'],
  ])('%s', async (text, place, message) => {
    const said = await read('ngxlint.config.json', text).catch((error: Error) => error.message.split('\n')[0])
    expect(said).toBe(`ngxlint.config.json:${place}: ${message}`)
  })

  test('all errors, in their order', async () => {
    const text = 'rules:\n  syntax: maybe\nroots: a\n'
    await expect(read('ngxlint.config.yaml', text)).rejects.toThrow(
      'ngxlint.config.yaml:2:11: "syntax" must be one of "off", "info", "warn", "error", not "maybe"\n' +
        'ngxlint.config.yaml:3:1: no setting is called "roots"; did you mean "root"?',
    )
  })

  test('two blocks that are not closed: once', async () => {
    await expect(read('a.json', '{ "rules": { "syntax": "off"')).rejects.toThrow(/^a\.json:1:29: close brace expected$/)
  })

  test('YAML that can not be read', async () => {
    await expect(read('a.yaml', 'rules:\n  - a\n b: [\n')).rejects.toThrow(/^a\.yaml:\d+:\d+: /)
    await expect(read('a.yaml', 'ignore: &a [*a]\n')).rejects.toThrow(/^a\.yaml:1:13: aliases are not read/)
  })
})
