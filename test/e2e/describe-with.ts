/** Tests that need a program which few machines have: without it they are skipped loudly, on a CI server too. */
import { describe, test } from '@jest/globals'
import { type AddTest, type Need, skipLoudly } from './describe-with-nginx.ts'

const TIMEOUT_MS = 30_000

export function describeWith(name: string, { here, what }: Need, addTests: (add: AddTest) => void): void {
  if (here) describe(name, () => addTests((title, run) => test(title, run, TIMEOUT_MS)))
  else skipLoudly(name, addTests, what)
}
