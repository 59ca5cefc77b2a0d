/** What is proved at random against real nginx: the model, the fixes, the syntax. */
import { startStrictBackend } from '../e2e/backends.ts'
import { brokenSite, type Site } from './broken-site.ts'
import type { Campaign, CampaignResult } from './campaign.ts'
import { runFixCase } from './fixes.ts'
import { type GeneratedCase, generatedCase } from './generator.ts'
import { findSubjects, type Mutant, mutant, runMutant } from './mutants.ts'
import { runCase } from './run.ts'

export const REQUESTS_EACH = 12

export const model: Campaign<GeneratedCase> = {
  unit: 'requests',
  async open() {
    const backend = await startStrictBackend()
    return {
      cases: generatedCase(REQUESTS_EACH),
      async check(generated) {
        const counts = { agreed: 0, 'model does not say': 0, disagreed: 0 }
        let disagreement: string | undefined
        for (const { comparison, request, conf } of await runCase(generated, backend)) {
          counts[comparison.kind === 'unknown' ? 'model does not say' : comparison.kind]++
          if (comparison.kind === 'disagreed')
            disagreement ??= [...comparison.differences, JSON.stringify(request), conf].join('\n')
        }
        return { counts, disagreement }
      },
      close: () => backend.stop(),
    }
  },
}

export const fixes: Campaign<Site> = {
  unit: 'handshakes before and after',
  async open() {
    const backend = await startStrictBackend()
    return {
      cases: brokenSite,
      async check(site) {
        const { faults, files, fixed, handshakes, broken } = await runFixCase(site, backend)
        const counts = { 'broken before': broken, 'good before': handshakes - broken }
        if (faults.length === 0) return { counts, disagreement: undefined }
        return { counts, disagreement: [...faults, JSON.stringify({ files, fixed }, undefined, 2)].join('\n') }
      },
      close: () => backend.stop(),
    }
  },
}

export const syntax: Campaign<Mutant> = {
  unit: 'mutants',
  async open() {
    return {
      cases: mutant(await findSubjects()),
      async check(one) {
        const { text, verdict } = await runMutant(one)
        if (verdict.kind === 'agreed') return { counts: { [verdict.as]: 1 }, disagreement: undefined }
        if (verdict.kind === 'stopped')
          return { counts: { [STOPPED[`${verdict.isClaimed}`]]: 1 }, disagreement: undefined }
        return {
          counts: { disagreed: 1 },
          disagreement: [verdict.because, `${one.subject.name} ${JSON.stringify(one.wanted)}`, text].join('\n'),
        }
      },
      close: async () => {},
    }
  },
}

const STOPPED = {
  false: 'nginx refuses what a directive says, we say nothing of syntax',
  true: 'nginx refuses what a directive says before the place that we report',
}

/** One line for people: `seed 7: 480 requests, 0 disagreements (agreed 471, …)`. */
export function summary({ seed, total, unit, counts, disagreements }: CampaignResult): string {
  const kinds = Object.entries(counts)
    .sort(([, one], [, other]) => other - one)
    .map(([kind, count]) => `${kind}: ${count}`)
  return `seed ${seed}: ${total} ${unit}, ${disagreements.length} disagreements (${kinds.join('; ')})`
}

/** The seed that PROVE_SEED names, or a new one. */
export function seedFromEnvironment(): number {
  const named = process.env.PROVE_SEED
  return named === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(named)
}
