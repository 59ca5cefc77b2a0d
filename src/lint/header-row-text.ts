import type { Directive } from '../config/index.ts'

/** A row of `proxy_set_header` as rules and the proof of fixes name it: `Host "$host"`. */
export function headerRowText(row: Directive, read = (value: string) => value): string {
  const [name, value] = [row.argument(0), row.argument(1)].map((one) => (one === undefined ? one : read(one)))
  return `${name} "${value}"`
}
