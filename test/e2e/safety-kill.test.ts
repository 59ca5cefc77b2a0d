/** kill -9 after every step of a run, and of the run that puts things in order after it. */
import { describe, expect, jest, test } from '@jest/globals'
import { CONF, fixedSnapshot, makeBrokenSites, tornFiles } from './broken-sites.ts'
import { runNgxlint } from './ngxlint.ts'
import type { Snapshot, Tree } from './tree.ts'

jest.setTimeout(120_000)

/** More than a run has; one that is not reached is not stopped. */
const MOST_STEPS = 60

const run = (tree: Tree, args: readonly string[], stopAfter?: number) =>
  runNgxlint([...args, CONF], tree.dir, '', {
    ...(stopAfter === undefined ? {} : { NGXLINT_TEST_STOP_AFTER: String(stopAfter) }),
  })

/** Runs with a stop after each step in turn, until one is not reached. */
async function atEachStep(look: (tree: Tree, step: number, old: Snapshot) => Promise<void>): Promise<number> {
  for (let step = 1; step < MOST_STEPS; step++) {
    const tree = makeBrokenSites()
    const old = tree.snapshot()
    const { code } = await run(tree, ['--fix'], step)
    expect([step, tornFiles(tree.snapshot(), old)]).toEqual([step, []])
    if (code !== null) return step - 1
    await look(tree, step, old)
    tree.remove()
  }
  throw new Error('there is no end to the steps')
}

describe('a run that is killed', () => {
  let lastBeforeDone = 0

  test('after any step: each file is whole, and after the next start all are old, or all new', async () => {
    const seen = { old: 0, new: 0 }
    let said = ''
    const steps = await atEachStep(async (tree, step, old) => {
      if (tree.snapshot()['.ngxlint-journal']) lastBeforeDone = step
      const fixed = fixedSnapshot(old)
      if (step % 3 === 0) {
        expect(await run(tree, ['--fix'])).toMatchObject({ code: 0 })
        expect([step, tree.snapshot()]).toEqual([step, fixed])
        return
      }
      // A run that only reads restores, too.
      const { stderr } = await run(tree, step % 3 === 1 ? ['--quiet'] : ['--diff'])
      const now = withoutLocks(tree.snapshot())
      const state = JSON.stringify(now) === JSON.stringify(fixed) ? 'new' : 'old'
      expect([step, now]).toEqual([step, { old, new: fixed }[state]])
      seen[state]++
      said += stderr
    })
    expect(steps).toBeGreaterThan(12)
    for (const end of [
      / before it had changed any file/,
      /: [12] files? restored to the old state/,
      / after it had written all/,
    ])
      expect(said).toMatch(new RegExp(`an earlier run was interrupted${end.source}`))
    expect(lastBeforeDone).toBeGreaterThan(5)
    expect(seen.old).toBeGreaterThan(3)
    expect(seen.new).toBeGreaterThan(1)
  })

  test('the next start may be killed as well, after any step', async () => {
    const tree = makeBrokenSites()
    const old = tree.snapshot()
    let starts = 0
    for (let step = 1; step < MOST_STEPS; step++) {
      for (const path of ['.ngxlint-lock', '.ngxlint-journal']) expect(tree.snapshot()[path]).toBeUndefined()
      // Both are replaced by then, and nothing is marked as done.
      expect(await run(tree, ['--fix'], lastBeforeDone)).toMatchObject({ code: null })
      expect(tree.snapshot()).toMatchObject(fixedSnapshot(old))
      const { code } = await run(tree, [], step)
      expect([step, tornFiles(tree.snapshot(), old)]).toEqual([step, []])
      starts++
      await run(tree, [])
      expect([step, withoutLocks(tree.snapshot())]).toEqual([step, old])
      if (code !== null) break
    }
    expect(starts).toBeGreaterThan(5)
    tree.remove()
  })
})

/**
 * Who only reads looks beside the main file. A lock that is left elsewhere is no obstacle: the next run that writes
 * there takes it over.
 */
function withoutLocks(snapshot: Snapshot): Snapshot {
  return Object.fromEntries(Object.entries(snapshot).filter(([path]) => !path.endsWith('/.ngxlint-lock')))
}
