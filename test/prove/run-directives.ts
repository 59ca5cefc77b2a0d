/** `npm run prove:directives`: every directive of the table, in nginx and in ngxlint. NGINX_MODULES names a folder of modules. */
import { formatVersion } from '../../src/nginx/version.ts'
import { namesToProve } from './directive-cases.ts'
import { type Compared, DirectiveProof } from './directives.ts'

const [filter] = process.argv.slice(2)
const proof = await DirectiveProof.start()
const names = namesToProve().filter((name) => filter === undefined || new RegExp(filter).test(name))
const compared = await proof.compareAll(names)
proof.end()

const asked = compared.filter(({ outcome }) => typeof outcome === 'string' || outcome.kind === 'explained')
const agreed = asked.filter(({ outcome }) => outcome === 'agreed')
const differing = compared.filter(({ outcome }) => outcome === 'differ')
const print = (line: string) => process.stdout.write(`${line}\n`)

for (const { case: each, nginx, says, ngxlint } of differing)
  print(
    `${each.conf.split('\n')[each.line - 1]} in ${each.context}, ${each.kind}: nginx ${nginx} (${says}), ngxlint ${ngxlint}`,
  )
for (const [because, count] of reasons(compared, 'explained')) print(`explained, ${count}: ${because}`)
for (const [because, count] of reasons(compared, 'not asked')) print(`not compared, ${count}: ${because}`)
const provenNames = new Set(asked.map(({ case: each }) => each.name)).size
print(
  `nginx ${formatVersion(proof.version)} with ${proof.modules.length} dynamic modules: ${agreed.length} of ${asked.length} verdicts agree (${((100 * agreed.length) / asked.length).toFixed(2)} %), on ${provenNames} directives; ${differing.length} differences are not explained`,
)
if (differing.length > 0) process.exitCode = 1

function reasons(all: readonly Compared[], wanted: 'explained' | 'not asked'): [string, number][] {
  const counts = new Map<string, number>()
  for (const { outcome } of all)
    if (typeof outcome === 'object' && outcome.kind === wanted)
      counts.set(outcome.because, (counts.get(outcome.because) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one)
}
