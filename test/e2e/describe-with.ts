/** Tests that need a program which few machines have: without it they are skipped loudly, on a CI server too. */
import { describe, test } from '@jest/globals'
import type { AddTest, Need } from './describe-with-nginx.ts'

const TIMEOUT_MS = 30_000

export function describeWith(name: string, { here, what }: Need, addTests: (add: AddTest) => void): void {
  if (here) {
    describe(name, () => addTests((title, run) => test(title, run, TIMEOUT_MS)))
    return
  }
  let count = 0
  describe.skip(name, () =>
    addTests((title, run) => {
      count += 1
      test(title, run)
    }),
  )
  process.stderr.write(`\nSKIPPED ${count} tests of "${name}". Missing: ${what}\n`)
}
