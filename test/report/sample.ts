/** A report with a bit of everything, for the tests of formats. */
import { memoryFiles } from '../../src/config/index.ts'
import { withBuiltIn } from '../../src/lint/built-in.ts'
import { lintRoots } from '../../src/lint/lint-roots.ts'
import type { Problem } from '../../src/lint/problem.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { type Display, type Format, formatterFor, type Report, type Tool } from '../../src/report/index.ts'

const APP = 'server {\n\tlocation /ws {\n\t\tproxy_set_header Host $host; # café\n\t\tproxy_pass http://app;\n\t}\n}\n'
const MAIN = 'http {\n    proxy_set_header Upgrade $http_upgrade;\n    include conf.d/app.conf;\n}\n'
export const DISPLAY: Display = { cwd: '/etc/nginx', width: 80, hasColor: false }

const { files } = lintRoots(
  ['/etc/nginx/nginx.conf'],
  memoryFiles({ '/etc/nginx/nginx.conf': MAIN, '/etc/nginx/conf.d/app.conf': APP.replace('é', '\xc3\xa9') }),
  [],
)
export const [main, app] = files as [(typeof files)[0], (typeof files)[0]]

export function problem(text: string, more: Partial<Problem> = {}, file = app): Problem {
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
export const REPORT: Report = { problems: PROBLEMS, fixed: [], files, isFixing: false, isUnsafe: false }
export const FIXED: Report = { ...REPORT, problems: PROBLEMS.slice(0, 1), fixed: PROBLEMS.slice(1), isFixing: true }
export const CLEAN: Report = { ...REPORT, problems: [] }

const upgradeHeader = defineRule({
  summary: 'The `Upgrade` header is missing',
  severity: 'error',
  fix: 'safe',
  see: 'https://nginx.org/en/docs/http/websocket.html',
})

export const TOOL: Tool = {
  version: '1.2.3',
  rules: withBuiltIn([{ id: 'websocket/upgrade-header', rule: upgradeHeader }]),
  pageOf: (id) => (id === 'websocket/upgrade-header' ? `# ${id}\n\nThe \`Upgrade\` header is missing.\n` : undefined),
}

export const print = async (format: Format, report: Report, display: Display = DISPLAY, tool: Tool = TOOL) =>
  (await formatterFor(format))(report, display, tool)
