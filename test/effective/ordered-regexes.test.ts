import { expect, test } from '@jest/globals'
import { OrderedRegexes } from '../../src/effective/ordered-regexes.ts'
import { patternOf } from '../../src/effective/pattern.ts'

const LISTED = ['^/a/x', '\\.php$', '^/a/', '^/b/', '(?=look)', '^/a/x/y', '^/']

/** The regexes of the list by their numbers: the first that matches, and those before it that nobody could try. */
const FIRST: Readonly<Record<string, readonly [index: number | undefined, doubts: readonly number[]]>> = {
  '/a/x/y': [0, []],
  '/a/z.php': [1, []],
  '/a/z': [2, []],
  '/b/': [3, []],
  '/c': [6, [4]],
  'c.php': [1, []],
  none: [undefined, [4]],
}

test.each(Object.entries(FIRST))(
  'the first regex for %s is that of their order, whatever they begin with',
  (path, [index, doubts]) => {
    const regexes = new OrderedRegexes()
    for (const [number, regex] of LISTED.entries()) regexes.add(number, patternOf(regex, false))
    expect(regexes.first(path)).toMatchObject({ index, doubts })
  },
)

test('a path that ends with a line feed may match any of them', () => {
  const regexes = new OrderedRegexes()
  for (const [number, regex] of ['^/a$', '^/b'].entries()) regexes.add(number, patternOf(regex, false))
  // PCRE's `$` matches before that line feed, RE2's does not: nobody knows.
  expect(regexes.first('/a\n')).toMatchObject({ index: undefined, doubts: [0] })
})
