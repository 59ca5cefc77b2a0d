/**
 * A run of a second is over before most of what V8 optimizes has paid. With six times its patience 1,000 hosts take three
 * quarters of the processor time, and 10,000 no more than before. Measured with the V8 of Node 20; others have other tiers.
 */
export function optimizeLater(): void {
  if (!process.versions.v8.startsWith('11.3.')) return
  process.getBuiltinModule('node:v8').setFlagsFromString('--interrupt-budget=400000')
}
