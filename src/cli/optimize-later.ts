import { compiled } from './compiled.ts'

/** What V8 is told at first, and when a run turns out to be long. */
interface Tuning {
  readonly first: string
  readonly later: string
}

/** Since V8 13 Maglev, the compiler before the last one, makes nearly as much of nearly all. */
const WITH_MAGLEV: Tuning = {
  first: '--no-turbofan --invocation-count-for-maglev=2000',
  later: '--turbofan --invocation-count-for-maglev=400',
}

/** What TurboFan inlines makes its work longer by more than it saves in a run of a second; small functions it inlines all the same. */
const INLINED = '--max-inlined-bytecode-size-cumulative'

/**
 * A run of a second is over before most of what V8's last compiler makes has paid. By the versions of V8, for others may have
 * other flags: those of Node 20, 22, 24, 25 and 26.
 */
const TUNINGS: Readonly<Record<string, Tuning>> = {
  '11.3': { first: `--interrupt-budget=200000 ${INLINED}=0`, later: `${INLINED}=300` },
  '12.4': {
    first: `--invocation-count-for-turbofan=10000 ${INLINED}=0`,
    later: `--invocation-count-for-turbofan=3000 ${INLINED}=300`,
  },
  '13.6': WITH_MAGLEV,
  '14.1': WITH_MAGLEV,
  '14.6': WITH_MAGLEV,
}

/**
 * For a configuration that is not small. Of what is made for it much lives to the end: to let the space of the young objects
 * grow would take 20 MB for 1,000 hosts, and save no time.
 */
export function optimizeLater(): void {
  setFlags('first', '--semi-space-growth-factor=1')
}

/** For a large one, or one with much to be said of: 40,000 fixes took four seconds longer without. */
export function optimizeNow(): void {
  setFlags('later', '--semi-space-growth-factor=2')
}

function setFlags(when: keyof Tuning, more: string): void {
  const tuning = TUNINGS[/^\d+\.\d+/.exec(process.versions.v8)?.[0] ?? '']
  if (!tuning) return
  process.getBuiltinModule('node:v8').setFlagsFromString(`${tuning[when]} ${more}`)
  compiled.hasOtherFlags = true
}
