import { describe, expect, test } from '@jest/globals'
import {
  acceptsProxyHttpVersion,
  defaultConnectionHeader,
  defaultProxyHeaders,
  defaultProxyHttpVersion,
  hasAddHeaderInherit,
  inheritedTogether,
  inheritsAllOrNothing,
} from '../../src/nginx/defaults.ts'
import { directiveEntries, directiveNames } from '../../src/nginx/directives.ts'
import { parseVersion, type TargetVersion } from '../../src/nginx/version.ts'

const target = (text: string): TargetVersion => parseVersion(text) ?? 'unknown'

describe.each([
  ['1.22.1', '1.0', 'close'],
  ['1.29.6', '1.0', 'close'],
  ['1.29.7', '1.1', undefined],
  ['1.31.5', '1.1', undefined],
  ['unknown', '1.0', 'close'],
] as const)('nginx %s', (version, httpVersion, connection) => {
  test(`speaks HTTP/${httpVersion} with Connection ${connection}`, () => {
    expect(defaultProxyHttpVersion(target(version))).toBe(httpVersion)
    expect(defaultConnectionHeader(target(version))).toBe(connection)
    expect(defaultProxyHeaders(target(version))).toContainEqual({ name: 'Connection', value: connection ?? '' })
    expect(defaultProxyHeaders(target(version))).toContainEqual({ name: 'Upgrade', value: '' })
  })
})

test.each([
  ['1.1', '1.22.1', true],
  ['1.0', 'unknown', true],
  ['2', '1.29.3', false],
  ['2', '1.29.4', true],
  ['2', 'unknown', true],
  ['1.2', '1.31.5', false],
  ['3', 'unknown', false],
])('proxy_http_version %s in nginx %s: %s', (value, version, expected) => {
  expect(acceptsProxyHttpVersion(value, target(version))).toBe(expected)
})

test.each([
  ['1.29.2', false],
  ['1.29.3', true],
  ['unknown', false],
])('add_header_inherit in nginx %s: %s', (version, expected) => {
  expect(hasAddHeaderInherit(target(version))).toBe(expected)
})

test.each([
  ['proxy_set_header', ['proxy_set_header']],
  ['grpc_set_header', ['grpc_set_header']],
  ['fastcgi_param', ['fastcgi_param']],
  ['add_header', ['add_header']],
  ['error_page', ['error_page']],
  ['proxy_hide_header', ['proxy_hide_header']],
  ['deny', ['allow', 'deny']],
  ['proxy_read_timeout', undefined],
  ['proxy_pass', undefined],
])('%s is inherited together with %j', (name, group) => {
  expect(inheritedTogether(name)).toEqual(group)
  expect(inheritsAllOrNothing(name)).toBe(group !== undefined)
})

test('every list that the documentation describes is known as one', () => {
  const commercial = ['error_log_tag', 'zone_sync_ssl_conf_command']
  const documented = directiveNames().filter((name) =>
    directiveEntries(name).some((entry) => entry.inherit === 'replace'),
  )
  expect(documented.filter((name) => !inheritsAllOrNothing(name))).toEqual(commercial)
})
