/** `plugins` of the settings: rules of one's own. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { type Files, runIn } from './run-in.ts'

const root = new URL('../../', import.meta.url)
const page = readFileSync(fileURLToPath(new URL('docs/settings.md', root)), 'utf8')
const [, EXAMPLE = ''] = /^```js\n(\/\/ team-rules\.mjs\n.*?)^```$/ms.exec(page) ?? []
/** Here the package is what it is made of. */
const PLUGIN = EXAMPLE.replace("'ngxlint'", `'${new URL('src/index.ts', root).href}'`)
const CONF = 'server {\n    autoindex on;\n    # ngxlint-disable-next-line team/no-autoindex\n    autoindex on;\n}\n'

const lint = async (files: Files, ...args: string[]) => {
  const { code, out, err } = await runIn({ 'a.conf': CONF, ...files }, [
    'a.conf',
    '-f',
    'compact',
    '--rule',
    'directives/duplicate:off',
    ...args,
  ])
  return { code, said: out + err }
}

test('the example of docs/settings.md: reported, set, suppressed', async () => {
  expect(EXAMPLE).not.toBe('')
  const settings = '{"plugins": ["./team-rules.mjs"], "rules": {"team/no-autoindex": "error"}}'
  expect(await lint({ 'ngxlint.config.json': settings, 'team-rules.mjs': PLUGIN })).toEqual({
    code: 1,
    said: 'a.conf:2:5: error: turn autoindex off [team/no-autoindex]\n',
  })
})

test('the command line knows its rules too', async () => {
  const files = { 'ngxlint.config.json': '{"plugins": ["./team-rules.mjs"]}', 'team-rules.mjs': PLUGIN }
  expect((await lint(files, '--rule', 'team/no-autoindex:off')).said).toBe('')
  expect((await lint(files, '--rule', 'team/no-autoindxe:off')).said).toContain('did you mean "team/no-autoindex"?')
})

describe('its rules are rules', () => {
  const files = { 'ngxlint.config.json': '{"plugins": ["./team-rules.mjs"]}', 'team-rules.mjs': PLUGIN }

  test('that are listed', async () => {
    const { code, out } = await runIn(files, ['rules'])
    expect(code).toBe(0)
    expect(out).toMatch(/^team\/no-autoindex +warning\n {2}Folders are listed to everybody\n/m)
    expect((await runIn(files, ['rules', '--no-config'])).out).not.toContain('autoindex')
  })

  test('that are explained', async () => {
    const explained = await runIn(files, ['explain', 'team/no-autoindex'])
    expect(explained).toEqual({
      code: 0,
      out: 'team/no-autoindex\n\nFolders are listed to everybody.\n\nwarning, no fix.\n',
      err: '',
    })
    expect(await runIn(files, ['explain', 'no-autoindex'])).toEqual(explained)
    const { code, err } = await runIn(files, ['explain', 'team/no-autoindxe'])
    expect({ code, err }).toEqual({
      code: 2,
      err: 'ngxlint: no rule or directive is called "team/no-autoindxe"; did you mean "team/no-autoindex"? ("ngxlint rules" lists them)\n',
    })
  })

  test('where the settings have a mistake: that is said, and what is known is listed', async () => {
    const { code, out, err } = await runIn({ 'ngxlint.config.json': '{"rules": {"syntx": "off"}}' }, ['rules'])
    expect(code).toBe(0)
    expect(out).toMatch(/^syntax +error/m)
    expect(err).toBe('ngxlint: ngxlint.config.json:1:12: no rule is called "syntx"; did you mean "syntax"?\n')
  })
})

test.each<[string, string, string]>([
  [
    "a name in one of ngxlint's own categories",
    'export default { rules: { "websocket/mine": { summary: "x", severity: "warn", whole() {} } } }',
    'the rule "websocket/mine" needs another category: "websocket" is one of ngxlint\'s own',
  ],
  ['one that is not there', '', "can't be used: Cannot find module './x.mjs'"],
  ['no rules', 'export default {}', 'can\'t be used: its default export has no "rules"'],
  [
    'a name without a category',
    'export default { rules: { a: {} } }',
    'the rule "a" needs a name as "team/no-such-thing"',
  ],
  [
    'a rule that does nothing',
    'export default { rules: { "a/b": { summary: "", severity: "warn" } } }',
    'the rule "a/b" needs a summary',
  ],
  [
    'a name that is taken',
    'export default { rules: { "websocket/http-version": { summary: "", severity: "warn", whole() {} } } }',
    'the rule "websocket/http-version" needs another category',
  ],
  ['an error of its own', 'throw new Error("no way")', "can't be used: no way"],
])('%s', async (_, text, said) => {
  const files = { 'ngxlint.config.json': '{\n "plugins": ["./x.mjs"]\n}', ...(text === '' ? {} : { 'x.mjs': text }) }
  const outcome = await lint(files)
  expect(outcome.code).toBe(2)
  expect(outcome.said).toMatch(/^ngxlint: ngxlint\.config\.json:2:14: the plugin "\.\/x\.mjs" can't be used: /)
  expect(outcome.said).toContain(said)
})
