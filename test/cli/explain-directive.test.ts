import { expect, test } from '@jest/globals'
import { directivePage } from '../../src/cli/explain-directive.ts'
import { olderDefaultsOf } from '../../src/nginx/directive-facts.ts'
import { directiveNames } from '../../src/nginx/directives.ts'
import { runIn } from './run-in.ts'

test('a directive with a default that changed', () => {
  expect(directivePage('proxy_http_version')).toBe(`# proxy_http_version

A directive of ngx_http_proxy_module.

- It may stand in "http", "server" or "location".
- It takes 1 argument: "1.0", "1.1" or "2".
- Where nobody sets it: \`1.1\` (before 1.29.7: \`1.0\`).
- It is there since 1.1.4.
- Its \`2\` is there since 1.29.4.
- A block may have one of it.
- Inner levels inherit it, unless they set it themselves.
- See https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_http_version`)
})

test.each([
  [
    'ssl_protocols',
    '`TLSv1.2 TLSv1.3` (before 1.27.3: `TLSv1 TLSv1.1 TLSv1.2 TLSv1.3`; before 1.23.4: `TLSv1 TLSv1.1 TLSv1.2`; before 1.9.1:',
  ],
  ['keepalive_requests', '`1000` (before 1.19.10: `100`)'],
  ['keepalive', '`32 local` (before 1.29.7: none)'],
  ['sendfile_max_chunk', '`2m` (before 1.21.4: `0`)'],
  ['constructor', undefined],
])('older defaults: %s', (name, text) => {
  expect(directivePage(name)).toEqual(text && expect.stringContaining(`- Where nobody sets it: ${text}`))
})

test('older defaults are of directives that have one today', () => {
  for (const name of directiveNames())
    if (olderDefaultsOf(name).length > 0) expect(directivePage(name)).toContain('(before ')
})

test('a word that stands alone', () => {
  expect(directivePage('proxy_redirect')).toContain('- A block may have several of it, but `off` by itself only.')
})

test('rows that are inherited together, a block, one of another place', () => {
  expect(directivePage('proxy_set_header')).toContain(
    'Inner levels inherit all rows or none: a row of their own drops all outer ones.',
  )
  expect(directivePage('allow')).toContain('drops all outer ones, those of deny included.')
  expect(directivePage('location')).toContain('- It takes 1 or 2 arguments, and a block.')
  expect(directivePage('proxy_pass')).toContain('Inner levels do not inherit it.')
  expect(directivePage('ssl')).toContain('- It is gone since 1.25.1.')
})

test('a name that nobody knows', () => {
  expect(directivePage('frobnicate')).toBeUndefined()
})

test.each([
  ['proxy_http_verson', 'proxy_http_version'],
  ['prox_pass', 'proxy_pass'],
  ['droped-headers', 'inheritance/dropped-headers'],
])('explain %s: a slip of the hand, in a directive or a rule', async (typed, meant) => {
  const { code, err } = await runIn({}, ['explain', typed])
  expect({ code, err }).toEqual({
    code: 2,
    err: `ngxlint: no rule or directive is called "${typed}"; did you mean "${meant}"? ("ngxlint rules" lists them)\n`,
  })
})
