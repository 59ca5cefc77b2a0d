/** .ci/get-nginx where it can't do its work: it says why. What it fetches is asked by other-versions.test.ts. */
import { spawnSync } from 'node:child_process'
import { existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ROOT } from './packed-package.ts'
import { findProgram } from './programs.ts'
import { newFolder } from './workspace.ts'

const SCRIPT = join(ROOT, '.ci/get-nginx')

test('without apt it says so', () => {
  const PATH = newFolder()
  for (const name of ['bash', 'env', 'mkdir', 'rm']) symlinkSync(findProgram(name) as string, join(PATH, name))
  const folder = join(newFolder(), 'sid')
  const { status, stdout, stderr } = spawnSync(SCRIPT, ['sid', folder], { env: { PATH }, encoding: 'utf8' })
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: '',
    stderr: 'no nginx of sid: there is no apt-get\n',
  })
  expect(existsSync(join(folder, 'nginx'))).toBe(false)
})

test('without words it says what it takes', () => {
  const { status, stderr } = spawnSync(SCRIPT, [], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 2, stderr: 'usage: .ci/get-nginx SUITE FOLDER [PACKAGE…]\n' })
})
