/** What `npm pack` makes, tried in an empty folder: the command, the functions, the types, the examples of docs/api.md. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { filesIn, readDocument } from '../docs.ts'
import { cleanEnvironment, installPacked, type Packed, ROOT, runIn } from './packed-package.ts'

jest.setTimeout(180_000)

let folder: string
let packed: Packed
beforeAll(() => {
  const installed = installPacked()
  folder = installed.folder
  packed = installed.packed
})

const startOver = () => copyFileSync(join(ROOT, 'fixtures/readme/nginx.conf'), join(folder, 'nginx.conf'))

describe('the package', () => {
  test('holds what it needs, and no more', () => {
    const kinds = [
      /^(?:LICENSE|README\.md|package\.json|[\w.]+\.schema\.json)$/,
      /^dist\/(?:src|rules)\/.*(?:\.c?js|\.d\.ts|package\.json)$/,
      /^man\/ngxlint\.1$/,
      /^rules\/.*\.md$/,
    ]
    expect(packed.files.filter((file) => !kinds.some((kind) => kind.test(file)))).toEqual([])
    expect(packed.files).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'dist/src/index.d.ts', 'rules/syntax.md', 'man/ngxlint.1']),
    )
    expect(packed.unpackedSize).toBeLessThan(6_000_000)
  })

  test('exports what it says, and nothing else', () => {
    const program = "import('ngxlint/dist/src/index.js').catch((error) => console.log(error.code))"
    expect(runIn(folder, process.execPath, '-e', program)).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED\n')
    expect(runIn(folder, process.execPath, '-p', "require('ngxlint/package.json').name")).toBe('ngxlint\n')
  })
})

describe('the command', () => {
  const npx = (...args: string[]) =>
    spawnSync('npx', ['ngxlint', ...args], { cwd: folder, env: cleanEnvironment(), encoding: 'utf8' })

  test('--version', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
    expect(npx('--version').stdout).toBe(`${version}\n`)
  })

  test('lints, fixes, and is content', () => {
    startOver()
    const lint = npx('nginx.conf', '-f', 'compact')
    expect(lint.status).toBe(1)
    expect(lint.stdout).toMatch(/^nginx\.conf:22:9: error: /)
    expect(npx('nginx.conf', '--fix').status).toBe(0)
    expect(npx('nginx.conf').status).toBe(0)
  })

  test('finds its pages', () => {
    expect(npx('explain', 'upgrade-header').stdout).toMatch(/^websocket\/upgrade-header\n\n/)
    expect(npx('nginx.conf', '-f', 'sarif', '--rule', 'websocket/read-timeout:error').status).not.toBe(2)
  })
})

describe('the examples of docs/api.md', () => {
  const examples = filesIn(readDocument('docs/api.md'))
  beforeAll(() => {
    startOver()
    for (const [name, text] of examples) writeFileSync(join(folder, name), text)
  })

  test('lint.mjs', () => {
    const lines = runIn(folder, process.execPath, 'lint.mjs').trim().split('\n')
    expect(lines).toContain('nginx.conf:22:9 error websocket/upgrade-header')
  })

  test('fix.mjs', () => {
    expect(runIn(folder, process.execPath, 'fix.mjs')).toBe('2 fixed, 0 left\n')
    expect(runIn(folder, process.execPath, 'lint.mjs')).toBe('')
  })

  test('team-rules.mjs: a plugin that fixes', () => {
    writeFileSync(join(folder, 'ngxlint.config.json'), '{ "plugins": ["./team-rules.mjs"] }')
    writeFileSync(join(folder, 'tokens.conf'), 'server {\n    server_tokens on; # ours\n}\n')
    const npx = (...args: string[]) => runIn(folder, 'npx', 'ngxlint', 'tokens.conf', ...args)
    expect(npx('-f', 'compact')).toBe('tokens.conf:2:5: warning: turn server_tokens off [team/server-tokens]\n')
    expect(npx('--fix')).toMatch(/^fixed {2}tokens\.conf:2:5 {2}team\/server-tokens$/m)
    expect(readFileSync(join(folder, 'tokens.conf'), 'utf8')).toBe('server {\n    server_tokens off; # ours\n}\n')
    rmSync(join(folder, 'ngxlint.config.json'))
  })

  test('memory.ts, by its types and as it runs', () => {
    const options = {
      strict: true,
      module: 'nodenext',
      target: 'es2023',
      // For console; nothing of Node's may be needed.
      lib: ['es2023', 'dom'],
      types: [],
      // Our own declarations are checked as well.
      skipLibCheck: false,
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['memory.ts'] }))
    runIn(folder, join(ROOT, 'node_modules/.bin/tsc'))
    const [names, verdict, ...reasons] = runIn(folder, process.execPath, 'memory.js').trim().split('\n')
    expect(names).toBe('events http include server listen location proxy_pass')
    expect(verdict).toMatch(/^fails no 101: /)
    expect(reasons.at(-1)).toBe('1.0 to 127.0.0.1:3000')
    expect(reasons.join('\n')).toContain('websocket/upgrade-header: ')
  })
})
