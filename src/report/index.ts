import type { Formatter } from './report.ts'

export type { Display, Formatter, Report } from './report.ts'

/** The formats. Each is read in only when it is asked for. */
const formatters = {
  codeframe: async () => (await import('./codeframe.ts')).codeframe,
  compact: async () => (await import('./compact.ts')).compact,
  json: async () => (await import('./json.ts')).json,
} satisfies Readonly<Record<string, () => Promise<Formatter>>>

export type Format = keyof typeof formatters
export const formats = Object.keys(formatters) as readonly Format[]

export function formatterFor(format: Format): Promise<Formatter> {
  return formatters[format]()
}
