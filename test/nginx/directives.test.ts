import { describe, expect, test } from '@jest/globals'
import { type Context, contextInside, contexts } from '../../src/nginx/context.ts'
import {
  acceptsArgumentCount,
  allowedIn,
  contentOf,
  contextsOf,
  directiveEntries,
  directiveNames,
  furtherDirectiveNames,
  isFlag,
  isKnownDirective,
  isRepeatable,
  takesBlock,
} from '../../src/nginx/directives.ts'

test.each([
  ['proxy_pass', true],
  ['content_by_lua_block', true],
  ['more_set_headers', true],
  ['passenger_enabled', true],
  ['vod_hls_container_format', true],
  ['auth_gss_keytab', true],
  ['app_protect_dos_enable', true],
  ['Proxy_Pass', false],
  ['proxy_passs', false],
  ['default', false],
  ['', false],
  ['constructor', false],
])('%j is a directive: %s', (name, expected) => {
  expect(isKnownDirective(name)).toBe(expected)
})

test('modules that few have: names of their own, and places that there are', () => {
  const names = furtherDirectiveNames()
  const common = new Set(directiveNames())
  expect(names.length).toBeGreaterThan(900)
  expect(names.filter((name) => common.has(name))).toEqual([])
  const places = new Set<Context>(contexts)
  expect(
    names.filter((name) => contextsOf(name).size === 0 || [...contextsOf(name)].some((at) => !places.has(at))),
  ).toEqual([])
})

describe('contexts', () => {
  test.each<[string, Context, boolean]>([
    ['proxy_set_header', 'location', true],
    ['proxy_set_header', 'if in location', false],
    ['proxy_set_header', 'limit_except', false],
    ['proxy_http_version', 'if in location', false],
    ['proxy_http_version', 'limit_except', false],
    ['proxy_pass', 'if in location', true],
    ['proxy_pass', 'limit_except', true],
    ['proxy_pass', 'server', false],
    ['proxy_pass', 'stream server', true],
    ['add_header', 'if in location', true],
    ['add_header', 'if in server', false],
    ['server', 'upstream', true],
    ['server', 'server', false],
    ['map', 'server', false],
    ['pagespeed', 'http', true],
    ['pagespeed', 'if in location', true],
    ['datadog_tag', 'location', true],
    ['upsync', 'upstream', true],
    ['upsync', 'server', false],
    ['include', 'main', true],
    ['include', 'stream upstream', true],
    ['nonsense', 'http', false],
  ])('%s in %s: %s', (name, context, expected) => {
    expect(allowedIn(name, context)).toBe(expected)
  })

  test('lists all of a name', () => {
    expect([...contextsOf('map')]).toEqual(['http', 'stream'])
    expect(contextsOf('include').size).toBe(contexts.length)
    expect(contextsOf('nonsense').size).toBe(0)
  })

  test.each<[string, Context, Context | undefined]>([
    ['http', 'main', 'http'],
    ['server', 'http', 'server'],
    ['server', 'stream', 'stream server'],
    ['server', 'mail', 'mail server'],
    ['server', 'upstream', undefined],
    ['upstream', 'stream', 'stream upstream'],
    ['location', 'location', 'location'],
    ['location', 'http', undefined],
    ['if', 'server', 'if in server'],
    ['if', 'location', 'if in location'],
    ['limit_except', 'location', 'limit_except'],
    ['map', 'http', undefined],
    ['content_by_lua_block', 'location', undefined],
    ['proxy_pass', 'location', undefined],
    ['nonsense', 'http', undefined],
  ])('%s in %s opens %s', (name, outer, inside) => {
    expect(contextInside(name, outer)).toBe(inside)
  })

  test('every context but main is opened by something', () => {
    const blocks = ['events', 'http', 'server', 'location', 'if', 'limit_except', 'upstream', 'stream', 'mail', 'mgmt']
    const others = ['oidc_provider', 'acme_issuer', 'otel_exporter', 'match', 'rtmp', 'application', 'recorder']
    const opened = [...blocks, ...others].flatMap((name) => contexts.map((outer) => contextInside(name, outer)))
    expect(contexts.filter((context) => !opened.includes(context))).toEqual(['main'])
  })
})

test.each<[string, Context | undefined, ReturnType<typeof takesBlock>]>([
  ['server', undefined, 'either'],
  ['server', 'http', 'always'], // directive "server" has no opening "{"
  ['server', 'upstream', 'never'], // directive "server" is not terminated by ";"
  ['server', 'location', 'either'],
  ['location', undefined, 'always'],
  ['map', 'http', 'always'],
  ['listen', undefined, 'never'],
  ['nonsense', undefined, undefined],
])('%s in %s takes a block: %s', (name, context, expected) => {
  expect(takesBlock(name, context)).toBe(expected)
})

// "nginx -t" of 1.22.1 agrees: invalid number of arguments in "…" directive.
test.each<[string, number, Context | undefined, boolean]>([
  ['proxy_set_header', 1, 'location', false],
  ['proxy_set_header', 2, 'location', true],
  ['proxy_set_header', 3, 'location', false],
  ['location', 0, 'server', false],
  ['location', 2, 'server', true],
  ['location', 3, 'server', false],
  ['gzip', 2, 'http', false],
  ['log_format', 1, 'http', false],
  ['log_format', 40, 'http', true],
  ['server', 0, 'http', true],
  ['server', 0, 'upstream', false],
  ['server', 1, 'http', false],
  ['server', 1, undefined, true],
  ['server', 1, 'location', true], // misplaced: its place is wrong, not its arguments
  ['js_import', 2, 'http', false], // one or three
  ['js_import', 3, 'http', true],
  ['content_by_lua_block', 0, 'location', true],
  ['nonsense', 7, undefined, true],
])('%s with %i arguments in %s: %s', (name, count, context, expected) => {
  expect(acceptsArgumentCount(name, count, context)).toBe(expected)
})

test.each([
  ['server', 'directives'],
  ['map', 'map'],
  ['geo', 'geo'],
  ['types', 'types'],
  ['split_clients', 'split_clients'],
  ['charset_map', 'charset_map'],
  ['geoip2', 'geoip2'],
  ['content_by_lua_block', 'raw'],
  ['listen', 'unknown'],
  ['nonsense', 'unknown'],
])('%s holds %s', (name, content) => {
  expect(contentOf(name)).toBe(content)
})

test.each<[string, Context | undefined, boolean | undefined]>([
  ['proxy_http_version', 'location', false], // "proxy_http_version" directive is duplicate
  ['proxy_set_header', 'location', true],
  ['proxy_pass', undefined, false],
  ['proxy_next_upstream', 'location', true],
  ['proxy_next_upstream', 'stream server', false],
  ['proxy_next_upstream', undefined, undefined],
  ['nonsense', undefined, undefined],
])('%s in %s may be repeated: %s', (name, context, expected) => {
  expect(isRepeatable(name, context)).toBe(expected)
})

test.each<[string, Context | undefined, boolean]>([
  ['gzip', undefined, true],
  ['proxy_next_upstream', 'stream server', true],
  ['proxy_next_upstream', 'location', false],
  ['listen', undefined, false],
  ['nonsense', undefined, false],
])('%s in %s is on or off: %s', (name, context, expected) => {
  expect(isFlag(name, context)).toBe(expected)
})

test('an entry tells versions, values and older states', () => {
  const [version] = directiveEntries('proxy_http_version')
  expect(version).toMatchObject({
    module: 'ngx_http_proxy_module',
    values: ['1.0', '1.1', '2'],
    since: '1.1.4',
    sinceArgs: { 2: '1.29.4' },
    default: '1.1',
  })
  expect(directiveEntries('add_header')[0]?.was).toEqual([{ before: '1.7.5', args: { min: 2, max: 2 } }])
  expect(directiveEntries('ssl_verify_depth')[0]?.was?.[0]?.args?.max).toBe(Number.POSITIVE_INFINITY)
  expect(directiveEntries('more_set_headers')[0]?.thirdParty).toBe(true)
  expect(directiveEntries('nonsense')).toEqual([])
})
