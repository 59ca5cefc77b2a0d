/** What each format prints, whole. */
import { describe, expect, test } from '@jest/globals'
import { memoryFiles } from '../../src/config/index.ts'
import { lintRoots } from '../../src/lint/lint-roots.ts'
import type { Problem } from '../../src/lint/problem.ts'
import { type Display, type Format, formatterFor, type Report } from '../../src/report/index.ts'

const APP = 'server {\n\tlocation /ws {\n\t\tproxy_set_header Host $host; # café\n\t\tproxy_pass http://app;\n\t}\n}\n'
const MAIN = 'http {\n    proxy_set_header Upgrade $http_upgrade;\n    include conf.d/app.conf;\n}\n'
const DISPLAY: Display = { cwd: '/etc/nginx', width: 80, hasColor: false }

const { files } = lintRoots(
  ['/etc/nginx/nginx.conf'],
  memoryFiles({ '/etc/nginx/nginx.conf': MAIN, '/etc/nginx/conf.d/app.conf': APP.replace('é', '\xc3\xa9') }),
  [],
)
const [main, app] = files as [(typeof files)[0], (typeof files)[0]]

function problem(text: string, more: Partial<Problem> = {}, file = app): Problem {
  const start = file.source.text.indexOf(text)
  return {
    ruleId: 'websocket/upgrade-header',
    severity: 'error',
    message: 'the "Upgrade" header does not reach the backend (a WebSocket location: its path has the segment "ws")',
    file,
    span: { start, end: start + text.length },
    related: [],
    fix: undefined,
    ...more,
  }
}

const insertion = app.source.text.indexOf('\t\tproxy_pass')
const PROBLEMS: readonly Problem[] = [
  problem('proxy_set_header Upgrade $http_upgrade', { ruleId: 'x/outer', severity: 'info', message: 'just so' }, main),
  problem('location /ws', {
    fix: {
      safety: 'safe',
      edits: [
        {
          file: app,
          edit: { start: insertion, end: insertion, text: '\t\tproxy_set_header Upgrade $http_upgrade;\n' },
        },
      ],
    },
    related: [
      {
        file: main,
        span: problem('proxy_set_header Upgrade $http_upgrade', {}, main).span,
        message: 'set here, and lost',
      },
    ],
  }),
  problem('location /ws', {
    ruleId: 'websocket/read-timeout',
    severity: 'warn',
    message: 'idle sockets are cut (a WebSocket location: its path has the segment "ws")',
    fix: {
      safety: 'unsafe',
      edits: [{ file: app, edit: { start: insertion, end: insertion, text: '\t\tproxy_read_timeout 1h;\n' } }],
    },
  }),
  problem('caf\xc3\xa9', { ruleId: 'x/coffee', severity: 'warn', message: 'no \x1b[31mcoffee\u202e here' }),
]
const REPORT: Report = { problems: PROBLEMS, fixed: [], fileCount: 2, isFixing: false, isUnsafe: false }
const FIXED: Report = { ...REPORT, problems: PROBLEMS.slice(0, 1), fixed: PROBLEMS.slice(1), isFixing: true }
const CLEAN: Report = { ...REPORT, problems: [] }

const print = async (format: Format, report: Report, display: Display = DISPLAY) =>
  (await formatterFor(format))(report, display)

describe('codeframe', () => {
  test('problems', async () => expect(await print('codeframe', REPORT)).toMatchSnapshot())
  test('problems, in 50 columns', async () => {
    const text = await print('codeframe', REPORT, { ...DISPLAY, width: 50 })
    expect(text.split('\n').filter((line) => line.length > 50)).toEqual([])
  })
  test('problems, in colour', async () =>
    expect(await print('codeframe', REPORT, { ...DISPLAY, hasColor: true })).toMatchSnapshot())
  test('fixes', async () => expect(await print('codeframe', FIXED)).toMatchSnapshot())
  test('nothing', async () => expect(await print('codeframe', CLEAN)).toBe('no problems in 2 files\n'))
})

describe('compact', () => {
  test('problems', async () => expect(await print('compact', REPORT)).toMatchSnapshot())
  test('nothing', async () => expect(await print('compact', CLEAN)).toBe(''))
})

describe('json', () => {
  test('problems', async () => expect((await print('json', REPORT)).replaceAll('},{', '},\n{')).toMatchSnapshot())
  test('fixes', async () => {
    const { problems, fixed, summary } = JSON.parse(await print('json', FIXED))
    expect([problems.length, fixed.length]).toEqual([1, 3])
    expect(summary).toEqual({ errors: 0, warnings: 0, infos: 1, fixed: 3, files: 2 })
  })
  test('nothing, byte for byte', async () =>
    expect(await print('json', CLEAN)).toBe(
      '{"version":1,"problems":[],"fixed":[],"summary":{"errors":0,"warnings":0,"infos":0,"fixed":0,"files":2}}\n',
    ))
})
