/** Settings, and the code that they name, of somebody else. */
import { chmodSync, chownSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { Folder } from './run-in.ts'

const OTHER = 4321
const isRoot = process.getuid?.() === 0
if (!isRoot) process.stderr.write("\nSKIPPED the tests of other users' settings. Missing: root\n")
const describeAsRoot = isRoot ? describe : describe.skip

const PLUGIN = 'globalThis.wasRun = true\nexport default { rules: {} }\n'
const CONF = 'server {\n    listen 80;\n}\n'

interface Owned {
  readonly owner?: number
  readonly group?: number
  readonly mode?: number
}

/** Lints with a plugin that settings and module of these owners bring, and tells whether it was run. */
async function run(settings: Owned, plugin: Owned): Promise<{ code: number; err: string; wasRun: boolean }> {
  const folder = new Folder({
    'a.conf': CONF,
    'ngxlint.config.json': '{"plugins": ["./rules.mjs"]}',
    'rules.mjs': PLUGIN,
  })
  for (const [name, { owner = 0, group = 0, mode = 0o644 }] of [
    ['ngxlint.config.json', settings],
    ['rules.mjs', plugin],
  ] as const) {
    chownSync(join(folder.path, name), owner, group)
    chmodSync(join(folder.path, name), mode)
  }
  const seen = globalThis as { wasRun?: boolean }
  delete seen.wasRun
  try {
    const { code, err } = await folder.run(['a.conf'])
    return { code, err, wasRun: seen.wasRun === true }
  } finally {
    folder.remove()
  }
}

describeAsRoot('root runs no plugin that somebody else may have written', () => {
  test.each<[string, Owned, Owned, RegExp | undefined]>([
    ['both are of root', {}, {}, undefined],
    [
      'settings of another user',
      { owner: OTHER },
      {},
      /config\.json belongs to another user \(4321\), and would run as root/,
    ],
    [
      'a module of another user',
      {},
      { owner: OTHER },
      /rules\.mjs belongs to another user \(4321\), and would run as root/,
    ],
    ['a module that everybody may write to', {}, { mode: 0o666 }, /rules\.mjs may be written by everybody/],
    [
      'a module that a group may write to',
      {},
      { group: OTHER, mode: 0o664 },
      /rules\.mjs may be written by a group \(4321\)/,
    ],
    ['a module that the group of root may write to', {}, { mode: 0o664 }, undefined],
  ])('%s', async (_, settings, plugin, why) => {
    const { code, err, wasRun } = await run(settings, plugin)
    expect({ code, wasRun }).toEqual(why ? { code: 2, wasRun: false } : { code: 0, wasRun: true })
    if (why) expect(err).toMatch(why)
    if (why) expect(err).toMatch(/; --no-config goes without\n$/)
  })
})

describeAsRoot('settings above', () => {
  const lintBelow = async (modeOfFolder: number, owner: number, args: readonly string[] = []) => {
    const folder = new Folder({
      'above/ngxlint.config.json': '{"rules": {"syntax": "off"}}',
      'above/mine/a.conf': 'server {\n',
    })
    chmodSync(join(folder.path, 'above'), modeOfFolder)
    chownSync(join(folder.path, 'above/ngxlint.config.json'), owner, owner)
    try {
      const { code, err } = await folder.run(['above/mine/a.conf', ...args])
      return { code, err }
    } finally {
      folder.remove()
    }
  }

  test('of another user, in a folder that all may write to: not used, and it is said', async () => {
    expect(await lintBelow(0o1777, OTHER)).toEqual({
      code: 1,
      err: 'ngxlint: above/ngxlint.config.json is not used: it belongs to another user, in a folder that all may write to (--config names it)\n',
    })
  })

  test('the same, named: used', async () => {
    expect(await lintBelow(0o1777, OTHER, ['--config', 'above/ngxlint.config.json'])).toEqual({ code: 0, err: '' })
  })

  test('of root in such a folder, or of another user in a folder of its own: used', async () => {
    expect(await lintBelow(0o1777, 0)).toEqual({ code: 0, err: '' })
    expect(await lintBelow(0o755, OTHER)).toEqual({ code: 0, err: '' })
  })
})
