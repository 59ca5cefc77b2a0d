/** The model of nginx against nginx itself: the examples. What is compared at random is in `test/prove/`. */
import { afterAll, beforeAll, expect } from '@jest/globals'
import type { Outcome } from '../../src/effective/simulate.ts'
import { type Backend, startStrictBackend } from '../e2e/backends.ts'
import { plainRequest } from '../e2e/client.ts'
import { describeWithNginx } from '../e2e/describe-with-nginx.ts'
import { mainConf } from '../e2e/nginx.ts'
import { findNginx, nginxVersion } from '../e2e/nginx-binary.ts'
import { withNginx } from '../e2e/nginx-pool.ts'
import { valuesOf } from '../e2e/wire.ts'
import { EXAMPLES, type Example } from './examples.ts'
import { outcomeOf, serverBlock, tell } from './outcome-of.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startStrictBackend()
})
afterAll(() => backend.stop())

/** The examples are told for 1.22.1. Of another nginx the model may say something else. */
const version = findNginx() && nginxVersion()

const predicted = ([server, target, , asked]: Example): Outcome => outcomeOf(server, target, { ...asked, version })

describeWithNginx('the examples', (add) => {
  for (const [title, examples] of Object.entries(EXAMPLES)) {
    const observable = examples.filter(isObservable)
    add(title, async () => {
      const seen = await observeAll(observable)
      expect(seen).toEqual(observable.map((one) => `${one[0]} ${one[1]}: ${tell(predicted(one))}`))
    })
  }
})

/** Left out: what is not known, what is no answer of nginx itself, what needs a certificate, and what is of one version. */
function isObservable(example: Example): boolean {
  const [server, , , asked] = example
  const outcome = predicted(example)
  if (outcome.doubts.length > 0 || (asked?.version ?? version) !== version) return false
  const isTold = /^(?:[A-Z]+ \S+(?:, shown as \d+)?|\d+(?: → .*)?)$/.test(tell(outcome))
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
