/** Command lines of names and switches, which are read without yargs. */
import { describe, expect, test } from '@jest/globals'
import { simpleArguments } from '../../src/cli/arguments.ts'
import { runIn } from './run-in.ts'

describe('read without yargs', () => {
  test.each<[string, Record<string, unknown>]>([
    ['', { _: [] }],
    ['nginx.conf conf.d/a.conf', { _: ['nginx.conf', 'conf.d/a.conf'] }],
    ['--fix --only-named a', { _: ['a'], fix: true, onlyNamed: true }],
    ['a --allow-hardlinks --fix', { _: ['a'], allowHardlinks: true, fix: true }],
    ['--quiet -- --fix rules', { _: ['--fix', 'rules'], quiet: true }],
  ])('%s', (line, parsed) => expect(simpleArguments(line.split(' ').filter(Boolean))).toEqual(parsed))
})

describe('left to yargs', () => {
  test.each(['-f json a', '--format=json a', 'rules', '--fxi a', '-', '--no-color a', '--test a', '--fix=false a'])(
    '%s',
    (line) => expect(simpleArguments(line.split(' '))).toBeUndefined(),
  )
})

test('both ways come to the same', async () => {
  const files = { 'a.conf': 'server { location /ws { proxy_pass http://a:1; } }\n' }
  const simple = await runIn(files, ['--diff', 'a.conf', '--unsafe-fixes'])
  expect(await runIn(files, ['--diff', 'a.conf', '--unsafe-fixes', '--prefix', '.'])).toEqual(simple)
  expect(simple.code).toBe(1)
})
