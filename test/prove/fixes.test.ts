import { afterAll, beforeAll, expect } from '@jest/globals'
import fc from 'fast-check'
import { type Backend, startStrictBackend } from '../e2e/backends.ts'
import { describeWithNginx } from '../e2e/describe-with-nginx.ts'
import { brokenSite } from './broken-site.ts'
import { runFixCase } from './fixes.ts'

const RUNS = Number(process.env.PROVE_FIXES ?? 150)

describeWithNginx('fixes against reality', (add) => {
  let backend: Backend
  beforeAll(async () => {
    backend = await startStrictBackend()
  })
  afterAll(async () => {
    await backend.stop()
  })

  add('a broken site is flagged, and its handshakes open after --fix; nothing else changes', async () => {
    await fc.assert(
      fc.asyncProperty(brokenSite, async (site) => {
        const { faults, files, fixed } = await runFixCase(site, backend)
        expect({ faults, ...(faults.length > 0 && { files, fixed }) }).toEqual({ faults: [] })
      }),
      { numRuns: RUNS, verbose: 0 },
    )
  })
})
