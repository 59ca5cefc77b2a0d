/** Disks that are full, or may not be written to: real ones, in memory. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, jest, test } from '@jest/globals'
import { CONF, fixedSnapshot, makeBrokenSites, tornFiles } from './broken-sites.ts'
import { canMount, type Mount, mountTmpfs } from './mount.ts'
import { runNgxlint } from './ngxlint.ts'
import { type Snapshot, Tree } from './tree.ts'

jest.setTimeout(120_000)

const needs = canMount()
if (!needs) process.stderr.write('\nSKIPPED the tests of full and read-only disks. Missing: root that may mount\n')
const describeIfMounts = needs ? describe : describe.skip

/** The sites, on a file system of their own. */
async function onDisk(
  options: string,
  work: (mount: Mount, tree: Tree, old: Snapshot) => Promise<void>,
): Promise<void> {
  const made = makeBrokenSites()
  const mount = mountTmpfs(options)
  try {
    cpSync(made.dir, mount.dir, { recursive: true, verbatimSymlinks: true })
    const tree = Object.assign(Object.create(Tree.prototype) as Tree, { dir: mount.dir })
    await work(mount, tree, tree.snapshot())
  } finally {
    mount.end()
    made.remove()
  }
}

/** Takes all space but some pages of 4 KiB. */
function fill(dir: string, pagesLeft: number): void {
  const path = join(dir, 'filler')
  writeFileSync(path, '')
  let size = 0
  for (;;) {
    try {
      writeFileSync(path, Buffer.alloc(4096), { flag: 'a' })
      size += 4096
    } catch {
      break
    }
  }
  writeFileSync(path, Buffer.alloc(Math.max(0, size - pagesLeft * 4096)))
}

describeIfMounts('a full disk', () => {
  test('however little space is left: all is written, or nothing is, and it says so', async () => {
    const seen = new Set<number | null>()
    for (let pages = 0; pages < 9; pages++)
      await onDisk('size=256k', async (mount, tree, old) => {
        fill(mount.dir, pages)
        const { code, stderr } = await runNgxlint(['--fix', CONF, '-f', 'compact'], mount.dir)
        seen.add(code)
        rmSync(join(mount.dir, 'filler'))
        if (code !== 0) expect(stderr).toMatch(/^ngxlint: .*ENOSPC: no space left on device.*; nothing was written\n$/)
        expect([pages, code, tree.snapshot()]).toEqual([pages, code, code === 0 ? fixedSnapshot(old) : old])
      })
    expect([...seen].sort()).toEqual([0, 2])
  })

  test('a run that was killed is undone as soon as there is room for a lock', async () => {
    await onDisk('size=256k', async (mount, tree, old) => {
      for (const step of ['9', '10', '11']) {
        await runNgxlint(['--fix', CONF], mount.dir, '', { NGXLINT_TEST_STOP_AFTER: step })
        fill(mount.dir, 0)
        expect(await runNgxlint(['--fix', CONF], mount.dir)).toMatchObject({
          code: 2,
          stderr: expect.stringMatching(
            /can't lock the folder .*: ENOSPC: no space left on device; nothing was written/,
          ),
        })
        rmSync(join(mount.dir, 'filler'))
        const { stderr } = await runNgxlint([CONF], mount.dir)
        expect([step, stderr]).toEqual([step, expect.stringContaining('an earlier run was interrupted')])
        expect([step, tornFiles(tree.snapshot(), old)]).toEqual([step, []])
      }
    })
  })

  test('no file more: the same', async () => {
    for (const inodes of [10, 11, 12, 13, 14, 30])
      await onDisk(`size=1m,nr_inodes=${inodes}`, async (mount, tree, old) => {
        const { code, stderr } = await runNgxlint(['--fix', CONF, '-f', 'compact'], mount.dir)
        if (code !== 0) expect(stderr).toMatch(/ENOSPC.*; nothing was written\n$/)
        expect([inodes, tree.snapshot()]).toEqual([inodes, code === 0 ? fixedSnapshot(old) : old])
        if (inodes === 30) expect(code).toBe(0)
      })
  })
})

describeIfMounts('a read-only disk', () => {
  test('a clear error, nothing written; a look at it works', async () => {
    await onDisk('size=1m', async (mount, tree, old) => {
      mount.run('ro')
      const { code, stderr } = await runNgxlint(['--fix', CONF, '-f', 'compact'], mount.dir)
      expect(code).toBe(2)
      expect(stderr).toMatch(
        /^ngxlint: the folder of .*one\.conf is on a read-only file system \(EROFS.*\); nothing was written\n$/,
      )
      expect(tree.snapshot()).toEqual(old)
      expect(await runNgxlint([CONF, '-f', 'compact'], mount.dir)).toMatchObject({ code: 1, stderr: '' })
    })
  })

  test('one where a run was killed: it is said, and what is to be read is read', async () => {
    await onDisk('size=1m', async (mount, tree, old) => {
      await runNgxlint(['--fix', CONF], mount.dir, '', { NGXLINT_TEST_STOP_AFTER: '9' })
      mount.run('ro')
      const look = await runNgxlint([CONF, '-f', 'compact'], mount.dir)
      expect(look.stderr).toMatch(/EROFS/)
      expect(look.code).not.toBe(2)
      expect(await runNgxlint(['--fix', CONF], mount.dir)).toMatchObject({ code: 2 })
      mount.run('rw')
      expect(await runNgxlint(['--fix', CONF], mount.dir)).toMatchObject({ code: 0 })
      expect(tree.snapshot()).toEqual(fixedSnapshot(old))
      expect(readFileSync(join(mount.dir, CONF), 'latin1')).toBe((old[CONF] as { text: string }).text)
    })
  })
})
