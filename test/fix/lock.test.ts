import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { type LockContent, lockFolder } from '../../src/fix/write/lock.ts'
import { LOCK } from '../../src/fix/write/names.ts'
import { PinnedFolder } from '../../src/fix/write/pinned-folder.ts'
import { isAlive, thisProcess } from '../../src/fix/write/process-identity.ts'
import { newRunId } from '../../src/fix/write/run-id.ts'

jest.setTimeout(30_000)

let folder: PinnedFolder
beforeEach(() => {
  folder = new PinnedFolder(realpathSync(mkdtempSync(join(tmpdir(), 'ngxlint-lock-'))))
})
afterEach(() => {
  folder.close()
  rmSync(folder.path, { recursive: true, force: true })
})

const lock = (waitMs = 0, id = newRunId()) => lockFolder(folder, id, folder.path, { waitMs })
const names = () => readdirSync(folder.path)

/** A process that has ended, of this machine since it is up. */
const { pid: deadPid } = spawnSync('true')

function dead(): LockContent {
  return { ...thisProcess(), pid: deadPid, started: '1', id: newRunId(), journalFolder: folder.path }
}
const leave = (content: object | string, name = LOCK) =>
  writeFileSync(join(folder.path, name), typeof content === 'string' ? content : JSON.stringify(content))

test('it is there while it is held, and nothing else', async () => {
  const held = await lock()
  expect(names()).toEqual([LOCK])
  held.release()
  expect(names()).toEqual([])
})

test('the second says who holds it, or waits', async () => {
  const held = await lock()
  await expect(lock()).rejects.toThrow(`another ngxlint (process ${process.pid}) is at work in ${folder.path}`)
  const waiting = lock(5000)
  await sleep(50)
  held.release()
  const second = await waiting
  expect(second.hasWaited).toBe(true)
  second.release()
})

test('that of a process that has ended is taken over', async () => {
  const left = dead()
  leave(left)
  const held = await lock()
  expect(held.predecessor).toEqual(left)
  held.release()
  expect(names()).toEqual([])
})

test('so is that of another process by the same number, or before the machine was started again', async () => {
  for (const other of [{ started: '1' }, { boot: 'another' }]) {
    leave({ ...thisProcess(), id: newRunId(), journalFolder: '', ...other })
    ;(await lock()).release()
  }
})

test('that of another machine stays', async () => {
  leave({ ...dead(), host: 'elsewhere x y' })
  await expect(lock()).rejects.toThrow(/process \d+ on elsewhere, or in another container\) is at work/)
})

test('what was left by those who were ended while they took one over is no obstacle', async () => {
  const [left, heir, heirsHeir] = [dead(), dead(), dead()]
  leave(left)
  leave(heir, `.ngxlint-${left.id}-successor`)
  leave(heirsHeir, `.ngxlint-${heir.id}-successor`)
  leave(dead(), `.ngxlint-${newRunId()}-claim`)
  ;(await lock()).release()
  expect(names()).toEqual([])
})

test('one without content is waited for a while, and then taken for left', async () => {
  leave('{"pid":')
  await expect(lock()).rejects.toThrow('another ngxlint is at work')
  utimesSync(join(folder.path, LOCK), 1, 1)
  ;(await lock(100)).release()
})

test('never two have it, stale ones in between', async () => {
  let holders = 0
  let most = 0
  const work = async () => {
    for (let round = 0; round < 25; round++) {
      const held = await lock(20_000)
      most = Math.max(most, ++holders)
      await sleep(Math.random() * 2)
      holders--
      // Some are killed: they leave it, and who comes next takes it over.
      if (Math.random() < 0.3) leave(dead())
      else held.release()
    }
  }
  await Promise.all(Array.from({ length: 8 }, work))
  expect(most).toBe(1)
})

test('a process knows that it is alive, and that another is not', () => {
  expect(isAlive(thisProcess())).toBe(true)
  expect(isAlive(dead())).toBe(false)
  expect(isAlive({ ...thisProcess(), host: 'elsewhere' })).toBeUndefined()
})
