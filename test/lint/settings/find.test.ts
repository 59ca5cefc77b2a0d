import { describe, expect, test } from '@jest/globals'
import { memoryFiles } from '../../../src/config/index.ts'
import { fileSettings } from '../../../src/lint/settings/file-settings.ts'
import { findSettings } from '../../../src/lint/settings/find.ts'
import { fileMatcher } from '../../../src/lint/settings/glob.ts'

describe('the settings file that holds', () => {
  const files = memoryFiles({ '/p/ngxlint.config.yaml': '', '/p/a/ngxlint.config.json': '', '/p/a/b/x.conf': '' })
  test.each([
    ['/p', '/p/ngxlint.config.yaml'],
    ['/p/q/r', '/p/ngxlint.config.yaml'],
    ['/p/a/b', '/p/a/ngxlint.config.json'],
    ['/q', undefined],
  ])('%s', (folder, found) => {
    const known = new Map<string, string | undefined>()
    expect(findSettings(folder, files, known)).toBe(found)
    expect(findSettings(folder, files, known)).toBe(found)
  })

  test('two in one folder are refused', () => {
    const two = memoryFiles({ '/ngxlint.config.yaml': '', '/ngxlint.config.json': '' })
    expect(() => findSettings('/a', two)).toThrow(
      'two settings files in one folder, keep one: /ngxlint.config.json and /ngxlint.config.yaml',
    )
  })
})

describe('globs', () => {
  test.each<[string, string, boolean]>([
    ['*.conf', '/p/a.conf', true],
    ['*.conf', '/p/x/y/a.conf', true],
    ['conf.d/*.conf', '/p/conf.d/a.conf', true],
    ['./conf.d/*.conf', '/p/conf.d/a.conf', true],
    ['conf.d/*.conf', '/p/x/conf.d/a.conf', false],
    ['conf.d/*.conf', '/q/conf.d/a.conf', false],
    ['**/conf.d/**', '/p/x/conf.d/y/a.conf', true],
    ['legacy/', '/p/legacy/x/a.conf', true],
    ['legacy', '/p/legacy/a.conf', false],
    ['/etc/nginx/**', '/etc/nginx/a.conf', true],
    ['{a,b}.conf', '/p/x/b.conf', true],
    ['.*', '/p/.hidden', true],
    ['*', '/p/.hidden', true],
  ])('%s %s', (glob, path, isMatch) => expect(fileMatcher([glob], '/p')(path)).toBe(isMatch))
})

test('of the overrides that fit, the last holds; options add up; a file goes by both of its names', () => {
  const of = fileSettings(
    {
      rules: { a: 'warn', b: { severity: 'info', x: 1 } },
      overrides: [
        { files: ['old/**'], rules: { a: 'off', b: { y: 2 } } },
        { files: ['old/deep/**'], rules: { a: 'error' } },
      ],
      ignore: ['gen.conf'],
    },
    '/p',
  )
  expect(of({ path: '/p/x', realPath: '/p/x' })).toEqual({
    isIgnored: false,
    severities: { a: 'warn', b: 'info' },
    options: { b: { x: 1 } },
    origins: { a: ['rules', 'a'], b: ['rules', 'b'] },
  })
  expect(of({ path: '/p/link', realPath: '/p/old/deep/x' })).toMatchObject({
    severities: { a: 'error', b: 'info' },
    options: { b: { x: 1, y: 2 } },
    origins: { a: ['overrides', 1, 'rules', 'a'], b: ['overrides', 0, 'rules', 'b'] },
  })
  expect(of({ path: '/p/gen.conf', realPath: '/x' }).isIgnored).toBe(true)
})
