import { anyNumber, anyText, type ParameterList, positive, refusedParameter, seconds } from './parameters.ts'
import type { RefusedValue } from './refused-value.ts'

const PARAMETERS: ParameterList = {
  from: 1,
  words: new Set(['backup', 'down', 'drain', 'resolve']),
  settings: new Map([
    ['weight', positive],
    ['max_conns', anyNumber],
    ['max_fails', anyNumber],
    ['fail_timeout', seconds],
    ['slow_start', seconds],
    ['route', anyText],
    ['service', anyText],
  ]),
  wanted: 'an address, and then words such as "weight=2", "max_fails=3" and "backup"',
}

/** What ngx_http_upstream_server refuses behind the address. Words of other versions are taken: other rules know the versions. */
export function refusedServer(values: readonly string[]): RefusedValue | undefined {
  return refusedParameter(values, PARAMETERS)
}
