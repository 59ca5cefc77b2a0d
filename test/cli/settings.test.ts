/** Settings files as the command uses them. */
import { describe, expect, test } from '@jest/globals'
import { type Files, Folder } from './run-in.ts'

const SITE = `server {
    location /live/ { proxy_pass http://app:1; proxy_http_version 1.0; }
    location /ws { proxy_pass http://app:1; }
}
`
const ALL_OFF = (except: Readonly<Record<string, unknown>>) => ({
  'websocket/connection-header': 'off',
  'websocket/upgrade-header': 'off',
  'websocket/read-timeout': 'off',
  'websocket/slash-redirect': 'off',
  ...except,
})
const settings = (content: object) => JSON.stringify({ rules: ALL_OFF({}), ...content })

interface Row {
  readonly files: Files
  readonly args?: readonly string[]
  readonly out: readonly string[]
}

const HEADERS_OFF = ['--rule', 'websocket/upgrade-header:off', '--rule', 'websocket/connection-header:off']
const WS = 'a.conf:3:5 error websocket/http-version'

const ROWS: Readonly<Record<string, Row>> = {
  'severities, and options of a rule': {
    files: {
      'ngxlint.config.yaml': `rules:
  websocket/connection-header: off
  websocket/upgrade-header: off
  websocket/http-version: warn
  websocket/read-timeout: { severity: info, above: 5m }
`,
      'nginx.conf': `events {}\nhttp {\n${SITE.replace('/ws {', '/ws { proxy_read_timeout 4m;')}}\n`,
    },
    args: ['nginx.conf'],
    out: ['nginx.conf:5:5 warning websocket/http-version', 'nginx.conf:5:20 info websocket/read-timeout'],
  },
  'the command line goes before': {
    files: { 'ngxlint.config.json': settings({}), 'a.conf': SITE },
    args: ['a.conf', '--rule', 'websocket/http-version:info'],
    out: ['a.conf:3:5 info websocket/http-version'],
  },
  'locations that are for WebSockets': {
    files: { 'ngxlint.config.json': settings({ websocket: { locations: ['/live/'] } }), 'a.conf': SITE },
    out: ['a.conf:2:48 error websocket/http-version', WS],
  },
  'locations that are not': {
    files: { 'ngxlint.config.json': settings({ websocket: { ignore: ['/w*'] } }), 'a.conf': SITE },
    out: [],
  },
  'a comment goes before them': {
    files: {
      'ngxlint.config.json': settings({ websocket: { locations: ['/live/'], ignore: ['/ws'] } }),
      'a.conf': SITE.replace('/live/ {', '/live/ { # ngxlint-not-websocket\n').replace(
        '/ws {',
        '/ws { # ngxlint-websocket\n',
      ),
    },
    out: ['a.conf:4:5 error websocket/http-version'],
  },
  overrides: {
    files: {
      'ngxlint.config.json': settings({ overrides: [{ files: 'b*', rules: { 'websocket/http-version': 'off' } }] }),
      'nginx.conf': 'events {} http { include *.part; }',
      'a.part': SITE,
      'b.part': SITE.replace('server {', 'server { server_name b;'),
    },
    args: ['nginx.conf'],
    out: ['a.part:3:5 error websocket/http-version'],
  },
  'a version': { files: { 'ngxlint.config.json': settings({ nginxVersion: '1.29.7' }), 'a.conf': SITE }, out: [] },
  'directives of other modules': {
    files: { 'ngxlint.config.json': '{"modules": ["my_*"]}', 'a.conf': 'server { my_thing on; your_thing on; }\n' },
    out: ['a.conf:1:23 warning directives/unknown'],
  },
  'a module whose directives nobody knows': {
    files: { 'ngxlint.config.json': '{"modules": ["ngx_my_module"]}', 'a.conf': 'server { my_thing on; }\n' },
    out: [],
  },
  'includes that are on the server only': {
    files: {
      'ngxlint.config.json': '{"rules": {"includes/unresolved": {"ignore": ["/etc/letsencrypt/*"]}}}',
      'a.conf': 'server { include /etc/letsencrypt/a.conf; include /etc/other.conf; }\n',
    },
    out: ['a.conf:1:43 warning includes/unresolved'],
  },
  'each file has those nearest to it': {
    files: {
      'ngxlint.config.json': settings({}),
      'a.conf': SITE,
      'x/ngxlint.config.jsonc': '{ "rules": { "websocket/http-version": "off" }, "ignore": ["never"] }',
      'x/a.conf': 'server { location /ws { proxy_pass http://a:1; proxy_http_version 1.0; } }\n',
    },
    args: [
      'a.conf',
      'x/a.conf',
      '--rule',
      'websocket/upgrade-header:off',
      '--rule',
      'websocket/connection-header:off',
      '--quiet',
    ],
    out: [WS],
  },
  '--config': {
    files: {
      'ngxlint.config.json': settings({}),
      'other.yaml': 'ignore: [none]\nnginxVersion: 1.29.7\n',
      'a.conf': SITE,
    },
    args: ['a.conf', '--config', 'other.yaml', '--quiet', ...HEADERS_OFF],
    out: [],
  },
  '--no-config': {
    files: { 'ngxlint.config.json': '{ "rules": { "websocket/http-version": "off" } }', 'a.conf': SITE },
    args: [
      'a.conf',
      '--no-config',
      '--rule',
      'websocket/upgrade-header:off',
      '--rule',
      'websocket/connection-header:off',
      '--quiet',
    ],
    out: [WS],
  },
}

describe('settings', () => {
  test.each(Object.entries(ROWS))('%s', async (_, { files, args = ['a.conf'], out }) => {
    const folder = new Folder(files)
    try {
      const outcome = await folder.run(['-f', 'compact', ...args])
      expect({ out: outcome.out.split('\n').filter(Boolean).map(withoutMessage), err: outcome.err }).toEqual({
        out,
        err: '',
      })
    } finally {
      folder.remove()
    }
  })

  test.each<[string, Files, string[], string]>([
    [
      'each error on a line of its own',
      { 'ngxlint.config.json': '{\n "rules": { "sintax": "off" },\n "rot": 1\n}', 'a.conf': SITE },
      ['a.conf'],
      'ngxlint: ngxlint.config.json:2:13: no rule is called "sintax"; did you mean "syntax"?\nngxlint: ngxlint.config.json:3:2: no setting is called "rot"; did you mean "root"?\n',
    ],
    [
      'a rule that is like none',
      { 'ngxlint.config.json': '{ "rules": { "nothing": "off" } }', 'a.conf': SITE },
      ['a.conf'],
      'ngxlint: ngxlint.config.json:1:14: no rule is called "nothing" ("ngxlint rules" lists them)\n',
    ],
    [
      'a file that is not there',
      { 'a.conf': SITE },
      ['a.conf', '--config', 'x.json'],
      'ngxlint: --config: x.json: no such file or folder\n',
    ],
    [
      'two in a folder',
      { 'ngxlint.config.json': '', 'ngxlint.config.yaml': '', 'a.conf': SITE },
      ['a.conf'],
      'ngxlint: two settings files in one folder, keep one: FOLDER/ngxlint.config.json and FOLDER/ngxlint.config.yaml\n',
    ],
    [
      'a prefix that is no folder',
      { 'ngxlint.config.json': '{\n"prefix": "x"}', 'a.conf': SITE },
      ['a.conf'],
      'ngxlint: ngxlint.config.json:2: "prefix": x is no folder\n',
    ],
    [
      'a path map to nowhere',
      { 'ngxlint.config.json': '{\n"pathMap": { "/etc/nginx": "x" }}', 'a.conf': SITE },
      ['a.conf'],
      'ngxlint: ngxlint.config.json:2: "pathMap": x does not exist\n',
    ],
  ])('%s', async (_, files, args, said) => {
    const folder = new Folder(files)
    try {
      const { code, err } = await folder.run(args)
      expect({ code, err: err.replaceAll(folder.path, 'FOLDER') }).toEqual({ code: 2, err: said })
    } finally {
      folder.remove()
    }
  })

  test('an ignored file is not changed for the sake of others', async () => {
    const folder = new Folder({
      'ngxlint.config.json': '{ "ignore": ["snippets/"] }',
      'nginx.conf': 'events {}\nhttp { server { location /ws { include snippets/proxy; } } }\n',
      'snippets/proxy': 'proxy_pass http://a:1;\nproxy_set_header Upgrade $http_upgrade;\n',
    })
    try {
      await folder.run(['nginx.conf', '--fix'])
      expect(folder.read('snippets/proxy')).toBe('proxy_pass http://a:1;\nproxy_set_header Upgrade $http_upgrade;\n')
    } finally {
      folder.remove()
    }
  })
})

test('--print-config', async () => {
  const folder = new Folder({
    'ngxlint.config.yaml': `nginxVersion: 1.24.0
rules:
  websocket/read-timeout: { above: 5m }
overrides:
  - files: [conf.d/*]
    rules: { syntax: info }
`,
    'nginx.conf': 'events {}\nhttp { include conf.d/*; }\n',
    'conf.d/a.conf': SITE,
  })
  try {
    const { code, out } = await folder.run(['--print-config', 'conf.d/a.conf', '--rule', 'includes/unresolved:off'])
    expect(code).toBe(0)
    const lines = out.split('\n')
    expect(lines.slice(0, 4)).toEqual([
      '// conf.d/a.conf: a part of nginx.conf',
      '// settings: ngxlint.config.yaml',
      '{',
      '  "nginxVersion": "1.24.0", // ngxlint.config.yaml:1',
    ])
    expect(lines).toContain('    "includes/unresolved": "off", // --rule')
    expect(lines).toContain('    "syntax": "info", // ngxlint.config.yaml:6')
    expect(lines).toContain('    "websocket/http-version": "error", // default')
    expect(lines).toContain('    "websocket/read-timeout": {"severity":"warn","above":"5m"}, // ngxlint.config.yaml:3')
    // But for its comments it is JSON.
    expect(() => JSON.parse(out.replaceAll(/\/\/ .*$/gm, ''))).not.toThrow()
  } finally {
    folder.remove()
  }
})

function withoutMessage(line: string): string {
  const [, place, severity, rule] = /^(.*?:\d+:\d+): (\w+): .* \[(.*)\]$/.exec(line) ?? []
  return `${place} ${severity} ${rule}`
}
