/** `--test`: nginx itself looks at the fixed files, before they are in place where that can be had. */
import { spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect } from '@jest/globals'
import { CONF, fixedSnapshot, makeBrokenSites, SITES } from './broken-sites.ts'
import { describeWithNginx } from './describe-with-nginx.ts'
import { TEMPORARY_PATHS } from './nginx.ts'
import { findNginx } from './nginx-binary.ts'
import { type CommandResult, runNgxlint } from './ngxlint.ts'
import { freePorts } from './ports.ts'
import { makeTree, type Snapshot, type Tree } from './tree.ts'

/** Whether files can be laid over others for one process alone. */
const hasOverlay = process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0
if (!hasOverlay) process.stderr.write('\nNot root that may "unshare --mount": --test is seen after the rename only\n')

let tree: Tree
let old: Snapshot
beforeEach(async () => {
  const [one = 0, two = 0] = await freePorts(2)
  tree = makeBrokenSites([one, two])
  const paths = TEMPORARY_PATHS.replaceAll('.nginx-temp', tree.path('temp'))
  tree.write({
    // Both are made by a test of nginx.
    '.nginx.pid': '',
    'temp/.keep': '',
    [CONF]: tree.read(CONF).replace('pid ', `pid ${tree.dir}/`).replace('access_log off;', `access_log off; ${paths}`),
  })
  old = tree.snapshot()
})
afterEach(() => tree.remove())

const fix = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CommandResult> =>
  runNgxlint(['--fix', ...args, CONF, '--quiet'], tree.dir, '', env)

/** A program called nginx, in front of the real one. */
function wrapper(script: string): NodeJS.ProcessEnv {
  tree.write({ 'bin/nginx': `#!/bin/sh\n${script}\n` })
  chmodSync(tree.path('bin/nginx'), 0o755)
  old = tree.snapshot()
  return { PATH: `${tree.path('bin')}:${process.env.PATH}` }
}

describeWithNginx('--test', (add) => {
  add('nginx accepts: all is written', async () => {
    expect(await fix(['--test'])).toEqual({ code: 0, stdout: expect.any(String), stderr: '' })
    expect(tree.snapshot()).toEqual(fixedSnapshot(old))
  })

  add('nginx refuses: its message, exit 2, all as it was', async () => {
    tree.write({ 'conf.d/zzz.conf': '\x1b[31mred on;\n' })
    old = tree.snapshot()
    const { code, stderr } = await fix(['--test'])
    expect(code).toBe(2)
    expect(stderr).toContain(`unknown directive "\\x1b[31mred" in ${tree.path('conf.d/zzz.conf')}:1\n`)
    expect(stderr).toMatch(/"nginx -T -c .*nginx\.conf" refuses the fixed files; the old ones are in place\n$/)
    expect(tree.snapshot()).toEqual(old)
  })

  add('nginx sees the fixed files while everybody else sees the old ones', async () => {
    const site = tree.path(SITES[0])
    const seen = tree.path('seen')
    const env = wrapper(`grep -c Upgrade ${site} /proc/$PPID/root${site} > ${seen}; exec ${findNginx()} "$@"`)
    expect(await fix(['--test'], env)).toMatchObject({ code: 0, stderr: '' })
    if (hasOverlay) expect(tree.read('seen').replace(/\/proc\/\d+\/root/, '')).toBe(`${site}:1\n${site}:0\n`)
    expect(tree.snapshot()).toMatchObject(fixedSnapshot(old))
  })

  add('one that refuses the new state only: the old one is in place', async () => {
    const env = wrapper(`if grep -q Upgrade ${tree.path(SITES[1])}; then echo 'nginx: [emerg] no' >&2; exit 1; fi`)
    const { code, stderr } = await fix(['--test'], env)
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^nginx: \[emerg\] no\nngxlint: .*refuses/),
    })
    expect(tree.snapshot()).toEqual(old)
  })

  add('a test that did not look at the fixed files is none', async () => {
    const { code, stderr } = await fix(['--test'], wrapper('exit 0'))
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'ngxlint: nginx did not read the fixed conf.d/one.conf, so its test says nothing of it; the old files are in place\n',
    })
    expect(tree.snapshot()).toEqual(old)
  })

  add('where no view of its own can be had: renamed, tested, undone', async () => {
    tree.write({ 'bin/unshare': '#!/bin/sh\nexit 1\n' })
    chmodSync(tree.path('bin/unshare'), 0o755)
    const env = wrapper(`grep -c Upgrade /proc/$PPID/root${tree.path(SITES[0])}; exit 1`)
    const { code, stderr } = await fix(['--test'], env)
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^1\nngxlint: .*the old ones are in place\n$/),
    })
    expect(tree.snapshot()).toEqual(old)
  })

  add('no nginx, a part of a configuration, a path map: nothing is written, and it says why', async () => {
    const alone = makeTree({ 'site.conf': tree.read(SITES[0]) })
    const outcomes = [
      await fix(['--test'], { PATH: tree.path('nowhere') }),
      await runNgxlint(['--fix', '--test', 'site.conf', '--quiet'], alone.dir),
      await fix(['--test', '--path-map', `/etc/nginx=${tree.dir}`]),
    ]
    expect(outcomes.map(({ code }) => code)).toEqual([2, 2, 2])
    expect(outcomes.map(({ stderr }) => stderr)).toEqual([
      expect.stringMatching(/can't run "nginx -T .*ENOENT\); nothing was written/),
      expect.stringMatching(/site\.conf is a part of a configuration; name the nginx.conf around it/),
      expect.stringMatching(/nginx knows no path map or prefix like that/),
    ])
    expect(tree.snapshot()).toEqual(old)
    expect(alone.read('site.conf')).toBe(tree.read(SITES[0]))
    alone.remove()
  })
})

describeWithNginx('--test=COMMAND', (add) => {
  add('is run by the shell on the files in their places, and may refuse', async () => {
    const command = `nginx -t -q -c $PWD/${CONF} && grep -c Upgrade ${SITES.join(' ')}`
    const refused = await fix([`--test=${command}; false`])
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/conf\.d\/one\.conf:1\nsites-available\/two:1\n/),
    })
    expect(tree.snapshot()).toEqual(old)
    expect(await fix([`--test=${command}`])).toMatchObject({ code: 0, stderr: '' })
    expect(tree.snapshot()).toEqual(fixedSnapshot(old))
  })

  add('what somebody writes while it runs is kept', async () => {
    const { code, stderr } = await fix([`--test=echo '# mine' > ${SITES[0]}`])
    expect(code).toBe(0)
    expect(stderr).toBe('')
    expect(tree.read(SITES[0])).toBe('# mine\n')
  })

  add('an option that stands without its value takes no path for it', async () => {
    writeFileSync(tree.path('empty.conf'), 'events {}\n')
    expect(await runNgxlint(['--fix', '--backup', 'empty.conf'], tree.dir)).toMatchObject({ code: 0 })
    expect(Object.keys(tree.snapshot()).filter((path) => path.includes('backup'))).toEqual([])
  })
})
