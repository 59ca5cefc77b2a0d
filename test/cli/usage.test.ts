/** What is said of command lines that can't be run: one line, exit 2, and nothing on standard output. */
import { describe, expect, test } from '@jest/globals'
import { commandNames } from '../../src/cli/command-names.ts'
import type { Io } from '../../src/cli/io.ts'
import { run } from '../../src/cli/run.ts'
import { type Files, Folder, runIn } from './run-in.ts'

const FILES: Files = {
  'nginx.conf': 'events {}\n',
  'empty/readme.txt': 'nothing here',
  round: { link: 'round' },
  refused: 'nginx: [emerg] "x" is wrong in /a:1\nnginx: configuration file /a test failed\n',
}

const LINES: Readonly<Record<string, string>> = {
  'nginx.cnf': 'nginx.cnf: no such file or folder; did you mean "nginx.conf"?',
  'empty/redme.txt': 'empty/redme.txt: no such file or folder; did you mean "readme.txt"?',
  'trce ws://localhost': 'trce: no such file or folder; did you mean "trace"?',
  '--config gone.json nginx.conf': '--config: gone.json: no such file or folder',
  '--print-config empty': '--print-config: empty: no regular file, but a device, pipe or socket',
  'explain proxy_pas':
    'no rule or directive is called "proxy_pas"; did you mean "proxy_pass"? ("ngxlint rules" lists them)',
  'missing/nginx.conf': 'missing/nginx.conf: no such file or folder',
  'fix nginx.conf': 'fix: no such file or folder; did you mean "--fix"?',
  hepl: 'hepl: no such file or folder; did you mean "help"?',
  '-v': 'there is no option "-v"; did you mean "--verbose" or "--version"? (see ngxlint --help)',
  '-q nginx.conf': 'there is no option "-q"; did you mean "--quiet"? (see ngxlint --help)',
  '-': 'standard input is empty: has the command failed that should print a configuration?',
  'trace ws://localhost/ -': 'standard input is empty: has the command failed that should print a configuration?',
  round: 'round: a symbolic link that leads nowhere',
  refused:
    'refused holds no configuration, but what nginx says of one that it refuses: "x" is wrong in /a:1; lint the files themselves: ngxlint /a',
  ruls: 'ruls: no such file or folder; did you mean "rules"?',
  '/dev/null': '/dev/null: no regular file, but a device, pipe or socket',
  empty: 'empty: a folder without configurations (no nginx.conf, no *.conf)',
  '--fxi nginx.conf': 'there is no option "--fxi"; did you mean "--fix"? (see ngxlint --help)',
  '--unsafe nginx.conf': 'there is no option "--unsafe"; did you mean "--unsafe-fixes"? (see ngxlint --help)',
  '-x nginx.conf': 'there is no option "-x" (see ngxlint --help)',
  'nginx.conf -f': '-f needs a value',
  'nginx.conf --format': '--format needs a value',
  'nginx.conf -f jsn':
    'there is no format "jsn"; did you mean "json"? (codeframe, compact, json, sarif, github, gitlab, checkstyle, junit)',
  'nginx.conf --rule websocket/upgrade-header':
    '"websocket/upgrade-header" names no severity: write websocket/upgrade-header:off, :info, :warn or :error',
  'nginx.conf --rule upgrade-header:off':
    'no rule is called "upgrade-header"; did you mean "websocket/upgrade-header"?',
  'nginx.conf --rule syntax:loud': '"loud" is no severity: write syntax:off, :info, :warn or :error',
  'nginx.conf --rule syntax=off': '"syntax=off" names no severity: write syntax:off, :info, :warn or :error',
  'nginx.conf --fix=yes': '--fix takes no value: write --fix alone',
  'nginx.conf --diff=patch.txt': '--diff takes no value: write --diff alone',
  'trace ws://localhost --json=out.json': '--json takes no value: write --json alone',
  'nginx.conf -fix': 'there is no option "-fix"; did you mean "--fix"? (see ngxlint --help)',
  'nginx.conf -format json': 'there is no option "-format"; did you mean "--format"? (see ngxlint --help)',
  'lint nginx.conf': 'lint: no such file or folder; name the files alone, as in "ngxlint nginx.conf"',
  '': 'a path is empty: name a file or a folder',
  'nginx.conf --max-warnings few': '--max-warnings: "few" is no number of warnings',
  'nginx.conf --max-warnings=-1': '--max-warnings: "-1" is no number of warnings',
  'nginx.conf --nginx-version 99.1': '--nginx-version: "99.1" is no version of nginx; write 1.24.0, or "auto"',
  'nginx.conf --nginx-version auto':
    '--nginx-version auto: no nginx here answers "nginx -v"; name the version, as 1.24.0',
  'nginx.conf --prefix nginx.conf': '--prefix: nginx.conf is no folder',
  'nginx.conf --path-map /etc/nginx=cnof': '--path-map: cnof does not exist',
  'nginx.conf --path-map /etc/nginx': '--path-map: "/etc/nginx" is not FROM=TO, as in /etc/nginx=./conf',
  'rules --fix': '"ngxlint rules" has no option "--fix" (see ngxlint --help)',
  'explain syntax -f json': '"ngxlint explain" has no option "-f" (see ngxlint --help)',
  'nginx.conf --insecure': 'ngxlint has no option "--insecure" (see ngxlint --help)',
  'rules websocket': 'rules: "websocket" is one word too many (see ngxlint --help)',
  'explain syntax alias': 'explain: "alias" is one word too many (see ngxlint --help)',
  'init nginx': 'init: "nginx" is one word too many (it looks at the current folder)',
  'completion bash': 'completion: "bash" is one word too many (see ngxlint --help)',
  'probe ws://localhost --prefix /etc': '--prefix: it is about a configuration; name one with --conf FILE',
  'nginx.conf --no-config --config gone.json': '--config: gone.json: no such file or folder',
  'explain no-such-thing-at-all': 'no rule or directive is called "no-such-thing-at-all" ("ngxlint rules" lists them)',
  'explain includes': '"includes" is a category of rules; name one: includes/unresolved',
  'explain upgrade-heder':
    'no rule or directive is called "upgrade-heder"; did you mean "websocket/upgrade-header"? ("ngxlint rules" lists them)',
  explain: 'explain: name a rule ("ngxlint rules" lists them)',
}

/** Options that nothing would come of. */
const UNHEARD: Readonly<Record<string, string>> = {
  'nginx.conf --stdin-filename x': '--stdin-filename: it names what comes by standard input: give "-" as a path',
  'nginx.conf --diff -f json': '--format: --diff prints a patch in the place of a report, and writes nothing',
  'nginx.conf --diff -o x': '--output-file: --diff prints a patch in the place of a report, and writes nothing',
  'nginx.conf --fix --diff --max-warnings 0':
    '--max-warnings: --diff prints a patch in the place of a report, and writes nothing',
  'nginx.conf --diff --baseline x --prune-baseline':
    '--prune-baseline: --diff prints a patch in the place of a report, and writes nothing',
  'nginx.conf --unsafe-fixes': '--unsafe-fixes: without --fix or --diff there are no fixes for it to add to',
  'nginx.conf --diff --backup': '--backup: with --diff nothing is written',
  'nginx.conf --test': '--test: without --fix nothing is written',
  'nginx.conf --allow-hardlinks': '--allow-hardlinks: without --fix nothing is written',
  '- --fix --backup=x': '--backup: what comes by standard input is not written to a file',
  '--only-named': '--only-named: name the files',
  '--print-config nginx.conf --fix': '--fix: --print-config shows what holds for a file, and lints none',
  '--print-config nginx.conf -f json': '--format: --print-config shows what holds for a file, and lints none',
  '--print-config nginx.conf empty': 'empty: --print-config has a value of its own, and is about that file',
  'nginx.conf --write-baseline --fix': '--fix: fix first, then write down what is left with --write-baseline',
  'nginx.conf --write-baseline --max-warnings 0':
    '--max-warnings: --write-baseline writes down what there is, and reports nothing',
  'nginx.conf --write-baseline=x --baseline y': '--baseline: --write-baseline says where the baseline goes',
  'nginx.conf --no-baseline --prune-baseline': '--prune-baseline: with --no-baseline there is none',
}

describe('bad command lines', () => {
  test.each(Object.entries({ ...LINES, ...UNHEARD }))('%s', async (line, message) => {
    // Without a PATH there is no nginx to ask.
    const outcome = await runIn(FILES, line.split(' '), { env: { PATH: '/nonexistent' } })
    expect(outcome).toEqual({ code: 2, out: '', err: `ngxlint: ${message}\n` })
  })

  test('escape sequences in them do not reach the terminal', async () => {
    const { err } = await runIn(FILES, ['\x1b[31mred'])
    expect(err).toBe('ngxlint: \\x1b[31mred: no such file or folder\n')
  })
})

test('a bug is called one, with its stack, and ends with 2', async () => {
  const folder = new Folder(FILES)
  try {
    const broken: Io = {
      ...folder.io(),
      out: () => {
        throw new TypeError('no \x1b[31mway')
      },
    }
    let err = ''
    expect(await run(['rules'], { ...broken, err: (text) => (err += text) })).toBe(2)
    expect(err).toMatch(/^ngxlint: this is a bug in ngxlint, please report it\nTypeError: no \\x1b\[31mway\n +at /)
  } finally {
    folder.remove()
  }
})

describe('help', () => {
  test.each([['--help'], ['-h'], ['explain', '--help']])('%s fits a screen of 80 columns', async (...args) => {
    const { code, out, err } = await runIn(FILES, args)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const lines = out.split('\n')
    expect(lines.length).toBeLessThanOrEqual(40)
    expect(lines.filter((line) => line.length > 80)).toEqual([])
  })

  test.each(commandNames)('%s has its own, behind it or behind "help"', async (name) => {
    const { code, out } = await runIn(FILES, [name, '--help'])
    expect(code).toBe(0)
    expect(out).toContain(`\nUsage: ngxlint ${name} `)
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
    for (const words of [
      ['help', name],
      ['--help', name],
      [name, '-h'],
    ])
      expect(await runIn(FILES, words)).toEqual({ code: 0, out, err: '' })
  })

  test('the word is as good as the option', async () =>
    expect(await runIn(FILES, ['help'])).toEqual(await runIn(FILES, ['--help'])))

  test('an empty standard input that an editor hands over has no problems', async () =>
    expect(await runIn(FILES, ['-', '--stdin-filename', 'conf.d/new.conf'])).toMatchObject({ code: 0 }))

  test('the version is that of the package', async () => {
    const { code, out } = await runIn(FILES, ['--version'])
    expect(code).toBe(0)
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  test('completion is a script for a shell', async () => {
    const { code, out } = await runIn(FILES, ['completion'])
    expect(code).toBe(0)
    expect(out).toContain('complete')
    expect(out).toContain('ngxlint')
  })
})

describe('rules and explain', () => {
  test('rules lists each rule with its severity and fix', async () => {
    const { code, out } = await runIn(FILES, ['rules'])
    expect(code).toBe(0)
    expect(out).toMatch(/^websocket\/upgrade-header +error +--fix\n {2}\S/m)
    expect(out).toMatch(/^websocket\/read-timeout +warning +--fix --unsafe-fixes\n/m)
    expect(out).toMatch(/^unused-suppression +warning +--fix\n/m)
  })

  test.each([
    ['duplicate', ['directives/duplicate', 'locations/duplicate']],
    ['unknown', ['directives/unknown', 'variables/unknown']],
    ['variables/unknown', ['variables/unknown']],
  ])('explain %s prints the page of each rule of that name', async (name, ids) => {
    const { out, code } = await runIn(FILES, ['explain', name])
    const titles = out.split('\n').filter((line) => /^[a-z-]+\/[a-z-]+$/.test(line))
    expect({ code, titles }).toEqual({ code: 0, titles: ids })
  })

  test('explain prints a page, by its name with or without the category', async () => {
    const whole = await runIn(FILES, ['explain', 'websocket/http-version'])
    expect(whole.code).toBe(0)
    expect(whole.out).toMatch(/^websocket\/http-version\n\n/)
    for (const part of ['\nBad:\n\n    ', '\nGood:\n\n    ', '\nWhy\n\n', 'error, fixed by --fix. See https://'])
      expect(whole.out).toContain(part)
    expect(whole.out.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(await runIn(FILES, ['explain', 'http-version'])).toEqual(whole)
  })
})
