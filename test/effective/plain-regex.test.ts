import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { RE2JS } from 're2js'
import { patternOf } from '../../src/effective/pattern.ts'
import { plainRegex } from '../../src/effective/plain-regex.ts'

describe('regexes that JavaScript may run', () => {
  test.each([
    String.raw`\.php$`,
    String.raw`\.(?:png|jpe?g|gif|woff2?)$`,
    String.raw`^/(ws|socket\.io)/`,
    '^/api/v1/',
    '/ws$',
    '^$',
    '',
    '^(.*)$',
    '^/ws/(.*)$',
    '^/(api|ws)/?(.+)$',
    '^/ws(/.*)?$',
    '^/.+/ws$',
    '/ws/(.*)',
    String.raw`/socket\.io/.*`,
    String.raw`\-\_\/`,
  ])('%s', (pattern) => expect(plainRegex(pattern, false)).toBeDefined())
})

describe('regexes that are left to RE2', () => {
  test.each([
    ['has a class', '[0-9]'],
    ['has a class of PCRE', String.raw`\d`],
    ['repeats', '^/a*'],
    ['repeats a number of times', 'a{2}'],
    ['has any char', '^/.'],
    ['has any chars in two places, which could be tried in many ways', '^/(.*)/(.*)$'],
    ['could begin and end in many places', '/(.*)$'],
    ['could begin and go on in many places', '/.*/ws'],
    ['takes as little as it can', '^/(.*?)$'],
    ['repeats what may be anything', '^(.*)+$'],
    ['goes on in a group', '^(.*/)$'],
    ['repeats a group', '(a|b)+'],
    ['may lack a group', '(a|b)?'],
    ['has two groups, which could be tried in many ways', '(a|b)(c|d)'],
    ['has a group in a group', '(a|(b))'],
    ['has an alternative outside of a group', 'a|b'],
    ['has an empty alternative', '(a|)'],
    ['has an end within', '(/|$)'],
    ['has a name', '(?<name>a)'],
    ['has a flag', '(?i)a'],
    ['looks ahead', '(?!a)'],
    ['is lazy', 'a??'],
    ['may lack so much that it could be tried in many ways', 'a?a?a?a?a?a?a?'],
    ['is not ASCII', 'é'],
    ['is no regex', '(a'],
    ['ends with a backslash', 'a\\'],
  ])('one that %s: %s', (_, pattern) => expect(plainRegex(pattern, false)).toBeUndefined())
})

const word = fc.string({
  unit: fc.constantFrom('a', 'B', '/', String.raw`\.`, '-', 'a?', '_', String.raw`\$`),
  minLength: 1,
  maxLength: 4,
})
const group = fc
  .tuple(fc.constantFrom('(', '(?:'), fc.array(word, { minLength: 1, maxLength: 3 }))
  .map(([opening, words]) => `${opening}${words.join('|')})`)
const anything = fc.constantFrom('.*', '.+', '(.*)', '(.+)', '(?:.*)', '(/.*)', '(/.*)?', '(a?.+)?', '(?:-.*)?')
const pattern = fc
  .tuple(
    fc.constantFrom('', '^'),
    fc.option(word, { nil: '' }),
    fc.option(group, { nil: '' }),
    fc.option(word, { nil: '' }),
    fc.option(anything, { nil: '' }),
    fc.option(word, { nil: '' }),
    fc.constantFrom('', '$'),
  )
  .map((parts) => parts.join(''))
const text = fc.string({
  unit: fc.constantFrom('a', 'A', 'B', 'b', '/', '.', '-', '_', '$', '\r', '\n', '\x85', '\xe9'),
  maxLength: 8,
})

test('both engines say the same', () => {
  fc.assert(
    fc.property(pattern, text, fc.boolean(), (regex, subject, ignoreCase) => {
      fc.pre(plainRegex(regex, ignoreCase) !== undefined && !subject.endsWith('\n'))
      const matcher = RE2JS.compile(regex, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0).matcher(subject)
      const groups = matcher.find()
        ? Array.from({ length: matcher.groupCount() + 1 }, (_, index) => matcher.group(index) ?? '')
        : undefined
      const found = patternOf(regex, ignoreCase).match(subject)
      expect(found?.groups).toEqual(groups)
      if (found) expect([found.start, found.end, found.named]).toEqual([matcher.start(), matcher.end(), {}])
    }),
    { numRuns: 5000 },
  )
})

test('before a last line feed PCRE sees an end, and we claim nothing', () =>
  expect(patternOf(String.raw`\.php$`, false).match('/a.php\n')).toBeUndefined())
