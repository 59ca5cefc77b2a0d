import { expect, test } from '@jest/globals'
import { isBuiltinVariable, variableEntries } from '../../src/nginx/variables.ts'

// "nginx -t" of 1.22.1 agrees with those that are in its core: unknown "…" variable.
test.each([
  ['host', true],
  ['http_upgrade', true],
  ['HTTP_Upgrade', true],
  ['arg_x', true],
  ['arg_', true],
  ['cookie_session', true],
  ['sent_http_location', true],
  ['upstream_http_x', true],
  ['proxy_host', true],
  ['1', true],
  ['9', true],
  ['0', false],
  ['connection_upgrade', false],
  ['testcookie_nexturl', true],
  ['opentracing_context_x_trace', true],
  ['memcached_key', false],
  ['nope', false],
  ['', false],
  ['http', false],
])('$%s is built in: %s', (name, expected) => {
  expect(isBuiltinVariable(name)).toBe(expected)
})

test('http and stream have their own', () => {
  expect(isBuiltinVariable('http_upgrade', 'http')).toBe(true)
  expect(isBuiltinVariable('http_upgrade', 'stream')).toBe(false)
  expect(isBuiltinVariable('bytes_received', 'stream')).toBe(true)
  expect(isBuiltinVariable('bytes_received', 'http')).toBe(false)
})

test('an entry tells module and version', () => {
  expect(variableEntries('connection_time')).toEqual([
    expect.objectContaining({ module: 'ngx_http_core_module', family: 'http', since: '1.19.10' }),
  ])
})
