/** Numbers, sizes and times as nginx reads them. */

/** ngx_atoi in src/core/ngx_string.c: what is too long for 64 bits is refused. */
export function isNumber(value: string): boolean {
  return /^\d+$/.test(value) && (value.length < 19 || BigInt(value) < 2n ** 63n)
}

/** ngx_parse_offset in src/core/ngx_parse.c; ngx_parse_size, which some use, knows no `g`. */
export function isSize(value: string): boolean {
  return /^\d+[kKmMgG]?$/.test(value)
}

/** The bytes of a size, as ngx_parse_size reads it; undefined where it is none. */
export function bytesOfSize(value: string): number | undefined {
  const [, digits, unit = ''] = /^(\d+)([kKmM]?)$/.exec(value) ?? []
  if (digits === undefined) return undefined
  return Number(digits) * (unit === '' ? 1 : unit.toLowerCase() === 'k' ? 2 ** 10 : 2 ** 20)
}

const TIME_UNITS = ['y', 'M', 'w', 'd', 'h', 'm', 's', 'ms']

/** ngx_parse_time in src/core/ngx_parse.c: units from the largest to the smallest, each once; the last may have none. */
export function isTime(value: string): boolean {
  if (!/^(?:\d+(?:ms|[yMwdhms ]) *)*(?:\d+)?$/.test(value) || !/^\d/.test(value)) return false
  const units = [...value.matchAll(/\d+(ms|[yMwdhms ]|$)/g)].map(([, unit]) => (unit?.trim() ? unit : 's'))
  return units.every(
    (unit, index) => index === 0 || TIME_UNITS.indexOf(unit) > TIME_UNITS.indexOf(units[index - 1] ?? ''),
  )
}
