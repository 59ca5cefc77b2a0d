import type { Directive } from '../config/index.ts'
import { variablesIn, type WebSocketLocation } from '../effective/index.ts'
import type { RelatedPlace } from './problem.ts'
import { relatedDirective } from './wording.ts'

/** The `set` lines that decide what the variables of a row are in a handshake. */
export function setLines({ handshake: { set } }: WebSocketLocation, row: Directive): RelatedPlace[] {
  return variablesIn(row.argument(1) ?? '').flatMap((name) => {
    const line = set?.lineOf(name.toLowerCase())
    return line ? [relatedDirective(line, `sets "$${name}"`)] : []
  })
}
