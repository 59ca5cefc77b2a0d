import type { Formatter } from './report.ts'

export type { Display, Formatter, Report, Stats, Tool } from './report.ts'

/** The formats. Each is read in only when it is asked for. */
const formatters = {
  codeframe: async () => (await import('./codeframe.ts')).codeframe,
  compact: async () => (await import('./compact.ts')).compact,
  json: async () => (await import('./json.ts')).json,
  sarif: async () => (await import('./sarif.ts')).sarif,
  github: async () => (await import('./github.ts')).github,
  gitlab: async () => (await import('./gitlab.ts')).gitlab,
  checkstyle: async () => (await import('./checkstyle.ts')).checkstyle,
  junit: async () => (await import('./junit.ts')).junit,
} satisfies Readonly<Record<string, () => Promise<Formatter>>>

export type Format = keyof typeof formatters
export const formats = Object.keys(formatters) as readonly Format[]

export function formatterFor(format: Format): Promise<Formatter> {
  return formatters[format]()
}
