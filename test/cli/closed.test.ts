/** Files and folders that the user may not look into: what is in them is unknown, and never taken for nothing. */
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Folder } from './run-in.ts'

const OTHER = 4321
const isRoot = process.getuid?.() === 0

const folder = new Folder({
  'open/nginx.conf': 'events { }\nhttp {\n    include closed/*.conf;\n}\n',
  'open/closed/site.conf': 'server {\n    listen 80;\n}\n',
  'names/nginx.conf': 'events { }\nhttp {\n    include passable/*.conf;\n}\n',
  'names/passable/site.conf': 'server {\n    listen 80;\n}\n',
  'closed/site.conf': 'server {\n    listen 80;\n}\n',
  'settings/nginx.conf': 'events { }\n',
  'settings/ngxlint.config.json': '{}\n',
  'some/site.conf': 'server {\n    listen 80;\n}\n',
  'some/closed/site.conf': 'server {\n    listen 80;\n}\n',
})

beforeAll(() => {
  chmodSync(folder.path, 0o755)
  for (const name of ['open/closed', 'closed', 'some/closed']) chmodSync(join(folder.path, name), 0o700)
  chmodSync(join(folder.path, 'names/passable'), 0o711)
  chmodSync(join(folder.path, 'settings/ngxlint.config.json'), 0o600)
})
afterAll(() => folder.remove())

/** Lints as a user to whom these folders do not belong. */
async function runAsOther(paths: readonly string[]) {
  const args = [...paths, '--format', 'compact']
  // What the command reads in of itself, it reads as root.
  await folder.run(args)
  process.seteuid?.(OTHER)
  try {
    return await folder.run(args)
  } finally {
    process.seteuid?.(0)
  }
}

const describeAsRoot = isRoot ? describe : describe.skip
if (!isRoot) process.stderr.write('\nSKIPPED the tests of closed folders. Missing: root\n')

describeAsRoot('a folder that is closed', () => {
  test.each([
    ['open', 'open/closed'],
    ['names', 'names/passable'],
  ])('an include of what is in it: %s', async (main, closed) => {
    const { code, out } = await runAsOther([`${main}/nginx.conf`])
    expect(out).toBe(
      `${main}/nginx.conf:3:5: warning: ${join(folder.path, closed)}/ can't be read: run ngxlint as a user who may; what it holds for "http" stays unknown here [includes/unresolved]\n`,
    )
    expect(code).toBe(0)
  })

  test('named itself, and a file in it', async () => {
    const why = 'no permission to read it'
    expect(await runAsOther(['closed'])).toEqual({ code: 2, out: '', err: `ngxlint: closed: ${why}\n` })
    expect(await runAsOther(['closed/site.conf'])).toEqual({
      code: 2,
      out: '',
      err: `ngxlint: closed/site.conf: ${why}\n`,
    })
  })

  test('within a folder that is named: said, and the rest is linted', async () => {
    const { code, err } = await runAsOther(['some'])
    expect({ code, err }).toEqual({ code: 0, err: 'ngxlint: some/closed: no permission to read it\n' })
  })
})

test.each(['circle.conf', 'dangling.conf'])('a link that leads nowhere: %s', async (name) => {
  const links = new Folder({ 'circle.conf': { link: 'circle.conf' }, 'dangling.conf': { link: 'gone' } })
  try {
    expect(await links.run([name])).toEqual({
      code: 2,
      out: '',
      err: `ngxlint: ${name}: a symbolic link that leads nowhere\n`,
    })
  } finally {
    links.remove()
  }
})

describeAsRoot('settings that are closed', () => {
  test('are not taken for none', async () => {
    expect(await runAsOther(['settings/nginx.conf'])).toEqual({
      code: 2,
      out: '',
      err: 'ngxlint: settings/ngxlint.config.json: no permission to read it; --no-config goes without it\n',
    })
    expect(await runAsOther(['settings/nginx.conf', '--no-config'])).toMatchObject({ code: 0 })
  })
})
