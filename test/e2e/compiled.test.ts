/** What a first run keeps of V8's work beside the command, and what becomes of it (.ci/command.cjs). */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ROOT } from './packed-package.ts'
import { newFolder } from './workspace.ts'

const BROKEN =
  'events {}\nhttp {\n  server {\n    location /ws/ {\n      proxy_pass http://127.0.0.1:8000;\n    }\n  }\n}\n'
/** In which a lint runs with other flags of V8, and nothing of it is kept. */
const LARGE = `events {}\n${'# a line\n'.repeat(30_000)}`

/** A copy of the built command, as it is before its first run. */
function newCopy(): { readonly folder: string; readonly command: string } {
  const folder = newFolder()
  cpSync(join(ROOT, 'dist/src/cli'), join(folder, 'dist'), {
    recursive: true,
    filter: (source) => !source.includes('.v8'),
  })
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'))
  writeFileSync(join(folder, 'broken.conf'), BROKEN)
  writeFileSync(join(folder, 'large.conf'), LARGE)
  return { folder, command: join(folder, 'dist', 'main.js') }
}

function run(
  { folder, command }: { readonly folder: string; readonly command: string },
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
) {
  const { NODE_DISABLE_COMPILE_CACHE: _, ...own } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: folder,
    env: { ...own, NODE_OPTIONS: '', NO_COLOR: '1', ...env },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

const keptBy = ({ folder }: { readonly folder: string }) =>
  readdirSync(join(folder, 'dist')).filter((name) => name.includes('.v8'))

const NAME = `ngxlint.${process.version}-${process.arch}-${statSync(process.execPath).size}.v8`

test('the first lint keeps it, and the next one says the same', () => {
  const copy = newCopy()
  const first = run(copy, ['broken.conf'])
  expect(first.status).toBe(1)
  expect(keptBy(copy)).toEqual([NAME])
  expect(run(copy, ['broken.conf'])).toEqual(first)
  expect(keptBy(copy)).toEqual([NAME])
})

test.each<[string, string[], NodeJS.ProcessEnv]>([
  ['a run that lints nothing', ['--version'], {}],
  ['a run that fails', ['missing.conf'], {}],
  ['a lint that had other flags of V8', ['large.conf'], {}],
  ['where Node is told to keep nothing', ['broken.conf'], { NODE_DISABLE_COMPILE_CACHE: '1' }],
])('nothing is kept of %s', (_, args, env) => {
  const copy = newCopy()
  run(copy, args, env)
  // Versions that nobody has measured are given no flags.
  const hasFlags = /^v2[02456]\./.test(process.version)
  expect(keptBy(copy)).toEqual(args[0] === 'large.conf' && !hasFlags ? [NAME] : [])
})

test.each([
  ['of another V8', 'not of V8 at all'],
  ['empty', ''],
])('what is %s is not taken, and not replaced', (_, content) => {
  const copy = newCopy()
  const path = join(copy.folder, 'dist', NAME)
  writeFileSync(path, content)
  expect(run(copy, ['broken.conf'])).toMatchObject({ status: 1, stderr: '' })
  expect(keptBy(copy)).toEqual([NAME])
})

test('a folder that cannot be written to is no problem', () => {
  const copy = newCopy()
  chmodSync(join(copy.folder, 'dist'), 0o555)
  const { status, stderr } = run(copy, ['broken.conf'])
  chmodSync(join(copy.folder, 'dist'), 0o755)
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
  // root may write everywhere.
  expect(keptBy(copy)).toEqual(process.getuid?.() === 0 ? [NAME] : [])
})
