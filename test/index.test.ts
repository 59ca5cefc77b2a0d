/** What the package exports; test/e2e/package.test.ts runs the examples of docs/api.md with the packed one. */
import { describe, expect, test } from '@jest/globals'
import {
  explainHandshake,
  fix,
  lint,
  loadConfiguration,
  locate,
  memoryFiles,
  UnreadableRootError,
  walkDirectives,
} from '../src/index.ts'

const MAIN = '/etc/nginx/nginx.conf'
const FILES = memoryFiles({
  [MAIN]: 'events {}\nhttp {\n  include conf.d/*.conf;\n}\n',
  '/etc/nginx/conf.d/chat.conf': 'server {\n  listen 80;\n  location /ws { proxy_pass http://app; }\n}\n',
})

describe('the functions', () => {
  test('lint', () => {
    const { problems, configuration } = lint(MAIN, { settings: { 'websocket/read-timeout': 'off' } }, FILES)
    const ids = problems.map(({ ruleId }) => ruleId)
    expect(ids).toContain('websocket/upgrade-header')
    expect(ids).not.toContain('websocket/read-timeout')
    expect(configuration.files).toHaveLength(2)
  })

  test('fix', () => {
    const { changes, after } = fix(MAIN, {}, FILES)
    expect(changes.map(({ path }) => path)).toEqual(['/etc/nginx/conf.d/chat.conf'])
    expect(changes[0]?.newText).toContain('proxy_set_header Upgrade $http_upgrade;')
    expect(after.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  test('loadConfiguration', () => {
    const configuration = loadConfiguration(MAIN, {}, FILES)
    const pass = [...walkDirectives(configuration.directives)].find(({ name }) => name === 'proxy_pass')
    expect(pass && locate(pass)).toEqual({
      file: '/etc/nginx/conf.d/chat.conf',
      line: 3,
      column: 18,
      endLine: 3,
      endColumn: 39,
    })
  })

  test('explainHandshake', () => {
    const { verdict, outcome } = explainHandshake('ws://example.com/ws', MAIN, {}, FILES)
    expect([verdict.kind, outcome.kind]).toEqual(['fails', 'proxied'])
    expect(verdict.reasons.map(({ ruleId }) => ruleId)).toContain('websocket/upgrade-header')
    expect(() => explainHandshake('nonsense', MAIN, {}, FILES)).toThrow(TypeError)
  })

  test.each([
    ['lint', () => lint('/gone', {}, FILES)],
    ['fix', () => fix('/gone', {}, FILES)],
    ['loadConfiguration', () => loadConfiguration('/gone', {}, FILES)],
    ['explainHandshake', () => explainHandshake('ws://a/', '/gone', {}, FILES)],
  ])('%s without its main file', (_, call) => expect(call).toThrow(UnreadableRootError))
})
