/** Settings as the built command reads them: its parsers, globs and plugins are bundled apart, and read in when needed. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { Folder } from '../cli/run-in.ts'
import { runNgxlint } from './ngxlint.ts'

const CONF = 'server { autoindex on; location /ws { proxy_pass http://a:1; } }\n'
const RULES = {
  'websocket/connection-header': 'off',
  'websocket/upgrade-header': 'off',
  'websocket/http-version': 'warn',
  'websocket/read-timeout': 'off',
}
const page = readFileSync(fileURLToPath(new URL('../../docs/settings.md', import.meta.url)), 'utf8')
const [, EXAMPLE = ''] = /^```js\n(\/\/ team-rules\.mjs\n.*?)^```$/ms.exec(page) ?? []

test.each([
  [
    'ngxlint.config.json',
    JSON.stringify({ rules: RULES, overrides: [{ files: '*.conf', rules: { syntax: 'warn' } }] }),
  ],
  ['ngxlint.config.jsonc', `// why\n${JSON.stringify({ rules: RULES })}`],
  [
    'ngxlint.config.yaml',
    `rules:\n${Object.entries(RULES)
      .map(([id, severity]) => `  ${id}: ${severity}\n`)
      .join('')}`,
  ],
])('%s', async (name, text) => {
  const folder = new Folder({ [name]: text, 'a.conf': CONF })
  try {
    const { code, stdout, stderr } = await runNgxlint(['a.conf', '-f', 'compact'], folder.path)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^a\.conf:1:24: warning: .* \[websocket\/http-version\]\n$/)
  } finally {
    folder.remove()
  }
})

test('a plugin', async () => {
  const folder = new Folder({
    'ngxlint.config.yaml': 'plugins: [./team-rules.mjs]\n',
    'team-rules.mjs': EXAMPLE,
    'node_modules/ngxlint': { link: fileURLToPath(new URL('../../', import.meta.url)) },
    'a.conf': CONF,
  })
  try {
    const { stdout, stderr } = await runNgxlint(['a.conf', '-f', 'compact'], folder.path)
    expect(stderr).toBe('')
    expect(stdout).toContain('a.conf:1:10: warning: turn autoindex off [team/no-autoindex]\n')
  } finally {
    folder.remove()
  }
})

test('what init writes is read', async () => {
  const folder = new Folder({
    'nginx.conf': 'events {}\nhttp { include *.part; }\n',
    'a.part': 'server { listen 80; }\n',
  })
  try {
    expect((await runNgxlint(['init'], folder.path)).code).toBe(0)
    const { code, stdout } = await runNgxlint(['a.part'], folder.path)
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'no problems in 1 file (as part of nginx.conf)\n' })
  } finally {
    folder.remove()
  }
})
