/** The command as a process of its own, from the TypeScript sources. */
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { Folder } from './run-in.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const ARGUMENTS = ['--no-warnings', '--import', `${ROOT}.ci/typescript.mjs`, `${ROOT}src/cli/main.ts`]
// The sources are translated in each process, on a machine that may be busy.
jest.setTimeout(30_000)
const ENVIRONMENT = { PATH: process.env.PATH ?? '', NO_COLOR: '1' }

let folder: Folder
beforeAll(() => {
  const locations = Array.from({ length: 1000 }, (_, index) => `location /ws/${index} { proxy_pass http://app; }\n`)
  folder = new Folder({
    'many.conf': `server {\n${locations.join('')}}\n`,
    'good.conf': 'events {}\n',
    '-odd.conf': 'a\n',
  })
})
afterAll(() => folder.remove())

const ngxlint = (args: readonly string[], input = '') =>
  spawnSync(process.execPath, [...ARGUMENTS, ...args], {
    cwd: folder.path,
    env: ENVIRONMENT,
    input,
    encoding: 'utf8',
    maxBuffer: 1e9,
  })

describe('the process', () => {
  test.each<[string[], number]>([
    [['good.conf'], 0],
    [['many.conf', '-f', 'compact'], 1],
    [['missing.conf'], 2],
    [['--', '-odd.conf'], 1],
  ])('%j ends with %d', (args, status) => expect(ngxlint(args)).toMatchObject({ status }))

  test('standard input', () => {
    const { status, stdout } = ngxlint(['-', '-f', 'compact'], 'events {\n')
    expect(status).toBe(1)
    expect(stdout).toMatch(/^<stdin>:1:1: error: .* \[syntax\]\n$/)
  })

  test('a reader that goes away is no trouble', async () => {
    const child = spawn(process.execPath, [...ARGUMENTS, 'many.conf'], { cwd: folder.path, env: ENVIRONMENT })
    let err = ''
    child.stderr.on('data', (chunk) => {
      err += chunk
    })
    child.stdout.once('data', () => child.stdout.destroy())
    const status = await new Promise((resolve) => child.once('close', resolve))
    expect({ status, err }).toEqual({ status: 1, err: '' })
  })

  test('all of a long report gets through a slow pipe', () => {
    const { stdout } = ngxlint(['many.conf', '-f', 'json'])
    expect(JSON.parse(stdout).summary.errors).toBe(3000)
  })

  test('a completion', () => {
    const { stdout } = ngxlint(['--get-yargs-completions', 'ngxlint', 'explain', 'upgrade'])
    expect(stdout).toBe('upgrade-header\n')
  })
})
