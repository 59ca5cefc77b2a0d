import { expect, test } from '@jest/globals'
import { directivePage } from '../../src/cli/explain-directive.ts'

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
