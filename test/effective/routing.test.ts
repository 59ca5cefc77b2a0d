import { describe, expect, test } from '@jest/globals'
import { beatenLocations } from '../../src/effective/beaten-locations.ts'
import { findLocation } from '../../src/effective/routing.ts'
import type { Scope } from '../../src/effective/scope.ts'
import { modelOf } from './model-of.ts'

function route(locations: string, path: string): string {
  const server = modelOf(`http { server { ${locations} } }`).roots[0]!.children[0]!
  const { location, isSlashRedirect, doubts } = findLocation(server, path)
  const name = (scope: Scope | undefined) => scope?.directive?.arguments.map(({ value }) => value).join(' ') ?? 'none'
  const redirect = isSlashRedirect ? ', redirects' : ''
  return name(location) + redirect + (doubts.length > 0 ? ', if no other regex matches' : '')
}

const P = 'proxy_pass http://b;'
const KINDS =
  'location / {} location = /ws {} location /ws {} location ^~ /wss/ {} location ~ \\.io$ {} location ~* ^/WS {}'

describe('which location answers', () => {
  test.each([
    [KINDS, '/', '/'],
    [KINDS, '/x', '/'],
    [KINDS, '/ws', '= /ws'],
    [KINDS, '/ws/x', '~* ^/WS'],
    [KINDS, '/ws/x.io', '~ \\.io$'],
    [KINDS, '/wss/x.io', '^~ /wss/'],
    [KINDS, '/wss', '~* ^/WS'],
    ['location /a {} location /a/b {}', '/a/c', '/a'],
    ['location /a {} location /a/b {}', '/a/bc', '/a/b'],
    ['location /a {}', '/b', 'none'],
    ['location /a {}', '/A', 'none'],
    ['location "/a b" {}', '/a b', '/a b'],
    ['location =/a {} location /a {}', '/a', '=/a'],
    ['location @a {} location / {}', '@a', 'none'],
  ])('%s for %s: %s', (locations, path, expected) => expect(route(locations, path)).toBe(expected))

  test.each([
    ['location / { location /a { location = /a/b {} } }', '/a/b', '= /a/b'],
    ['location /a { location ~ x {} } location ~ a {}', '/a/x', '~ x'],
    ['location /a { location ~ x {} } location ~ a {}', '/a/y', '~ a'],
    ['location ^~ /a { location /a/b {} } location ~ b {}', '/a/b', '/a/b'],
    ['location /a { location ^~ /a/b {} } location ~ b {}', '/a/b', '~ b'],
    ['location ~ a { location ~ b {} } location ~ ab {}', '/ab', '~ b'],
    ['location ~ a { location ~ b {} } location ~ ac {}', '/ac', '~ a'],
    ['location ~ /a { location /a/b {} }', '/a/bc', '/a/b'],
  ])('nested: %s for %s: %s', (locations, path, expected) => expect(route(locations, path)).toBe(expected))
})

describe('a location whose name ends in a slash', () => {
  test.each([
    [`location /ws/ { ${P} }`, '/ws', '/ws/, redirects'],
    [`location = /ws/ { ${P} }`, '/ws', '= /ws/, redirects'],
    [`location / { ${P} } location /ws/ { ${P} }`, '/ws', '/ws/, redirects'],
    [`location / { ${P} location /ws/ { ${P} } }`, '/ws', '/ws/, redirects'],
    [`location ~ ^/ws { ${P} } location /ws/ { ${P} }`, '/ws', '/ws/, redirects'],
    ['location / {} location /ws/ {}', '/ws', '/'],
    [`location /ws {} location /ws/ { ${P} }`, '/ws', '/ws'],
    [`location = /ws {} location /ws/ { ${P} }`, '/ws', '= /ws'],
    [`location / {} location /ws/ { if ($a) { ${P} } }`, '/ws', '/'],
    [`location ~ /ws { ${P} location /ws/ { ${P} } }`, '/ws', '/ws/'],
  ])('%s for %s: %s', (locations, path, expected) => expect(route(locations, path)).toBe(expected))
})

describe('a regex that nobody can try', () => {
  test.each([
    ['location / {} location ~ ^/(?!a) {}', '/b', '/, if no other regex matches'],
    ['location ~ b {} location ~ ^/(?!a) {}', '/b', '~ b'],
    ['location ^~ / {} location ~ ^/(?!a) {}', '/b', '^~ /'],
    ['location = /b {} location ~ ^/(?!a) {}', '/b', '= /b'],
  ])('%s for %s: %s', (locations, path, expected) => expect(route(locations, path)).toBe(expected))
})

describe('the locations that were beaten', () => {
  test.each([
    [KINDS, '/ws', ['/ws below = /ws: exact match', '/ below = /ws: exact match', '~* ^/WS below = /ws: exact match']],
    [
      KINDS,
      '/wss/x.io',
      [
        '/ws below ^~ /wss/: longer prefix',
        '/ below ^~ /wss/: longer prefix',
        '~ \\.io$ below ^~ /wss/: prefix before regexes',
        '~* ^/WS below ^~ /wss/: prefix before regexes',
      ],
    ],
    [
      KINDS,
      '/ws.io',
      [
        '/ws below ~ \\.io$: regex before prefixes',
        '/ below ~ \\.io$: regex before prefixes',
        '~* ^/WS below ~ \\.io$: earlier regex',
      ],
    ],
    ['location /a { location ~ x {} } location ~ a {}', '/a/x', ['~ a below /a: nested location']],
    [`location / {} location /ws/ { ${P} }`, '/ws', ['/ below /ws/: slash redirect']],
    ['location / {}', '/', []],
  ])('%s for %s', (locations, path, expected) => {
    const server = modelOf(`http { server { ${locations} } }`).roots[0]!.children[0]!
    const name = (scope: Scope) => scope.directive!.arguments.map(({ value }) => value).join(' ')
    const told = beatenLocations(server, path).map(
      ({ location, by, why }) => `${name(location)} below ${name(by)}: ${why}`,
    )
    expect(told).toEqual(expected)
  })
})

test('thousands of locations are looked up quickly', () => {
  const locations = Array.from({ length: 20_000 }, (_, index) => `location /a/${index}/ {}`).join(' ')
  const server = modelOf(`http { server { ${locations} } }`).roots[0]!.children[0]!
  findLocation(server, '/')
  const start = process.cpuUsage()
  for (let index = 0; index < 20_000; index++) findLocation(server, `/a/${index}/x`)
  // Not the time of a clock, which other programs take from it.
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(2000)
})
