import { bytesOfSize, isNumber, isSize, isTime } from './quantities.ts'
import type { RefusedValue } from './refused-value.ts'

/** What stands behind the `=` of a parameter. */
export interface ParameterCheck {
  readonly wanted: string
  accepts(value: string): boolean
}

/** The parameters of a directive: words, and names with `=` and a value. */
export interface ParameterList {
  /** The first argument that is one. */
  readonly from: number
  readonly words: ReadonlySet<string>
  readonly settings: ReadonlyMap<string, ParameterCheck>
  /** Settings that must be among them, and how they are written. */
  readonly needed?: Readonly<Record<string, string>>
  /** What the arguments are, for one that is none of them. */
  readonly wanted: string
}

/** The first argument that is no parameter, or has a wrong value. */
export function refusedParameter(values: readonly string[], list: ParameterList): RefusedValue | undefined {
  for (let index = list.from; index < values.length; index++) {
    const value = values[index] ?? ''
    if (list.words.has(value)) continue
    const [, name = '', set = ''] = /^(\w+)=(.*)$/s.exec(value) ?? []
    const check = list.settings.get(name)
    if (!check?.accepts(set)) return { index, wanted: check ? `${check.wanted} as "${name}="` : list.wanted }
  }
  for (const [name, written] of Object.entries(list.needed ?? {}))
    if (!values.some((value, index) => index >= list.from && value.startsWith(`${name}=`)))
      return { wanted: `"${written}" among its arguments` }
  return undefined
}

export const anyNumber: ParameterCheck = { wanted: 'a number', accepts: isNumber }
export const positive: ParameterCheck = {
  wanted: 'a number above 0',
  accepts: (value) => isNumber(value) && Number(value) > 0,
}
export const anyText: ParameterCheck = { wanted: 'a name', accepts: (value) => value !== '' }
export const anyValue: ParameterCheck = { wanted: 'a value', accepts: () => true }
export const onOrOff: ParameterCheck = { wanted: 'on or off', accepts: (value) => value === 'on' || value === 'off' }
/** ngx_parse_time in seconds. */
export const seconds: ParameterCheck = {
  wanted: 'a time, such as 10s',
  accepts: (value) => isTime(value) && !/ms/.test(value),
}
/** ngx_parse_time in milliseconds. */
export const milliseconds: ParameterCheck = {
  wanted: 'a time, such as 200ms',
  accepts: (value) => isTime(value) && !/[yM]/.test(value),
}
/** ngx_parse_offset */
export const offset: ParameterCheck = { wanted: 'a size, such as 10g', accepts: isSize }

/** A shared memory zone, `one:10m`: ngx_parse_size knows no `g`. Less than eight pages (of 4 KB at least) nginx finds too small; of a cache less than two, and there is no room in these. */
export function zoneOf(least: number): ParameterCheck {
  return {
    wanted: `a name and a size of at least ${least}k, such as one:10m,`,
    accepts: (value) => {
      const size = /^[^:]+:([^:]*)(?::file=.*)?$/s.exec(value)?.[1] ?? ''
      return (bytesOfSize(size) ?? 0) >= least * 2 ** 10
    },
  }
}
