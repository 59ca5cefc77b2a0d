/** Two runs at once, 200 times. */
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { expect, jest, test } from '@jest/globals'
import { run } from '../../src/cli/run.ts'
import { CONF, fixedSnapshot, makeBrokenSites, SITES, tornFiles } from './broken-sites.ts'
import { runNgxlint } from './ngxlint.ts'
import type { Tree } from './tree.ts'

jest.setTimeout(180_000)

const RACES = 200

function inProcess(tree: Tree, args: readonly string[]): Promise<number> {
  const nothing = () => {}
  return run(args, {
    cwd: tree.dir,
    env: { PATH: process.env.PATH },
    isTerminal: false,
    isErrorTerminal: false,
    columns: undefined,
    elapsed: () => 0,
    out: nothing,
    err: nothing,
    readInput: async () => '',
  })
}

test(`${RACES} times two processes: one writes, the other waits and has nothing to do, or says why not`, async () => {
  for (let round = 0; round < RACES; round++) {
    const tree = makeBrokenSites()
    const old = tree.snapshot()
    // By the main file, and by a site alone: other locks, but for one.
    const roots = round % 2 === 0 ? [CONF, CONF] : [CONF, SITES[1]]
    const outcomes = await Promise.all(roots.map((root) => runNgxlint(['--fix', root, '-f', 'compact'], tree.dir)))
    for (const { code, stderr } of outcomes) {
      if (code === 2) expect(stderr).toMatch(/has changed since it was read; nothing was written/)
      else expect(code).toBe(0)
    }
    expect(tornFiles(tree.snapshot(), old)).toEqual([])
    expect(outcomes.some(({ code }) => code === 0)).toBe(true)
    expect(await inProcess(tree, ['--fix', CONF])).toBe(0)
    expect(tree.snapshot()).toEqual(fixedSnapshot(old))
    tree.remove()
  }
})

test('a reader sees each file whole, at every moment', async () => {
  const tree = makeBrokenSites()
  const old = tree.snapshot()
  const writer = (async () => {
    for (let round = 0; round < 10; round++) {
      await runNgxlint(['--fix', CONF, '--quiet'], tree.dir)
      for (const path of SITES) tree.write({ [`${path}.next`]: (old[path] as { text: string }).text })
      const { renameSync } = await import('node:fs')
      for (const path of SITES) renameSync(tree.path(`${path}.next`), tree.path(path))
    }
  })()
  let isOver = false
  void writer.finally(() => {
    isOver = true
  })
  let looks = 0
  while (!isOver) {
    for (const path of SITES) {
      const text = tree.read(path)
      expect([old[path], fixedSnapshot(old)[path]]).toContainEqual({ text })
    }
    looks++
    await new Promise((resolve) => setImmediate(resolve))
  }
  await writer
  expect(looks).toBeGreaterThan(100)
  tree.remove()
})

test('a run that is stopped while another waits: the other takes over', async () => {
  const tree = makeBrokenSites()
  const old = tree.snapshot()
  // It holds the lock for as long as its test takes, and is killed in it.
  const { MAIN } = await import('./ngxlint.ts')
  const first = spawn(process.execPath, [MAIN, '--fix', CONF, '--test=sleep 30'], { cwd: tree.dir, stdio: 'ignore' })
  while (!readdirSync(tree.dir).includes('.ngxlint-journal')) await new Promise((resolve) => setTimeout(resolve, 5))
  const second = runNgxlint(['--fix', CONF, '-f', 'compact'], tree.dir)
  await new Promise((resolve) => setTimeout(resolve, 700))
  first.kill('SIGKILL')
  const { code, stderr } = await second
  expect({ code, stderr }).toMatchObject({
    code: 0,
    stderr: expect.stringContaining(`waiting for another ngxlint (process ${first.pid})`),
  })
  expect(stderr).toMatch(/an earlier run was interrupted/)
  expect(tree.snapshot()).toEqual(fixedSnapshot(old))
  tree.remove()
})
