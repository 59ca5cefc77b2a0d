/** The order in which a run writes, flushes and renames, as the kernel sees it. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, jest, test } from '@jest/globals'
import { CONF, makeBrokenSites } from './broken-sites.ts'
import { MAIN } from './ngxlint.ts'

jest.setTimeout(60_000)

const hasStrace = spawnSync('strace', ['-qq', '-o', '/dev/null', 'true']).status === 0
if (!hasStrace) process.stderr.write('\nSKIPPED the order of writing and flushing. Missing: strace that may trace\n')
const describeTraced = hasStrace ? describe : describe.skip

/** One file's way to the disk: what is flushed, by name, and what takes which name. */
function callsOf(dir: string): string[] {
  const log = `${dir}/strace.log`
  const args = ['-f', '-qq', '-e', 'trace=openat,fsync,rename,link', '-o', log, process.execPath, MAIN]
  const { status } = spawnSync('strace', [...args, '--fix', '--quiet', CONF], { cwd: dir })
  expect(status).toBe(0)
  return readFileSync(log, 'utf8').split('\n')
}

describeTraced('each file that is written', () => {
  test('is on the disk before it takes its name, and so is its folder, before and after', () => {
    const tree = makeBrokenSites()
    try {
      const names = new Map<string, string>()
      const steps: string[] = []
      for (const line of callsOf(tree.dir)) {
        const opened = /openat\(.*?"([^"]*)".*\) = (\d+)$/.exec(line)
        if (opened) names.set(opened[2] as string, nameOf(opened[1] as string, tree.dir, names))
        const flushed = /fsync\((\d+)/.exec(line)?.[1]
        if (flushed) steps.push(`flush ${names.get(flushed)}`)
        const moved = /(rename|link)\("([^"]*)", "([^"]*)"\)/.exec(line)
        if (moved) {
          const [, call, from = '', to = ''] = moved
          steps.push(`${call} ${nameOf(from, tree.dir, names)} → ${nameOf(to, tree.dir, names)}`)
        }
      }
      const from = steps.indexOf('rename ./ID-journal → ./.ngxlint-journal')
      expect(steps.slice(from - 1)).toEqual([
        'flush ./ID-journal',
        'rename ./ID-journal → ./.ngxlint-journal',
        'flush .',
        'flush conf.d/ID-0.new',
        'link conf.d/one.conf → conf.d/ID-0.old',
        'flush sites-available/ID-1.new',
        'link sites-available/two → sites-available/ID-1.old',
        'flush .',
        'flush conf.d',
        'flush sites-available',
        'rename conf.d/ID-0.new → conf.d/one.conf',
        'rename sites-available/ID-1.new → sites-available/two',
        'flush .',
        'flush conf.d',
        'flush sites-available',
        'rename ./.ngxlint-journal → ./.ngxlint-journal-done',
        'flush .',
        'flush .',
        'flush conf.d',
        'flush sites-available',
        'flush .',
      ])
    } finally {
      tree.remove()
    }
  })
})

/** From the folder of the sites, with the descriptors of folders and the run's id by names. */
function nameOf(path: string, dir: string, names: ReadonlyMap<string, string>): string {
  const [, descriptor, rest] = /^\/proc\/\d+\/fd\/(\d+)\/(.*)$/.exec(path) ?? []
  const whole = descriptor === undefined ? path : `${names.get(descriptor)}/${rest}`
  return whole
    .replace(/\.ngxlint-[0-9a-f]{16}/, 'ID')
    .replace(`${dir}/`, '')
    .replace(new RegExp(`^${dir}$`), '.')
}
