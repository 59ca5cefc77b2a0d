/** Command lines that are read without yargs. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import yargs from 'yargs'
import { lintArguments, simpleArguments } from '../../src/cli/arguments.ts'
import { lintOptions } from '../../src/cli/lint-options.ts'
import { parserConfiguration, yargsOptions } from '../../src/cli/yargs-options.ts'
import { runIn } from './run-in.ts'

describe('read without yargs', () => {
  test.each<[string, Record<string, unknown>]>([
    ['', { _: [] }],
    ['nginx.conf conf.d/a.conf', { _: ['nginx.conf', 'conf.d/a.conf'] }],
    ['--fix --only-named a', { _: ['a'], fix: true, onlyNamed: true }],
    ['a --allow-hardlinks --fix', { _: ['a'], allowHardlinks: true, fix: true }],
    ['--quiet -- --fix rules', { _: ['--fix', 'rules'], quiet: true }],
    ['-f json --format=github a', { _: ['a'], format: ['json', 'github'] }],
    ['--path-map /etc/nginx=. --no-color a', { _: ['a'], pathMap: ['/etc/nginx=.'], color: false }],
    ['--max-warnings 0 --config rules', { _: [], maxWarnings: ['0'], config: ['rules'] }],
  ])('%s', (line, parsed) => expect(simpleArguments(line.split(' ').filter(Boolean))).toEqual(parsed))
})

describe('left to yargs', () => {
  test.each([
    'rules',
    '--fxi a',
    '-',
    '-fjson',
    '--test a --format',
    '--format --fix a',
    '--format= a',
    '--backup= a',
    '--rule "a:b"',
    '--fix=false a',
    '--fix true',
    '--quiet a false',
    '--no-fix a',
    '--fix true a',
    '--color --no-color a',
    '--config a --no-config',
  ])('%s', (line) => expect(simpleArguments(line.split(' '))).toBeUndefined())
})

const word = fc.constantFrom(
  ...Object.entries(lintOptions).flatMap(([name, { alias }]) => [`--${name}`, `--no-${name}`, `-${alias ?? name}`]),
  ...Object.keys(lintOptions).flatMap((name) => [`--${name}=a`, `--${name}=`, `--${name}="a=b"`]),
  ...['a', 'b.conf', '1.25', 'rules', '--', '-', '', "'a'", 'true', 'false', '-1'],
)

test('both ways read the same', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 5 }), (argv) => {
      const simple = simpleArguments(argv)
      fc.pre(simple !== undefined)
      const parser = yargs(argv).parserConfiguration(parserConfiguration).options(yargsOptions(lintOptions))
      const parsed = parser.exitProcess(false).help(false).version(false).strictOptions().parseSync()
      expect(lintArguments(simple)).toEqual(lintArguments(parsed))
    }),
    { numRuns: 1000 },
  )
})

test('both ways come to the same end', async () => {
  const files = { 'a.conf': 'server { location /ws { proxy_pass http://a:1; } }\n' }
  const simple = await runIn(files, ['--diff', 'a.conf', '--unsafe-fixes'])
  expect(await runIn(files, ['--diff', 'a.conf', '--unsafe-fixes', '--quiet=false'])).toEqual(simple)
  expect(simple.code).toBe(1)
})
