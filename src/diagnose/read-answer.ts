import { decodeForDisplay } from '../syntax/index.ts'
import type { Advice } from './advice.ts'
import { CAUSES, type Cause, type Seen } from './causes.ts'
import { type Hop, hopsOf } from './hops.ts'
import type { HttpAnswer } from './http-answer.ts'
import type { Connection, Opened, ProbeResult } from './probe-result.ts'

/** What an answer means. */
export interface Reading {
  readonly cause: Cause['id']
  /** Whether a WebSocket is open, and of use to the client that asked. */
  readonly isOpen: boolean
  readonly means: string
  readonly hops: readonly Hop[]
  /** For the hops that have a part in it. */
  readonly advice: readonly Advice[]
}

/** Finds the row that an answer fits. */
export function readAnswer(result: ProbeResult): Reading {
  const { question, connection } = result
  const answer = result.kind === 'answer' ? asText(result.answer) : undefined
  const opened = result.kind === 'answer' ? openedText(result.opened) : undefined
  const failure = result.kind === 'failure' ? result.failure : undefined
  const hops = answer ? hopsOf(answer, connection) : []
  const seen: Seen = { question, connection, answer, opened, failure, hops }
  const cause = CAUSES.find((row) => row.when(seen)) as Cause
  return {
    cause: cause.id,
    isOpen: cause.id === 'opened',
    means: cause.means(seen).trim(),
    hops,
    advice: adviceFor(cause, hops, connection),
  }
}

/** Bytes become text here, once: what is said of them mixes them with words of ours. */
function asText(answer: HttpAnswer): HttpAnswer {
  return {
    ...answer,
    reason: decodeForDisplay(answer.reason),
    headers: answer.headers.map(([name, value]) => [decodeForDisplay(name), decodeForDisplay(value)]),
    body: decodeForDisplay(answer.body),
  }
}

function openedText(opened: Opened | undefined): Opened | undefined {
  return opened && { ...opened, ended: decoded(opened.ended), refusal: decoded(opened.refusal) }
}

function decoded(text: string | undefined): string | undefined {
  return text && decodeForDisplay(text)
}

/** nginx is what this is about: it is spoken of unless something else is for certain alone there. */
const SILENT_PROXY = 'nginx'

function adviceFor({ advice }: Cause, hops: readonly Hop[], { proxy }: Connection): Advice[] {
  const proxies = hops.filter(({ id }) => id !== 'backend')
  const isShown = ({ at }: Advice) => proxies.some(({ id }) => id === at) || (at === 'proxy' && proxy !== undefined)
  const own = advice.filter((one) => one.at === 'client' || isShown(one))
  const others = advice.filter(({ at }) => at === 'backend' || (at === SILENT_PROXY && mayHide(proxies)))
  return [...own, ...others]
}

/** Behind Cloudflare or a load balancer, and where nothing shows itself, there mostly is a proxy that does not. */
function mayHide(proxies: readonly Hop[]): boolean {
  return proxies.every(({ id }) => EDGES.has(id))
}

const EDGES: ReadonlySet<Hop['id']> = new Set([
  'proxy',
  'cloudflare',
  'cloudfront',
  'fastly',
  'azure',
  'google',
  'alb',
  'varnish',
  'haproxy',
  'traefik',
  'envoy',
])
