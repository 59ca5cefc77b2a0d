import type { ProbeResult } from './probe-result.ts'
import type { Reading } from './read-answer.ts'
import type { Trace } from './trace.ts'

/** A question that was asked live, and how its answer is read. */
export interface Probed {
  readonly result: ProbeResult
  readonly reading: Reading
}

/** What the answer of the backend itself says of the answer that came all the way. */
export function compareProbes(front: Probed, direct: Probed): string {
  const way = wayOf(front)
  const early = failedEarly(front)
  if (direct.reading.isOpen && front.reading.isOpen) return 'Both open: nothing on the way breaks it.'
  if (direct.reading.isOpen && early !== undefined)
    return `The backend opens it when it is asked directly. The handshake of a client does not even get as far as the proxy (${early}): mend that first.`
  if (direct.reading.isOpen) return `The backend opens it when it is asked directly: the handshake dies ${way}.`
  if (front.reading.isOpen)
    return 'It opens all the way, and not when the backend is asked directly: the proxies change its path, Host or headers to what the backend wants, or this is another backend.'
  if (direct.result.kind === 'failure')
    return `The backend could not be asked from here (${direct.result.failure.kind}): that leaves open where the handshake dies. Ask it from the host that nginx runs on.`
  if (statusOf(front) === statusOf(direct))
    return `The backend answers ${statusOf(direct)} itself, when it is asked directly: no proxy is the reason.`
  return `The backend does not open it either, and answers ${statusOf(direct)}: mend that first; then see what happens ${way}.`
}

function wayOf({ reading }: Probed): string {
  const proxies = reading.hops.filter(({ id }) => id !== 'backend').map(({ name }) => name)
  if (proxies.length === 0) return 'between this client and the backend, at a hop that does not show itself'
  if (proxies.length === 1) return `between ${proxies[0]} and the backend, or at ${proxies[0]} itself`
  return `between this client and the backend, on the way over ${proxies.join(', then ')}; the last is the one to look at first`
}

/** What the traced configuration and the live answer say of each other. */
export function compareWithTrace({ result, reading }: Probed, { verdict, outcome }: Trace): string {
  const live = statusOf({ result, reading })
  if (verdict.kind === 'unknown')
    return 'The configuration leaves open what becomes of the handshake; the live answer decides.'
  const early = failedEarly({ result, reading })
  if (early !== undefined && outcome.kind !== 'refused')
    return `The live handshake does not even get as far as nginx (${early}): mend that first. By this configuration it ${verdict.kind === 'opens' ? 'opens' : 'would not open'} then.`
  if (verdict.kind === 'opens')
    return reading.isOpen
      ? 'Both say the same: it opens.'
      : 'By this configuration nginx hands the backend a whole handshake. So it dies before nginx, at the backend, or nginx runs another configuration than this (was it reloaded?).'
  if (reading.isOpen)
    return outcome.kind === 'proxied'
      ? 'It opens, though this configuration hands on less than a handshake: the backend is lenient, or nginx runs another configuration.'
      : 'It opens, though by this configuration it does not: nginx runs another one, or another server answers.'
  if (outcome.kind === 'answered' && live !== outcome.status && live !== undefined)
    return `By this configuration nginx itself answers ${outcome.status}, and ${live} came: another hop answers, or nginx runs another configuration.`
  return 'Both say the same: it does not open, and the configuration shows why.'
}

/** These come when a handshake was sent. */
const LATE: ReadonlySet<string> = new Set(['answer timeout', 'closed', 'http2', 'not http', 'too large'])

/** The kind of a failure before a handshake could be sent: nobody there, or no TLS. */
function failedEarly({ result }: Probed): string | undefined {
  return result.kind === 'failure' && !LATE.has(result.failure.kind) ? result.failure.kind : undefined
}

function statusOf({ result }: Probed): number | undefined {
  return result.kind === 'answer' ? result.answer.status : undefined
}
