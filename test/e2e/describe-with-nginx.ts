/** Tests that need nginx. Without it they are skipped loudly, and under CI=true they fail. */
import { describe, test } from '@jest/globals'
import { findNginx } from './nginx-binary.ts'

export type AddTest = (name: string, run: () => Promise<void> | void) => void

const TIMEOUT_MS = 30_000

export interface Need {
  readonly here: boolean
  readonly what: string
}

/** A describe whose tests run nginx. Where the further need is not met they are skipped as well, on a CI server too. */
export function describeWithNginx(name: string, addTests: (add: AddTest) => void, need?: Need): void {
  const nginx = findNginx() !== undefined
  if (!nginx && process.env.CI === 'true') failWithoutNginx(name)
  else if (!nginx) skipLoudly(name, addTests, 'nginx (install it, or name one in NGINX_BIN)')
  else if (need && !need.here) skipLoudly(name, addTests, need.what)
  else describe(name, () => addTests((title, run) => test(title, run, TIMEOUT_MS)))
}

function failWithoutNginx(name: string): void {
  test(`${name}: nginx is here`, () => {
    throw new Error('CI=true, and nginx was not found: install it, or name one in NGINX_BIN')
  })
}

export function skipLoudly(name: string, addTests: (add: AddTest) => void, missing: string): void {
  let count = 0
  describe.skip(name, () =>
    addTests((title, run) => {
      count += 1
      test(title, run)
    }),
  )
  process.stderr.write(`\nSKIPPED ${count} tests of "${name}". Missing: ${missing}\n`)
}
