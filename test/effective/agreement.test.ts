/** The model of nginx against nginx itself: the examples, and configurations and requests at random. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Backend, startStrictBackend } from '../e2e/backends.ts'
import { plainRequest } from '../e2e/client.ts'
import { describeWithNginx } from '../e2e/describe-with-nginx.ts'
import { mainConf } from '../e2e/nginx.ts'
import { findNginx, nginxIsAtLeast } from '../e2e/nginx-binary.ts'
import { withNginx } from '../e2e/nginx-pool.ts'
import { valuesOf } from '../e2e/wire.ts'
import { generatedCase } from '../prove/generator.ts'
import { runCase } from '../prove/run.ts'
import { EXAMPLES, type Example } from './examples.ts'
import { outcomeOf, serverBlock } from './outcome-of.ts'

const CONFIGURATIONS = 40
const REQUESTS_EACH = 12

let backend: Backend
beforeAll(async () => {
  backend = await startStrictBackend()
})
afterAll(() => backend.stop())

/** The examples are told for 1.22.1, whose defaults hold up to 1.29.7. */
const isAsInExamples = findNginx() !== undefined && nginxIsAtLeast('1.22.1') && !nginxIsAtLeast('1.29.7')

describeWithNginx(
  'the examples',
  (add) => {
    for (const [title, examples] of Object.entries(EXAMPLES)) {
      const observable = examples.filter(isObservable)
      add(title, async () => {
        const seen = await observeAll(observable)
        expect(seen).toEqual(observable.map(([server, target, expected]) => `${server} ${target}: ${expected}`))
      })
    }
  },
  { here: isAsInExamples, what: 'an nginx from 1.22.1 to 1.29.6' },
)

/** Left out: what is not known, what is no answer of nginx itself, and what needs a certificate. */
function isObservable([server, target, expected, asked]: Example): boolean {
  if (outcomeOf(server, target, asked).doubts.length > 0) return false
  const isTold = /^(?:[A-Z]+ \S+(?:, shown as \d+)?|\d+(?: → .*)?)$/.test(expected)
  return isTold && !/\bssl\b/.test(server) && asked?.files === undefined
}

/** Each example is a server of its own, on a port of its own. */
async function observeAll(examples: readonly Example[]): Promise<string[]> {
  const upstreams = ['b', 'c'].map((name) => `upstream ${name} { server 127.0.0.1:${backend.port}; }`)
  const maps = examples.flatMap(([, , , asked]) => asked?.http ?? [])
  const job = {
    ports: examples.length,
    files: (ports: readonly number[]) => {
      const servers = examples.map(([content, , , asked = {}], index) =>
        serverBlock(`listen 127.0.0.1:${ports[index]}; ${content}`, asked),
      )
      return { 'nginx.conf': mainConf([...new Set(maps), ...upstreams, ...servers].join('\n')) }
    },
  }
  return withNginx(job, async ({ ports }) => {
    const seen: string[] = []
    for (const [index, example] of examples.entries())
      seen.push(`${example[0]} ${example[1]}: ${await observe(example, ports[index] as number)}`)
    return seen
  })
}

/** What `tell` would say of what happened. */
async function observe([, path, , asked = {}]: Example, port: number): Promise<string> {
  const { method = 'GET', host = 'example.com', headers = [] } = asked
  const doublesHost = headers.some(([name]) => name === 'Host')
  backend.recorder.clear()
  const sent = doublesHost ? [['Host', host] as const, ...headers] : headers
  const answer = await plainRequest({ port, path, method, host, headers: sent })
  const [got] = backend.recorder.all()
  if (got) return `${got.method} ${got.target}${answer.status === 200 ? '' : `, shown as ${answer.status}`}`
  const location = valuesOf(answer.headers, 'Location')[0]?.replace(`http://${host}:${port}`, '')
  return location === undefined ? String(answer.status) : `${answer.status} → ${location}`
}

describeWithNginx('at random', (add) => {
  add(`${CONFIGURATIONS} configurations, ${REQUESTS_EACH} requests each`, async () => {
    const seed = Date.now() | 0
    const counts = { agreed: 0, unknown: 0 }
    await fc.assert(
      fc.asyncProperty(generatedCase(REQUESTS_EACH), async (generated) => {
        for (const { comparison, request, conf } of await runCase(generated, backend)) {
          if (comparison.kind !== 'disagreed') counts[comparison.kind]++
          else throw new Error(`${comparison.differences.join('\n')}\n${JSON.stringify(request)}\n${conf}`)
        }
      }),
      { seed, numRuns: CONFIGURATIONS, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: false },
    )
    process.stderr.write(
      `\nmodel and nginx agree: ${counts.agreed}, model does not know: ${counts.unknown} (seed ${seed})\n`,
    )
    expect(counts.agreed).toBeGreaterThan(counts.unknown)
  })
})

test('the generator makes what it is for: most requests get to a backend or an answer', () => {
  const cases = fc.sample(generatedCase(1), { numRuns: 50, seed: 1 })
  expect(new Set(cases.map(({ requests }) => requests[0]?.target)).size).toBeGreaterThan(20)
})
