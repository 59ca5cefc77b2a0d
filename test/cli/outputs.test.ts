/** `--format`, `--output-file`, `--stats`, and what is shown while a run takes long. */
import { describe, expect, test } from '@jest/globals'
import { projectFolder } from '../../src/cli/project-folder.ts'
import { run } from '../../src/cli/run.ts'
import { Folder, type Outcome, runIn } from './run-in.ts'

const BAD = 'events {}\nhttp {\n  server {\n'
const FILES = { 'nginx.conf': BAD }

describe('formats', () => {
  const COMPACT = /^nginx\.conf:3:\d+: error: .* \[syntax\]$/m

  async function inFolder(args: readonly string[]): Promise<Outcome & { readonly read: (name: string) => string }> {
    const folder = new Folder(FILES)
    try {
      const outcome = await folder.run(['nginx.conf', ...args])
      const texts = new Map(folder.names().map((name) => [name, folder.read(name)]))
      return { ...outcome, read: (name) => texts.get(name) ?? '' }
    } finally {
      folder.remove()
    }
  }

  test('several at once, each to its place', async () => {
    const { code, out, read } = await inFolder(['-f', 'sarif:out.sarif', '--format', 'compact', '--format=json:a:b'])
    expect(code).toBe(1)
    expect(out).toMatch(COMPACT)
    expect(JSON.parse(read('out.sarif')).version).toBe('2.1.0')
    expect(JSON.parse(read('a:b')).summary.errors).toBeGreaterThan(0)
  })

  test('--output-file is for the one that names no file', async () => {
    const { out, read } = await inFolder(['-f', 'json:out.json', '-f', 'compact', '-o', 'out.txt'])
    expect(out).toBe('')
    expect(read('out.txt')).toMatch(COMPACT)
    expect(JSON.parse(read('out.json')).version).toBe(1)
  })

  test('a dash is standard output', async () => {
    const { out } = await inFolder(['-f', 'compact:-', '-f', 'json:out.json'])
    expect(out).toMatch(COMPACT)
  })

  test.each<[string, string]>([
    ['-f json -f sarif', '--format: json and sarif would both go to standard output; write --format sarif:FILE'],
    ['-f json:x -f sarif:./x', '--format: json and sarif would both go to one file; write --format sarif:FILE'],
    ['-f json:x -o y', '--output-file: each --format names a file of its own already'],
    ['-f json:', '--format: "json:" names no file: write json:FILE, or json alone'],
    ['-f jsn:x', 'there is no format "jsn"; did you mean "json"?'],
  ])('%s', async (line, message) => {
    const { code, out, err } = await runIn(FILES, ['nginx.conf', ...line.split(' ')])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err.startsWith(`ngxlint: ${message}`)).toBe(true)
  })

  test('a file that can’t be written', async () => {
    const { code, err } = await runIn(FILES, ['nginx.conf', '-f', 'json:gone/x.json'])
    expect(code).toBe(2)
    expect(err).toMatch(/^ngxlint: the report can't be written: ENOENT/)
  })

  test.each<[string, string[]]>([
    ['the main file', ['nginx.conf', '-o', 'nginx.conf']],
    ['one that it includes, under another name', ['nginx.conf', '-f', 'json:link']],
    ['one that a fix would change', ['nginx.conf', '--fix', '-o', 'sites/a']],
    ['the name of the report, which was forgotten', ['--output-file', 'other.conf']],
  ])('no configuration is overwritten by a report: %s', async (_, args) => {
    const folder = new Folder({
      'nginx.conf': 'events {}\nhttp {\n  include sites/*;\n}\n',
      'sites/a': 'server { location /ws { proxy_pass http://127.0.0.1:1; } }\n',
      'other.conf': 'server {}\n',
      link: { link: 'sites/a' },
    })
    try {
      const texts = () => ['nginx.conf', 'sites/a', 'other.conf'].map((name) => folder.read(name))
      const before = texts()
      const { code, err } = await folder.run(args)
      expect(code).toBe(2)
      const name = args.at(-1)?.replace('json:', '')
      expect(err).toContain(`ngxlint: the report would overwrite the configuration ${name}: name another file for it\n`)
      expect(texts()).toEqual(before)
    } finally {
      folder.remove()
    }
  })

  test.each(['github', 'gitlab', 'sarif'])('%s names a file behind a link as git knows it', async (format) => {
    const folder = new Folder({
      'nginx.conf': 'events {}\nhttp {\n  include sites-enabled/*;\n}\n',
      'sites-available/chat': 'server { location /ws { proxy_pass http://127.0.0.1:1; } }\n',
      'sites-enabled/chat': { link: '../sites-available/chat' },
    })
    try {
      const { out } = await folder.run(['nginx.conf', '--format', format])
      expect(out).toContain('sites-available/chat')
      expect(out).not.toContain('sites-enabled')
    } finally {
      folder.remove()
    }
  })

  test('quoted sources are in colour on a terminal only', async () => {
    const folder = new Folder(FILES)
    try {
      const { out } = await folder.run(['nginx.conf', '-f', 'codeframe:frames', '-f', 'compact'], { isTerminal: true })
      expect(out).not.toContain('\x1b')
      expect(folder.read('frames')).not.toContain('\x1b')
    } finally {
      folder.remove()
    }
  })
})

describe('the folder that paths are relative to', () => {
  const env = { GITHUB_WORKSPACE: '/home/runner/work/' }
  test.each<['sarif' | 'codeframe', string, string]>([
    ['sarif', '/home/runner/work/etc', '/home/runner/work'],
    ['codeframe', '/home/runner/work/etc', '/home/runner/work/etc'],
    ['sarif', '/home/runner/worker', '/home/runner/worker'],
    ['sarif', '/home/runner/work', '/home/runner/work'],
  ])('%s in %s: %s', (format, cwd, folder) => expect(projectFolder(format, { cwd, env })).toBe(folder))
})

describe('stats', () => {
  test('a table on standard error', async () => {
    const { out, err } = await runIn(FILES, ['nginx.conf', '-f', 'compact', '--stats'])
    expect(out).toMatch(/^nginx\.conf:/)
    expect(err).toBe(
      [
        '1 file, 28 bytes',
        '  find            0.0 ms',
        '  read            0.0 ms',
        '  model           0.0 ms',
        '  rules           0.0 ms',
        '  suppressions    0.0 ms',
        '  report          0.0 ms',
        '  start and rest  0.0 ms',
        '  in all          0.0 ms',
        '',
      ].join('\n'),
    )
  })

  test('and in JSON', async () => {
    const { out } = await runIn(FILES, ['nginx.conf', '-f', 'json', '--stats'])
    expect(JSON.parse(out).stats).toMatchObject({ files: 1, bytes: 28, milliseconds: 0 })
    expect(JSON.parse((await runIn(FILES, ['nginx.conf', '-f', 'json'])).out)).not.toHaveProperty('stats')
  })
})

describe('progress', () => {
  /** Every look at the clock takes some time. */
  async function slowRun(step: number, world: { readonly isErrorTerminal: boolean; readonly TERM?: string }) {
    const folder = new Folder(FILES)
    let now = 0
    let err = ''
    try {
      const io = folder.io(world.TERM === undefined ? {} : { env: { TERM: world.TERM } })
      await run(['nginx.conf'], {
        ...io,
        isErrorTerminal: world.isErrorTerminal,
        elapsed: () => {
          now += step
          return now
        },
        out: () => {
          err += '<report>'
        },
        err: (text) => {
          err += text
        },
      })
    } finally {
      folder.remove()
    }
    return err
  }

  test('is one line that makes room for the report', async () => {
    const err = await slowRun(500, { isErrorTerminal: true })
    expect(err).toContain('\rngxlint: rules websocket/upgrade-header (1 file read)\x1b[K')
    expect(err.endsWith('\r\x1b[K<report>')).toBe(true)
    expect(err).not.toContain('\n')
  })

  test.each([
    ['a fast run', 0.1, { isErrorTerminal: true }],
    ['no terminal', 500, { isErrorTerminal: false }],
    ['a dumb terminal', 500, { isErrorTerminal: true, TERM: 'dumb' }],
  ] as const)('%s has none', async (_, step, world) => expect(await slowRun(step, world)).toBe('<report>'))
})
