/**
 * Many random cases against reality. Cases come in batches, each with a seed of its own that follows from the first one,
 * so that a run can be repeated, and goes on behind a disagreement.
 */
import fc from 'fast-check'

export interface Campaign<Case> {
  /** What is counted: `requests`. */
  readonly unit: string
  /** What one lane needs to itself: a backend, a folder. Lanes run side by side. */
  open(): Promise<Lane<Case>>
}

export interface Lane<Case> {
  readonly cases: fc.Arbitrary<Case>
  check(one: Case): Promise<CaseResult>
  close(): Promise<void>
}

export interface CaseResult {
  /** How many units it was, by how they ended. */
  readonly counts: Readonly<Record<string, number>>
  /** All that one needs to see what went wrong; undefined where nothing did. */
  readonly disagreement: string | undefined
}

export interface Bounds {
  /** Units. */
  readonly runs: number
  readonly seed: number
  readonly lanes?: number
  /** No new case is begun so long after the lanes are open, but for the first one. */
  readonly limitMs?: number
  /** How long a disagreement may be shrunk. */
  readonly shrinkMs?: number
  /** Told after each batch. */
  readonly onProgress?: (result: CampaignResult) => void
}

export interface CampaignResult {
  readonly unit: string
  readonly seed: number
  /** Units that were compared. */
  total: number
  readonly counts: Record<string, number>
  readonly disagreements: string[]
}

const BATCH = 50
const MOST_DISAGREEMENTS = 10

export async function runCampaign<Case>(campaign: Campaign<Case>, bounds: Bounds): Promise<CampaignResult> {
  const { runs, seed, lanes = 1, limitMs = Number.POSITIVE_INFINITY, shrinkMs = 5000 } = bounds
  const result: CampaignResult = { unit: campaign.unit, seed, total: 0, counts: {}, disagreements: [] }
  const opened = await Promise.all(Array.from({ length: lanes }, () => campaign.open()))
  const end = Date.now() + limitMs
  let begun = 0
  const isOver = () => result.total >= runs || (begun > 0 && Date.now() >= end)
  const begin = () => !isOver() && ++begun > 0
  let batches = 0
  const work = async (lane: Lane<Case>) => {
    try {
      while (!isOver() && result.disagreements.length < MOST_DISAGREEMENTS) {
        await runBatch(lane, result, { seed: seed + batches++, begin, shrinkMs })
        bounds.onProgress?.(result)
      }
    } finally {
      await lane.close()
    }
  }
  await Promise.all(opened.map(work))
  return result
}

async function runBatch<Case>(
  { cases, check }: Lane<Case>,
  result: CampaignResult,
  { seed, begin, shrinkMs }: { seed: number; begin: () => boolean; shrinkMs: number },
): Promise<void> {
  let shrinkEnd: number | undefined
  const property = fc.asyncProperty(cases, async (one) => {
    // What is left of the batch passes unasked.
    if (shrinkEnd === undefined ? !begin() : Date.now() >= shrinkEnd) return
    const { counts, disagreement } = await check(one)
    if (shrinkEnd === undefined) {
      for (const [key, count] of Object.entries(counts)) {
        result.counts[key] = (result.counts[key] ?? 0) + count
        result.total += count
      }
    }
    if (disagreement === undefined) return
    shrinkEnd ??= Date.now() + shrinkMs
    throw new Error(disagreement)
  })
  const details = await fc.check(property, { seed, numRuns: BATCH })
  if (!details.failed) return
  const { errorInstance, counterexamplePath } = details
  const message = errorInstance instanceof Error ? errorInstance.message : String(errorInstance)
  result.disagreements.push(`${message}\n(seed ${seed}, path ${counterexamplePath})`)
}
