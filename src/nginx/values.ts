import type { DirectiveEntry } from './directive-table.ts'

/** What a directive wants in the place of an argument that nginx refuses. */
export interface RefusedValue {
  /** Index of the argument. */
  readonly index: number
  /** For a message: `"on" or "off"`, `a size`, … */
  readonly wanted: string
}

/**
 * The first argument whose form nginx refuses; undefined where all are well, or where the table does not say what they
 * should be. Their number must be right.
 */
export function refusedValue(entry: DirectiveEntry, values: readonly string[]): RefusedValue | undefined {
  if (entry.args.flag || entry.type === 'flag') return firstRefused(values, ['on', 'off'], '"on" or "off"')
  const isSet = entry.type === 'set'
  if (isSet || (entry.type === 'enum' && entry.args.max === 1)) {
    const words = wordsOf(entry)
    return words.length === 0 ? undefined : firstRefused(values, words, listOf(words))
  }
  if (entry.type === 'buffers') return refusedBuffers(values)
  if (entry.args.max !== 1) return undefined
  const value = values[0]
  const check = entry.type && checks[entry.type]
  if (value === undefined || !check || mayHoldVariable(entry, value)) return undefined
  if (check.accepts(value) && isInRange(value, entry.range)) return undefined
  return { index: 0, wanted: entry.range ? `a number from ${entry.range[0]} to ${entry.range[1]}` : check.wanted }
}

/** Whether there is anything that the arguments of an entry could be refused for. */
export function checksValues({ type, args }: DirectiveEntry): boolean {
  return args.flag === true || type !== undefined
}

/** The words it takes: those of the source, and those that are documented for newer or commercial versions. */
function wordsOf({ values = [], sinceArgs = {}, commercialArgs = [] }: DirectiveEntry): string[] {
  return [...new Set([...values, ...Object.keys(sinceArgs), ...commercialArgs])]
}

/** Words are compared without case: ngx_conf_set_flag_slot, ngx_conf_set_enum_slot, ngx_conf_set_bitmask_slot. */
function firstRefused(values: readonly string[], words: readonly string[], wanted: string): RefusedValue | undefined {
  const index = values.findIndex((value) => !words.some((word) => word.toLowerCase() === value.toLowerCase()))
  return index === -1 ? undefined : { index, wanted }
}

function listOf(words: readonly string[]): string {
  const quoted = words.map((word) => `"${word}"`)
  const last = quoted.pop() ?? ''
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`
}

/** ngx_conf_set_bufs_slot: a number that is not 0, and a size that is not. */
function refusedBuffers([count = '', size = '']: readonly string[]): RefusedValue | undefined {
  if (!isNumber(count) || Number(count) === 0) return { index: 0, wanted: 'a number of buffers' }
  if (!isSize(size) || Number.parseInt(size, 10) === 0) return { index: 1, wanted: 'a size, such as 8k' }
  return undefined
}

function mayHoldVariable({ vars }: DirectiveEntry, value: string): boolean {
  return vars === true && value.includes('$')
}

interface Check {
  readonly wanted: string
  accepts(value: string): boolean
}

const checks: Readonly<Partial<Record<NonNullable<DirectiveEntry['type']>, Check>>> = {
  number: { wanted: 'a number', accepts: isNumber },
  size: { wanted: 'a size, such as 8k or 1m', accepts: isSize },
  time: { wanted: 'a time, such as 60s or 1h', accepts: isTime },
}

/** ngx_atoi in src/core/ngx_string.c */
function isNumber(value: string): boolean {
  return /^\d+$/.test(value)
}

function isInRange(value: string, range: DirectiveEntry['range']): boolean {
  return !range || (Number(value) >= range[0] && Number(value) <= range[1])
}

/** ngx_parse_offset in src/core/ngx_parse.c; ngx_parse_size, which some use, knows no `g`. */
function isSize(value: string): boolean {
  return /^\d+[kKmMgG]?$/.test(value)
}

const TIME_UNITS = ['y', 'M', 'w', 'd', 'h', 'm', 's', 'ms']

/** ngx_parse_time in src/core/ngx_parse.c: units from the largest to the smallest, each once; the last may have none. */
function isTime(value: string): boolean {
  if (!/^(?:\d+(?:ms|[yMwdhms ]) *)*(?:\d+)?$/.test(value) || !/^\d/.test(value)) return false
  const units = [...value.matchAll(/\d+(ms|[yMwdhms ]|$)/g)].map(([, unit]) => (unit?.trim() ? unit : 's'))
  return units.every(
    (unit, index) => index === 0 || TIME_UNITS.indexOf(unit) > TIME_UNITS.indexOf(units[index - 1] ?? ''),
  )
}
