import { isNumber, isTime } from './quantities.ts'
import type { RefusedValue } from './refused-value.ts'

const WORDS: ReadonlySet<string> = new Set(['backup', 'down', 'drain', 'resolve'])

interface Check {
  readonly wanted: string
  accepts(value: string): boolean
}

const number: Check = { wanted: 'a number', accepts: isNumber }
/** ngx_parse_time in seconds. */
const seconds: Check = { wanted: 'a time, such as 10s', accepts: (value) => isTime(value) && !/ms/.test(value) }
const text: Check = { wanted: 'a name', accepts: (value) => value !== '' }

const SETTINGS: ReadonlyMap<string, Check> = new Map([
  ['weight', { wanted: 'a number above 0', accepts: (value) => isNumber(value) && Number(value) > 0 }],
  ['max_conns', number],
  ['max_fails', number],
  ['fail_timeout', seconds],
  ['slow_start', seconds],
  ['route', text],
  ['service', text],
])

/** What ngx_http_upstream_server refuses behind the address. Words of other versions are taken: other rules know the versions. */
export function refusedServer([, ...parameters]: readonly string[]): RefusedValue | undefined {
  for (const [at, parameter] of parameters.entries()) {
    if (WORDS.has(parameter)) continue
    const [, name = '', value = ''] = /^(\w+)=(.*)$/s.exec(parameter) ?? []
    const check = SETTINGS.get(name)
    if (!check?.accepts(value)) return { index: at + 1, wanted: check ? `${check.wanted} as "${name}="` : WANTED }
  }
  return undefined
}

const WANTED = 'an address, and then words such as "weight=2", "max_fails=3" and "backup"'
