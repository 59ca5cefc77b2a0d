/** What `--fix` may write, what it says of what it keeps, and what never reaches a terminal. */
import { linkSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { thisProcess } from '../../src/fix/write/process-identity.ts'
import { formats } from '../../src/report/index.ts'
import { type Files, type Surroundings, within } from './run-in.ts'

const SITE = 'server {\n\tlocation /ws {\n\t\tproxy_pass http://app;\n\t}\n}\n'
const MAIN = 'events {}\nhttp {\n\tinclude SITES;\n}\n'
const isFixed = (text: string) => text.includes('proxy_http_version 1.1;')

describe('files outside of the folders that were named', () => {
  const outside = (sites: string): Files => ({
    'etc/nginx.conf': MAIN.replace('SITES', sites),
    'etc/own.conf': SITE,
    'home/site.conf': SITE,
  })

  test('are not written, by an include or behind a link; it is said, and --diff shows the same', () =>
    within({ ...outside('*.conf'), 'etc/link.conf': { link: '../home/site.conf' } }, async (folder) => {
      writeFileSync(
        join(folder.path, 'etc/nginx.conf'),
        MAIN.replace('SITES', 'own.conf; include link.conf; include ../home/*.conf'),
      )
      const diff = await folder.run(['--diff', 'etc/nginx.conf'])
      expect(diff.out).not.toContain('home/site.conf')
      const { code, err } = await folder.run(['--fix', 'etc/nginx.conf', '-f', 'compact'])
      expect(code).toBe(1)
      expect(err).toMatch(
        /^ngxlint: not fixed, since it is outside of etc: .*link\.conf.*; name it too to have it fixed\n$/,
      )
      expect([isFixed(folder.read('etc/own.conf')), isFixed(folder.read('home/site.conf'))]).toEqual([true, false])
    }))

  test('are written when they are named, by either name', () =>
    within({ ...outside('*.conf'), 'etc/link.conf': { link: '../home/site.conf' } }, async (folder) => {
      writeFileSync(join(folder.path, 'etc/nginx.conf'), MAIN.replace('SITES', 'link.conf'))
      expect(await folder.run(['--fix', 'etc/nginx.conf', 'etc/link.conf', '--quiet'])).toMatchObject({ code: 0 })
      expect(isFixed(folder.read('home/site.conf'))).toBe(true)
    }))

  test('those below a prefix are its own', () =>
    within(outside('site.conf'), async (folder) => {
      await folder.run(['--fix', 'etc/nginx.conf', '--prefix', 'home', '--quiet'])
      expect(isFixed(folder.read('home/site.conf'))).toBe(true)
    }))
})

describe('files with several names', () => {
  test('are refused, unless that is allowed', () =>
    within({ 'a.conf': SITE }, async (folder) => {
      linkSync(join(folder.path, 'a.conf'), join(folder.path, 'b'))
      const { code, err } = await folder.run(['--fix', 'a.conf'])
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('a.conf has 2 names (hard links)') })
      expect(await folder.run(['--fix', 'a.conf', '--allow-hardlinks', '--quiet'])).toMatchObject({ code: 0 })
      expect([isFixed(folder.read('a.conf')), folder.read('b')]).toEqual([true, SITE])
    }))
})

describe('--backup', () => {
  test('keeps the originals beside the main configuration, where no include looks', () =>
    within({ 'nginx.conf': MAIN.replace('SITES', '*/*.conf'), 'c/a.conf': SITE }, async (folder) => {
      const { err } = await folder.run(['--fix', '--backup', 'nginx.conf', '-f', 'compact'])
      const [, kept = ''] = /the originals are in (\.ngxlint-backup\/\S+), by their whole paths/.exec(err) ?? []
      expect(folder.read(join(kept, folder.path, 'c/a.conf'))).toBe(SITE)
      expect(statSync(join(folder.path, kept)).mode & 0o777).toBe(0o700)
      expect(await folder.run(['nginx.conf', '-f', 'json'])).toMatchObject({ code: 0 })
    }))

  test('=DIR keeps them there; nothing is made when there is nothing to fix', () =>
    within({ 'a.conf': SITE }, async (folder) => {
      await folder.run(['--fix', '--backup=old', 'a.conf', '--quiet'])
      expect(readdirSync(join(folder.path, 'old'))).toHaveLength(1)
      await folder.run(['--fix', '--backup=old', 'a.conf', '--quiet'])
      expect(readdirSync(join(folder.path, 'old'))).toHaveLength(1)
    }))

  test('not where a link leads', () =>
    within({ 'a.conf': SITE, '.ngxlint-backup': { link: '/tmp' } }, async (folder) => {
      const { code, err } = await folder.run(['--fix', '--backup', 'a.conf'])
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('is a link; name a folder') })
      expect(folder.read('a.conf')).toBe(SITE)
    }))
})

test.each(['--backup', '--test', '--test=true', '--allow-hardlinks'])('%s is for --fix', (option) =>
  within({ 'a.conf': SITE }, async (folder) => {
    for (const args of [[], ['--fix', '--diff']]) {
      const { code, err } = await folder.run([option, ...args, 'a.conf'])
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(option.replace('=true', '')) })
    }
    expect(await folder.run(['--fix', option, '-'], { input: SITE })).toMatchObject({ code: 2, out: '' })
  }),
)

/** What would steer a terminal: controls, escape sequences, marks that turn the direction of writing. */
const STEERS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  /[\x00-\x08\x0b-\x1f\x7f\u0080-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u
const HOSTILE = '\x1b]0;owned\x07\x1b[31m\x9b31m\r\x08\x00\xe2\x80\xae\xe2\x80\x8b\xc2\x9b::error::owned ##[error]owned'
const HOSTILE_NAME = '::error file=x::\x1b[31m##[group]\r\u202e.conf'
const hostileSite = `server { location /ws { # ${HOSTILE}\n::stop-commands::x ##[add-mask]y;\n; proxy_pass http://app # \r::error::x\n}\n::warning::x;\n}\n`
const words = ` ${'x'.repeat(70)} ::error::wrapped`
const HOSTILE_FILES: Files = {
  [`c/${HOSTILE_NAME}`]: hostileSite,
  'nginx.conf': `events {}\nhttp {\n include c/*;\n include "${HOSTILE}";\n add_header "${words}" 1;\n "::error::${words}" 1;\n}\n}\n`,
}

describe('what a file holds or is called does not steer', () => {
  const all: [string, readonly string[]][] = [
    ...formats.map((format): [string, string[]] => [`-f ${format}`, ['nginx.conf', '-f', format]]),
    ['--verbose', ['nginx.conf', '--verbose']],
    ['--diff', ['nginx.conf', '--diff']],
    ['a file of that name', [`c/${HOSTILE_NAME}`]],
    ['a file of that name, fixed', ['--fix', `c/${HOSTILE_NAME}`, '--stats']],
    ['no file of that name', [`${HOSTILE_NAME}x`]],
    ['an option of that name', [`--${HOSTILE_NAME}`]],
    ['trace', ['trace', 'ws://x/ws', 'nginx.conf']],
    ['trace of a URL like that', ['trace', `ws://x/${HOSTILE_NAME}`, 'nginx.conf']],
    ['trace as JSON', ['trace', 'ws://x/ws', 'nginx.conf', '-f', 'json']],
    ['probe of a URL like that', ['probe', `ws://${HOSTILE_NAME}/`]],
    ['explain something like that', ['explain', HOSTILE_NAME]],
    ['a rule of that name', ['--rule', `${HOSTILE_NAME}:off`, 'nginx.conf']],
    ['settings of that name', ['--config', HOSTILE_NAME, 'nginx.conf']],
    ['a baseline of that name', ['--baseline', HOSTILE_NAME, 'nginx.conf']],
    ['the settings of a file of that name', ['--print-config', `c/${HOSTILE_NAME}`]],
    ['standard input, fixed', ['--fix', '-']],
  ]
  const run = (args: readonly string[], surroundings: Surroundings) =>
    within(HOSTILE_FILES, (folder) => folder.run(args, { input: hostileSite, ...surroundings }))

  test.each(all)('a terminal: %s', async (_, args) => {
    const { out, err } = await run(args, { isTerminal: true, env: { NO_COLOR: '1' } })
    const text = Buffer.from(out + err, 'latin1').toString()
    expect(text.match(STEERS)).toBeNull()
    expect(text).not.toBe('')
  })

  test.each(all.filter(([name]) => !name.startsWith('standard input')))("GitHub's log: %s", async (_, args) => {
    const { out, err } = await run(args, { env: { GITHUB_ACTIONS: 'true' } })
    const commands = (text: string) =>
      Buffer.from(text, 'latin1')
        .toString()
        .split(/\r\n|\r|\n/)
        .filter((line) => /^\s*::/.test(line) || line.includes('##['))
    expect(commands(err)).toEqual([])
    const found = commands(out)
    if (args.includes('github')) {
      // Its own, each with one of ours in the place of the message's start.
      for (const line of found)
        expect(line).toMatch(/^::(?:(?:error|warning|notice) file=[^:]*,title=[^:]*::|group::ngxlint: |endgroup::)/)
    } else if (args.includes('--diff')) {
      // Switched off before what files hold, and on again after it, by a word that these can't know.
      const [first = '', ...rest] = found
      const [, token = '-'] = /^::stop-commands::([0-9a-f]{32})$/.exec(first) ?? []
      expect(rest.at(-1)).toBe(`::${token}::`)
      expect(out.startsWith(`${first}\n`) && out.endsWith(`\n::${token}::\n`)).toBe(true)
    } else expect(found).toEqual([])
  })
})

test(
  'a journal and a lock that came with a pull request do nothing outside of it',
  () =>
    within({ 'repo/nginx.conf': 'events {}\n', 'etc/passwd': 'root' }, async (folder) => {
      const hash = '4813494d137e1631bba301d5acab6e7bb7aa74ce1185d456565ef51d737677b2' // of "root"
      const id = '0123456789abcdef'
      const files = [{ path: `${folder.path}/etc/passwd`, oldHash: '0'.repeat(64), newHash: hash }]
      writeFileSync(join(folder.path, 'etc', `.ngxlint-${id}-0.old`), 'mine')
      mkdirSync(join(folder.path, 'else'))
      writeFileSync(join(folder.path, 'else/.ngxlint-journal'), JSON.stringify({ version: 1, id, files }))
      const lock = { ...thisProcess(), boot: 'of yesterday', id, journalFolder: `${folder.path}/else` }
      for (const [name, text] of [
        ['.ngxlint-journal', { version: 1, id, files }],
        ['.ngxlint-lock', lock],
      ] as const) {
        writeFileSync(join(folder.path, 'repo', name), JSON.stringify(text))
        await folder.run(['repo/nginx.conf'])
        await folder.run(['--fix', 'repo/nginx.conf', '--quiet']).catch(() => {})
        expect(folder.read('etc/passwd')).toBe('root')
      }
    }),
  30_000,
)
