/** `ngxlint [paths…]`: which files it reads, what it prints, how it ends. */
import { describe, expect, test } from '@jest/globals'
import { type Files, Folder, runIn, type Surroundings, within } from './run-in.ts'

const GOOD = `map $http_upgrade $connection_upgrade {
    default upgrade;
    ''      close;
}
server {
    location /ws {
        proxy_pass http://app;
        proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection $connection_upgrade;
        proxy_read_timeout 1h;
    }
}
`
/** One error, and nothing else. */
const BAD = GOOD.replace('        proxy_http_version 1.1;\n', '')
/** One warning. */
const IDLE = GOOD.replace('        proxy_read_timeout 1h;\n', '')
const http = (text: string) => `events {}\nhttp {\n${text}}\n`

interface Row {
  readonly files: Files
  readonly args: readonly string[]
  readonly with?: Surroundings
  readonly code: number
  /** What `-f compact` prints, without messages. */
  readonly out?: readonly string[]
  readonly err?: string
}

const ROWS: Readonly<Record<string, Row>> = {
  'a good file': { files: { 'a.conf': GOOD }, args: ['a.conf'], code: 0, out: [] },
  'an error': { files: { 'a.conf': BAD }, args: ['a.conf'], code: 1, out: ['a.conf:6:5 error websocket/http-version'] },
  'a warning': {
    files: { 'a.conf': IDLE },
    args: ['a.conf'],
    code: 0,
    out: ['a.conf:6:5 warning websocket/read-timeout'],
  },
  'more warnings than allowed': {
    files: { 'a.conf': IDLE },
    args: ['a.conf', '--max-warnings', '0'],
    code: 1,
    out: ['a.conf:6:5 warning websocket/read-timeout'],
    err: 'ngxlint: 1 warning, and no more than 0 allowed\n',
  },
  'quiet: errors only': { files: { 'a.conf': IDLE }, args: ['a.conf', '--quiet'], code: 0, out: [] },
  'a rule turned off': {
    files: { 'a.conf': BAD },
    args: ['a.conf', '--rule', 'websocket/http-version:off'],
    code: 0,
    out: [],
  },
  'a rule made a warning; of two settings the later holds': {
    files: { 'a.conf': BAD },
    args: ['--rule', 'websocket/http-version:off', '--rule=websocket/http-version:warn', 'a.conf'],
    code: 0,
    out: ['a.conf:6:5 warning websocket/http-version'],
  },
  'a version that has the line by default': {
    files: { 'a.conf': BAD },
    args: ['a.conf', '--nginx-version', '1.29.7'],
    code: 0,
    out: [],
  },
  'no path: the nginx.conf here': {
    files: { 'nginx.conf': http(BAD) },
    args: [],
    code: 1,
    out: ['nginx.conf:8:5 error websocket/http-version'],
    err: 'ngxlint: no path given: reading nginx.conf\n',
  },
  'no path: the one above': {
    files: { 'conf/nginx.conf': http(GOOD), 'src/deep/x': '' },
    args: [],
    with: { below: 'src/deep' },
    code: 0,
    out: [],
    err: 'ngxlint: no path given: reading FOLDER/conf/nginx.conf\n',
  },
  'a folder with an nginx.conf': {
    files: { 'etc/nginx.conf': http('include sites/*;\n'), 'etc/sites/a': BAD, 'etc/other.conf': BAD },
    args: ['etc'],
    code: 1,
    out: ['etc/sites/a:6:5 error websocket/http-version'],
    err: 'ngxlint: etc is a folder: reading etc/nginx.conf and what it includes\n',
  },
  'a folder without: each *.conf that no other includes, and sites': {
    files: {
      'tree/a.conf': 'server { include b.conf; }\n',
      'tree/b.conf': 'location /ws { proxy_pass http://b; proxy_http_version 1.0; }\n',
      'tree/sites-available/site': BAD,
      'tree/sites-available/site.bak': BAD,
      'tree/notes': BAD,
      'tree/node_modules/x.conf': BAD,
    },
    args: ['tree', '--rule', 'websocket/upgrade-header:off', '--rule', 'websocket/connection-header:off', '--quiet'],
    code: 1,
    out: [
      'tree/b.conf:1:37 error websocket/http-version',
      'tree/sites-available/site:6:5 error websocket/http-version',
    ],
  },
  'several paths, one within another': {
    files: { 'nginx.conf': http('include a.conf;\n'), 'a.conf': BAD, 'c.conf': BAD },
    args: ['a.conf', 'nginx.conf', 'c.conf', './c.conf'],
    code: 1,
    out: ['a.conf:6:5 error websocket/http-version', 'c.conf:6:5 error websocket/http-version'],
  },
  'standard input': {
    files: {},
    args: ['-'],
    with: { input: BAD },
    code: 1,
    out: ['<stdin>:6:5 error websocket/http-version'],
  },
  'standard input by a name, with the includes of its folder': {
    files: { 'conf.d/a.conf': BAD },
    args: ['-', '--stdin-filename', 'nginx.conf'],
    with: { input: http('include conf.d/*.conf;\n') },
    code: 1,
    out: ['conf.d/a.conf:6:5 error websocket/http-version'],
  },
  'a dump of nginx -T': {
    files: {
      dump: `# configuration file /etc/nginx/nginx.conf:\n${http('include a.conf;\n')}\n# configuration file /etc/nginx/a.conf:\n${BAD}\n`,
    },
    args: ['dump'],
    code: 1,
    out: ['/etc/nginx/a.conf:6:5 error websocket/http-version'],
  },
  'a prefix': {
    files: { 'a/nginx.conf': http('include x.conf;\n'), 'b/x.conf': BAD },
    args: ['a/nginx.conf', '--prefix', 'b'],
    code: 1,
    out: ['b/x.conf:6:5 error websocket/http-version'],
  },
  'a path map': {
    files: { 'a/nginx.conf': http('include /srv/nginx/x.conf;\n'), 'b/x.conf': BAD },
    args: ['a/nginx.conf', '--path-map', '/srv/nginx=b'],
    code: 1,
    out: ['b/x.conf:6:5 error websocket/http-version'],
  },
}

describe('lint', () => {
  test.each(Object.entries(ROWS))('%s', async (_, row) => {
    const folder = new Folder(row.files)
    try {
      const { code, out, err } = await folder.run(['-f', 'compact', ...row.args], row.with)
      expect(code).toBe(row.code)
      expect(out.trimEnd().split('\n').filter(Boolean).map(withoutMessage)).toEqual(row.out ?? [])
      expect(err.replaceAll(folder.path, 'FOLDER')).toBe(row.err ?? '')
    } finally {
      folder.remove()
    }
  })

  test('the report goes to a file', async () => {
    const folder = new Folder({ 'a.conf': BAD })
    try {
      const outcome = await folder.run(['a.conf', '-f', 'json', '-o', 'report.json'], { isTerminal: true })
      expect(outcome).toEqual({ code: 1, out: '', err: '' })
      expect(JSON.parse(folder.read('report.json')).summary.errors).toBe(1)
    } finally {
      folder.remove()
    }
  })

  test('verbose says what was read', async () => {
    const { err } = await runIn({ 'a.conf': 'server { include gone.conf; }\n' }, ['a.conf', '--verbose'])
    expect(err).toContain('a.conf: a part of a configuration, at the level of "http"')
    expect(err).toContain('gone.conf: missing')
    expect(err).toContain('1 file read: a.conf')
  })
})

describe('colour', () => {
  const isColoured = async (surroundings: Surroundings, ...args: string[]) =>
    (await runIn({ 'a.conf': BAD }, ['a.conf', ...args], surroundings)).out.includes('\x1b[')

  test.each<[string, Surroundings, string[], boolean]>([
    ['a terminal', { isTerminal: true }, [], true],
    ['no terminal', {}, [], false],
    ['NO_COLOR', { isTerminal: true, env: { NO_COLOR: '1' } }, [], false],
    ['an empty NO_COLOR', { isTerminal: true, env: { NO_COLOR: '' } }, [], true],
    ['FORCE_COLOR', { env: { FORCE_COLOR: '1' } }, [], true],
    ['FORCE_COLOR=0', { isTerminal: true, env: { FORCE_COLOR: '0' } }, [], false],
    ['a dumb terminal', { isTerminal: true, env: { TERM: 'dumb' } }, [], false],
    ['--color', { env: { NO_COLOR: '1' } }, ['--color'], true],
    ['--no-color', { isTerminal: true }, ['--no-color'], false],
  ])('%s', async (_, surroundings, args, expected) => {
    expect(await isColoured(surroundings, ...args)).toBe(expected)
  })
})

function withoutMessage(line: string): string {
  const [, place, severity, rule] = /^(.*?:\d+:\d+): (\w+): .* \[(.*)\]$/.exec(line) ?? []
  return `${place} ${severity} ${rule}`
}

test('what --quiet keeps back is counted: with it there may be no errors, but problems', () =>
  within({ 'a.conf': IDLE, 'b.conf': GOOD }, async (folder) => {
    expect((await folder.run(['a.conf', '--quiet'])).out).toBe('no errors in 1 file; 1 more without --quiet\n')
    expect((await folder.run(['b.conf', '--quiet'])).out).toBe('no problems in 1 file\n')
  }))
