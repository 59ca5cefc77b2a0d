import { describe, expect, test } from '@jest/globals'
import { escapeArguments, escapeUri, normalizePath, unescapeRedirect } from '../../src/effective/uri.ts'
import { parseVersion } from '../../src/nginx/version.ts'

describe('how a target is read', () => {
  test.each([
    ['/', '/'],
    ['/ws', '/ws'],
    ['/a//b', '/a/b'],
    ['/a/./b', '/a/b'],
    ['/a/../b', '/b'],
    ['/a/b/..', '/a/'],
    ['/a/.', '/a/'],
    ['/a/...', '/a/...'],
    ['/.a', '/.a'],
    ['/a..', '/a..'],
    ['/%61', '/a'],
    ['/a%2Fb', '/a/b'],
    ['/a%2F/b', '/a/b'],
    ['/a/%2e%2E/b', '/b'],
    ['/a/.%2e/b', '/b'],
    ['/%25', '/%'],
    ['/%2561', '/%61'],
    ['/a%23b', '/a#b'],
    ['/a%3Fb', '/a?b'],
    ['/a%3fb', '/a?b'],
    ['/a%20b', '/a b'],
    ['/a+b', '/a+b'],
    ['/%E9', '/\xe9'],
    ['/a%0Ab', '/a\nb'],
    ['/a#b', '/a'],
    ['/a/..#b', '/'],
    ['http://example.com/a', '/a'],
    ['HTTP://example.com:80/a', '/a'],
    ['http://[::1]/a', '/a'],
    ['http://example.com', '/'],
    ['http://example.com?x', '/'],
  ])('%s is %j', (target, path) => expect(normalizePath(target)?.path).toBe(path))

  test.each([
    ['/..', 'above the root'],
    ['/a/../..', 'above the root'],
    ['/%2e%2e/', 'above the root'],
    ['/%00', 'a zero byte'],
    ['/%', 'half of an escape'],
    ['/%4', 'half of an escape'],
    ['/%zz', 'no escape'],
    ['/a b', 'a blank'],
    ['/\x01', 'a control byte'],
    ['/\x7f', 'a control byte'],
    ['', 'nothing'],
    ['*', 'no path'],
    ['a', 'no path'],
    ['?x', 'no path'],
    ['http://a_b/', 'an odd host'],
  ])('%j gets 400: %s', (target) => expect(normalizePath(target)).toBeUndefined())

  test.each([
    ['/a?x=1', 'x=1'],
    ['/a?', ''],
    ['/a??x', '?x'],
    ['/a?x=%2F%zz//..', 'x=%2F%zz//..'],
    ['/a?x#y', 'x'],
    ['/a#b?x', ''],
    ['http://example.com?x', 'x'],
  ])('%s has the query %j', (target, query) => expect(normalizePath(target)?.query).toBe(query))

  test('slashes stay where merge_slashes is off', () => {
    const path = (target: string) => normalizePath(target, { mergeSlashes: false })?.path
    expect(path('/a//b')).toBe('/a//b')
    expect(path('/a//..')).toBe('/a/')
  })
})

describe('how a path is written for a backend', () => {
  const [older, newer] = [parseVersion('1.21.0'), parseVersion('1.21.1')] as const

  test.each([
    ['/a b', '/a%20b', '/a%20b'],
    ['/%#?', '/%25%23%3F', '/%25%23%3F'],
    ['/\xe9\n\x7f', '/%E9%0A%7F', '/%E9%0A%7F'],
    ['/"<>\\^`{|}', '/"<>\\^`{|}', '/%22%3C%3E%5C%5E%60%7B%7C%7D'],
    ["/a+b&c;d=e:f@g,h!$'()*~[]", "/a+b&c;d=e:f@g,h!$'()*~[]", "/a+b&c;d=e:f@g,h!$'()*~[]"],
  ])('%j', (path, before, since) => {
    expect(escapeUri(path, older!)).toBe(before)
    expect(escapeUri(path, newer!)).toBe(since)
    expect(escapeUri(path, 'unknown')).toBe(before === since ? since : undefined)
  })

  test('in arguments &, + and ; as well', () => {
    expect(escapeArguments('a+b&c;d/e', newer!)).toBe('a%2Bb%26c%3Bd/e')
  })

  test.each([
    ['/a%2Fb', '/a/b'],
    ['/a%20b%25%E9', '/a%20b%25%E9'],
    ['/a?b%2F', '/a?b%2F'],
    ['/a%3Fb%2F', '/a?b%2F'],
  ])('a redirect to %s goes to %s', (url, location) => expect(unescapeRedirect(url)).toBe(location))
})
