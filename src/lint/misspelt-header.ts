import { variablesIn } from '../effective/index.ts'
import { headerOfVariable, headerVariableMeant } from '../nginx/request-headers.ts'

/** A variable of a request header that no client sends, by a slip of the hand. */
export interface MisspeltHeader {
  /** Without the `$`, as it is written. */
  readonly variable: string
  /** What it was meant to be. */
  readonly meant: string
  /** Half a sentence: `"$http_upgade" is always empty, as no client sends a header "Upgade"`. */
  readonly why: string
}

/** The first such variable of a value. */
export function misspeltHeaderIn(value: string): MisspeltHeader | undefined {
  for (const variable of variablesIn(value)) {
    const meant = headerVariableMeant(variable)
    if (meant === undefined) continue
    const why = `"$${variable}" is always empty, as no client sends a header "${headerOfVariable(variable)}"`
    return { variable, meant, why }
  }
  return undefined
}
