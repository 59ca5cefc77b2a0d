import { changedIn } from '../nginx/defaults.ts'
import { isAtLeast } from '../nginx/version.ts'
import type { Model } from './model.ts'

/**
 * Whether nginx keeps its connections to a backend for the next request, so that a `Connection: close` of ours would
 * end that: those of an `upstream` with `keepalive`, and since 1.29.7 of any. An address by itself is never kept.
 */
export function keepsConnections(authority: string, { upstreams, target }: Model): boolean {
  const upstream = upstreams.get(authority)
  if (!upstream) return false
  const count = upstream.named('keepalive').at(-1)?.argument(0)
  return count === undefined ? isAtLeast(target, changedIn.upstreamKeepalive) : count !== '0'
}
