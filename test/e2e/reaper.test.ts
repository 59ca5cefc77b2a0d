/** The cleaning up behind a dead test process, seen with a process that nobody else ends. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { startReaper } from './reaper.ts'
import { newFolder } from './workspace.ts'

test('the reaper kills what is left and removes the folder', async () => {
  const dir = `${newFolder()}/with a blank`
  mkdirSync(dir)
  const reaper = startReaper(dir)
  const [first, second, third] = [1, 2, 3].map(() => spawn('sleep', ['60'], { stdio: 'ignore' }))
  for (const child of [first!, second!, third!]) reaper.adopt(child)

  second!.kill('SIGTERM')
  await once(second!, 'exit')
  const exits = Promise.all([first!, third!].map((child) => once(child, 'exit')))
  await reaper.end()

  expect(await exits).toEqual([
    [null, 'SIGKILL'],
    [null, 'SIGKILL'],
  ])
  expect(existsSync(dir)).toBe(false)
})
