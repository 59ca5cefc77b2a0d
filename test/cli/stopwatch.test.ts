import { expect, test } from '@jest/globals'
import { Stopwatch } from '../../src/cli/stopwatch.ts'
import { statsTable } from '../../src/report/stats.ts'

test('a stage within another takes its time from it, and stages of one name add up', () => {
  let now = 5
  const pass = (milliseconds: number) => {
    now += milliseconds
  }
  const watch = new Stopwatch(() => now)
  watch.measure('fix', () => {
    pass(1)
    watch.measure('read', () => pass(10))
    pass(2)
    watch.measure('read', () => pass(20))
  })
  pass(100)
  expect(() =>
    watch.measure('write', () => {
      pass(3)
      throw new Error('no')
    }),
  ).toThrow('no')
  expect(watch.stages).toEqual([
    { name: 'fix', milliseconds: 3 },
    { name: 'read', milliseconds: 30 },
    { name: 'write', milliseconds: 3 },
  ])
})

test('work that is waited for', async () => {
  let now = 0
  const watch = new Stopwatch(() => now)
  const work = async () => {
    now += 1
    await Promise.resolve()
    now += 2
    return 'done'
  }
  expect(await watch.measure('find', work)).toBe('done')
  now += 10
  expect(watch.stages).toEqual([{ name: 'find', milliseconds: 3 }])
})

test('the table', () => {
  const stages = [
    { name: 'read', milliseconds: 1234.56 },
    { name: 'second opinion', milliseconds: 10_000 },
  ]
  expect(statsTable({ files: 2, bytes: 1_234_567, milliseconds: 12_000, stages })).toBe(
    `2 files, 1.2 MB
  read            1234.6 ms
  second opinion     10.0 s
  start and rest   765.4 ms
  in all             12.0 s
`,
  )
})
