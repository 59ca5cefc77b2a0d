import { type Configuration, inventoryOf } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { inLowerCase } from '../nginx/ascii.ts'
import { portOf } from '../nginx/backend-address.ts'
import { decodeForDisplay } from '../syntax/index.ts'
import type { AddressProblem } from './address-problem.ts'
import { type NearName, nearestOf } from './near-name.ts'
import { mayHaveUnread } from './unread-level.ts'

/** The upstreams that an address may name. */
export interface UpstreamNames {
  /** In lower case: that of letters is no difference. */
  readonly all: ReadonlySet<string>
  readonly nearest: (typed: string) => NearName | undefined
  /** Whether there are no others, in what nobody read. */
  readonly isWhole: boolean
}

/** Those of `http` or of `stream`, each of which has its own. */
export function upstreamNames(family: 'http' | 'stream', configuration: Configuration): UpstreamNames {
  return namesIn(configuration, family)
}

const namesIn = memoize((configuration: Configuration, family): UpstreamNames => {
  const groups = inventoryOf(configuration).groups.filter(({ name, place }) => name === 'upstream' && place === family)
  const blocks = groups.flatMap((group) => group.alike())
  const all = new Set(blocks.map((upstream) => inLowerCase(upstream.argument(0) ?? '')))
  return { all, nearest: nearestOf(all), isWhole: !mayHaveUnread(family === 'http' ? 'http' : 'stream', configuration) }
})

/** A port behind the name of an upstream, which nginx refuses. */
export function upstreamPort(address: string, { all }: UpstreamNames): AddressProblem | undefined {
  const port = portOf(address)
  const name = port === undefined ? undefined : address.slice(0, -port.length - 1)
  if (name === undefined || !all.has(inLowerCase(name))) return undefined
  const shown = decodeForDisplay(name)
  return {
    message: `nginx does not start: the upstream "${shown}" takes no port, for its servers have theirs; write "${shown}" alone`,
  }
}
