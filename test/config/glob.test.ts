import { describe, expect, test } from '@jest/globals'
import { expandGlob, isGlob } from '../../src/config/glob.ts'
import { compareBytes, memoryFiles } from '../../src/config/index.ts'

function filesAt(...paths: string[]) {
  return memoryFiles(Object.fromEntries(paths.map((path) => [path, ''])))
}

const tree = filesAt(
  '/n/Z.conf',
  '/n/a.conf',
  '/n/b.conf',
  '/n/b.conf~',
  '/n/.hidden.conf',
  '/n/ä.conf',
  '/n/sites/a/site.conf',
  '/n/sites/a-b/site.conf',
  '/n/sites/a.b/site.conf',
  '/n/sites/none/other.conf',
  '/n/sites/file',
  '/n/.d/x.conf',
  '/n/[x]/in.conf',
  '/n/x/in.conf',
)

const examples: readonly [about: string, pattern: string, paths: readonly string[]][] = [
  ['byte order: capitals first, UTF-8 last', '/n/*.conf', ['/n/Z.conf', '/n/a.conf', '/n/b.conf', '/n/ä.conf']],
  ['a leading dot that is written', '/n/.*.conf', ['/n/.hidden.conf']],
  ['no match', '/n/*.none', []],
  ['no such folder', '/gone/*.conf', []],
  ['a file as a folder', '/n/a.conf/*', []],
  [
    'a folder in the middle: order is that of the whole paths, where - and . come before /',
    '/n/sites/*/site.conf',
    ['/n/sites/a-b/site.conf', '/n/sites/a.b/site.conf', '/n/sites/a/site.conf'],
  ],
  ['folders that lack the name are left out', '/n/sites/n*/site.conf', []],
  ['magic in two segments', '/n/s*/a?*/*', ['/n/sites/a-b/site.conf', '/n/sites/a.b/site.conf']],
  ['folders match too', '/n/sites/[an]*', ['/n/sites/a', '/n/sites/a-b', '/n/sites/a.b', '/n/sites/none']],
  ['only folders, with the slash', '/n/sites/*/', ['a-b', 'a.b', 'a', 'none'].map((name) => `/n/sites/${name}/`)],
  ['a folder with a leading dot', '/n/.[d]', ['/n/.d']],
  ['the folder itself and the one above have dots', '/n/x/.*', ['/n/x/.', '/n/x/..']],
  ['a file has no dots', '/n/*.conf/.*', []],
  ['dots behind a folder', '/n/sites/n*/../file', ['/n/sites/none/../file']],
  ['slashes stay as they are written', '/n//sites/./n*//o*', ['/n//sites/./none//other.conf']],
  ['escaped brackets', '/n/\\[x\\]/*.conf', ['/n/[x]/in.conf']],
  ['brackets', '/n/[x]/*.conf', ['/n/x/in.conf']],
  ['nothing but escapes: the file', '/n/\\a.con\\f', ['/n/a.conf']],
  ['nothing but escapes: no such file', '/n/a\\*', []],
  ['a bracket that never ends', '/n/[x', []],
]

describe('a pattern', () => {
  test.each(examples)('%s: %s', (_, pattern, paths) => {
    expect(expandGlob(pattern, tree)).toEqual(paths)
  })

  test.each([
    ['conf.d/*.conf', true],
    ['conf.d/a?', true],
    ['a[b', true],
    // nginx looks for the bytes only; glob(3) then takes it literally.
    ['a\\*', true],
    ['conf.d/{a,b}.conf', false],
    ['a]b', false],
  ])('%s goes to glob(3): %s', (pattern, expected) => {
    expect(isGlob(pattern)).toBe(expected)
  })

  test('relative ones are looked up from the current folder', () => {
    expect(expandGlob('conf/*', filesAt('conf/a', 'conf/b'))).toEqual(['conf/a', 'conf/b'])
    expect(expandGlob('*', filesAt('a', 'b/c'))).toEqual(['a', 'b'])
  })

  test('100,000 matches are found, an endless number is not', () => {
    const many = filesAt(...Array.from({ length: 100_000 }, (_, index) => `/n/${index}.conf`))
    expect(expandGlob('/n/*.conf', many)).toHaveLength(100_000)
    expect(expandGlob(`/n/${'.*/'.repeat(40)}x`, many)).toBeUndefined()
  })
})

test('byte order is that of UTF-8, not of UTF-16', () => {
  const sorted = ['', 'B', 'a', 'a-b', 'a/b', 'a0', 'aa', 'é', '\uffee', '𝔞']
  expect([...sorted].reverse().sort(compareBytes)).toEqual(sorted)
})
