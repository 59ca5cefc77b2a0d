import type { Directive } from '../config/index.ts'

/** A row of `proxy_set_header` as rules and the proof of fixes name it: `Host "$host"`. */
export function headerRowText(row: Directive): string {
  return `${row.argument(0)} "${row.argument(1)}"`
}
