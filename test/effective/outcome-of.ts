/** What becomes of a request, told in one line, for tables of examples. */
import { type Outcome, type Simulation, simulate } from '../../src/effective/simulate.ts'
import type { UpstreamRequest } from '../../src/effective/upstream-request.ts'
import { modelOf } from './model-of.ts'

export interface Asked {
  readonly method?: string
  readonly headers?: ReadonlyArray<readonly [string, string]>
  readonly host?: string
  /** What `server_name` says. */
  readonly name?: string
  readonly http?: string
  readonly version?: string | undefined
  readonly files?: Simulation['files']
}

/** @param server the content of the only server; `PASS` is a `proxy_pass` to `http://b` */
export function outcomeOf(server: string, target: string, asked: Asked = {}): Outcome {
  const { method = 'GET', headers = [], host = 'example.com', http = '', version = '1.22.1', files = 'unknown' } = asked
  const request = { scheme: 'http', method, target, headers: [['Host', host], ...headers] } as const
  const text = `http { ${http} ${serverBlock(server, asked)} }`
  return simulate(modelOf(text, version), { port: 80, request, files })
}

export function serverBlock(content: string, { name }: Asked): string {
  const serverName = name === undefined ? '' : `server_name ${name};`
  return `server { ${serverName} ${content.replaceAll('PASS', 'proxy_pass http://b;')} }`
}

/** `GET /x`: what the backend gets; `301 → /x`: what nginx answers itself. */
export function tell(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'proxied': {
      const { method, uri } = outcome.upstream
      const status = outcome.status === undefined ? '' : `, shown as ${outcome.status}`
      return `${method.value} ${uri.value}${status}`
    }
    case 'answered':
      return outcome.redirect ? `${outcome.status} → ${outcome.redirect}` : String(outcome.status)
    case 'handled':
      return outcome.by.name
    case 'unknown':
      return `unknown: ${outcome.because?.name}`
    default:
      return outcome.kind
  }
}

/** The upstream request of a request that gets to a backend. */
export function upstreamOf(server: string, target: string, asked: Asked = {}): UpstreamRequest {
  const outcome = outcomeOf(server, target, asked)
  if (outcome.kind !== 'proxied') throw new Error(`not proxied: ${tell(outcome)}`)
  return outcome.upstream
}
