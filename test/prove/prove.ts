/**
 * `npm run prove -- [model|fixes|syntax|fixtures|debian|nodes|all] --runs N --seed S`: the long runs of what the tests ask in small.
 * Exit 1 where anything disagrees with nginx, or one Node with another.
 */
import { parseArgs } from 'node:util'
import { findNginx, nginxVersion } from '../e2e/nginx-binary.ts'
import { type Bounds, type CampaignResult, runCampaign } from './campaign.ts'
import { fixes, model, seedFromEnvironment, summary, syntax } from './campaigns.ts'
import { debianFiles, lineOf } from './debian.ts'
import { DEBIAN_PACKAGES } from './debian-packages.ts'
import { askFixture, fixtureNames, reasonNotToAsk, type Variant } from './fixtures.ts'
import { difference, fetchNode, NODES, transcript, versionOf } from './nodes.ts'

const DEFAULT_RUNS = 1000
const LANES = 2
const SHRINK_MS = 30_000

let lastProgress = Date.now()
const told = new Set<string>()

const proofs: Readonly<Record<string, (bounds: Bounds) => Promise<number>>> = {
  model: async (bounds) => report(await runCampaign(model, bounds)),
  fixes: async (bounds) => report(await runCampaign(fixes, bounds)),
  syntax: async (bounds) => report(await runCampaign(syntax, bounds)),
  fixtures: proveFixtures,
  debian: proveDebian,
  nodes: proveNodes,
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string' }, seed: { type: 'string' } },
})
const [wanted = 'all'] = positionals
// Packages are fetched when that is asked for, and not along with the rest.
const FETCHING: readonly string[] = ['debian', 'nodes']
const names = wanted === 'all' ? Object.keys(proofs).filter((name) => !FETCHING.includes(name)) : [wanted]
const runs = Number(values.runs ?? DEFAULT_RUNS)
const seed = values.seed === undefined ? seedFromEnvironment() : Number(values.seed)

if (names.some((name) => !(name in proofs)) || !Number.isInteger(runs) || !Number.isInteger(seed)) {
  say(`usage: npm run prove -- [${Object.keys(proofs).join('|')}|all] [--runs N] [--seed S]`)
  process.exitCode = 2
} else if (!findNginx()) {
  say('nginx not found: install it, or name one in NGINX_BIN')
  process.exitCode = 2
} else {
  say(`nginx ${nginxVersion()} (${findNginx()}), ${new Date().toISOString()}, node ${process.version}`)
  let disagreements = 0
  for (const name of names) {
    say(`${name}: seed ${seed}`)
    disagreements += (await proofs[name]?.({ runs, seed, lanes: LANES, shrinkMs: SHRINK_MS, onProgress })) ?? 0
  }
  say(disagreements === 0 ? 'nothing disagrees' : `${disagreements} disagreements`)
  process.exitCode = disagreements === 0 ? 0 : 1
}

function onProgress({ total, unit, disagreements }: CampaignResult): void {
  for (const disagreement of disagreements) {
    if (!told.has(disagreement)) say(`\nDISAGREEMENT\n${disagreement}\n`)
    told.add(disagreement)
  }
  if (Date.now() - lastProgress < 5000) return
  lastProgress = Date.now()
  say(`  ${total} ${unit}, ${disagreements.length} disagreements`)
}

function report(result: CampaignResult): number {
  say(summary(result))
  return result.disagreements.length
}

async function proveFixtures(): Promise<number> {
  let asked = 0
  let wrong = 0
  for (const name of fixtureNames()) {
    const reason = reasonNotToAsk(name)
    if (reason) say(`  ${name} is not asked: ${reason}`)
    for (const variant of reason ? [] : (['bad', 'good', 'fixed'] satisfies Variant[])) {
      for (const { location, isGood, isFlagged, status } of await askFixture(name, variant)) {
        asked++
        // Where nginx does not start, a location may be flagged for that alone: its handshake is good in newer versions.
        const isAsTold =
          status === undefined
            ? variant === 'bad' && (isFlagged || isGood)
            : (status === 101) === isGood && isGood !== isFlagged && (variant === 'bad' || isGood)
        if (!isAsTold) wrong++
        const answer = status ?? 'nginx does not start'
        say(
          `  ${isAsTold ? 'as told' : 'WRONG'}: ${name}/${variant} ${location}: ${answer}, ${isFlagged ? 'flagged' : 'not flagged'}`,
        )
      }
    }
  }
  say(`${asked} WebSocket locations of fixtures asked, ${wrong} not as told`)
  return wrong
}

async function proveDebian(): Promise<number> {
  const missing: string[] = []
  const counts = { agreed: 0, differ: 0, other: 0 }
  for await (const file of debianFiles((name) => missing.push(name))) {
    say(`  ${lineOf(file)}`)
    counts[typeof file.outcome === 'string' ? file.outcome : 'other']++
  }
  if (missing.length > 0) say(`  not to be had from here: ${missing.join(', ')}`)
  say(
    `${counts.agreed + counts.differ + counts.other} files of ${DEBIAN_PACKAGES.length - missing.length} packages: ${counts.agreed} as nginx has it, ${counts.other} not compared, ${counts.differ} otherwise`,
  )
  // Where nothing could be fetched, nothing was proved.
  return missing.length === DEBIAN_PACKAGES.length ? 1 : counts.differ
}

async function proveNodes(): Promise<number> {
  const expected = transcript(process.execPath)
  let asked = 0
  let differing = 0
  for (const wanted of NODES) {
    const node = fetchNode(wanted)
    if (!node) {
      say(`  node ${wanted} is not to be had from here`)
      continue
    }
    const found = transcript(node)
    const other = found.flatMap((text, index) => difference(text, expected[index] ?? '') ?? [])
    for (const text of other) say(`\nDISAGREEMENT\n${text}\n`)
    say(`  node ${versionOf(node)}: ${other.length === 0 ? 'the same' : `${other.length} of ${found.length} differ`}`)
    asked++
    differing += other.length
  }
  say(`${asked} versions of Node, ${expected.length} outputs of each compared with this one's, ${differing} differ`)
  // Where nothing could be fetched, nothing was proved.
  return asked === 0 ? 1 : differing
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
