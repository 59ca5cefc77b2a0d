/** .ci/install-servers where nothing can be installed: it says what is missing, and only a CI server fails for the want of nginx. */
import { spawnSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { findProgram } from './programs.ts'
import { newFolder } from './workspace.ts'

const SCRIPT = fileURLToPath(new URL('../../.ci/install-servers', import.meta.url))

/** A PATH with what the script needs, and neither nginx nor a package manager. */
function barePath(): string {
  const folder = newFolder()
  for (const name of ['bash', 'env', 'id', 'rm']) symlinkSync(findProgram(name) as string, join(folder, name))
  return folder
}

const run = (env: Readonly<Record<string, string>>) => {
  const { status, stderr } = spawnSync(SCRIPT, { env, encoding: 'utf8', timeout: 20_000 })
  return { status, stderr }
}

test('without nginx it says so, and a CI server fails', () => {
  const PATH = barePath()
  const { status, stderr } = run({ PATH })
  expect(stderr).toContain('NO NGINX: the end-to-end tests that ask a real nginx WILL BE SKIPPED.')
  expect(status).toBe(0)
  expect(run({ PATH, CI: 'true' })).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('CI=true: without nginx'),
  })
})

test('with nginx named, what else is missing is no failure', () => {
  const { status, stderr } = run({ PATH: barePath(), CI: 'true', NGINX_BIN: '/nowhere/nginx' })
  expect(status).toBe(0)
  expect(stderr).not.toContain('NO NGINX')
})
