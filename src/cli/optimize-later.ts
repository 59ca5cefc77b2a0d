import { compiled } from './compiled.ts'

/**
 * A run of a second is over before most of what V8 optimizes has paid. With six times its patience 1,000 hosts take three
 * quarters of the processor time, and 10,000 no more than before. Measured with the V8 of Node 20; others have other tiers.
 * Of what is made for a configuration much lives to the end. To let the space of the young objects grow takes 20 MB for 1,000
 * hosts, and saves no time; for 10,000 hosts it saves some.
 */
export function optimizeLater(): void {
  setFlags('--interrupt-budget=400000 --semi-space-growth-factor=1')
}

/** For a large configuration, or one with much to be said of: 40,000 fixes took four seconds longer without. */
export function growYoungSpace(): void {
  setFlags('--semi-space-growth-factor=2')
}

function setFlags(flags: string): void {
  if (!process.versions.v8.startsWith('11.3.')) return
  process.getBuiltinModule('node:v8').setFlagsFromString(flags)
  compiled.hasOtherFlags = true
}
