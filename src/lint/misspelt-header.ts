import { variablesIn } from '../effective/index.ts'
import { headerOfVariable, headerVariableMeant } from '../nginx/request-headers.ts'

/** A variable of a header that is none of the request, by a slip: no client sends it, or it is one of the answer. */
export interface MisspeltHeader {
  /** Without the `$`, as it is written. */
  readonly variable: string
  /** What it was meant to be. */
  readonly meant: string
  /** Half a sentence: `"$http_upgade" is always empty, as no client sends a header "Upgade"`. */
  readonly why: string
}

/** Those of a handshake's headers that are empty before there is an answer. `$sent_http_connection` is not. */
const OF_ANSWERS = /^(sent|upstream)_(http_upgrade|(?<=upstream_)http_connection)$/i

/** The first such variable of a value. */
export function misspeltHeaderIn(value: string): MisspeltHeader | undefined {
  for (const variable of variablesIn(value)) {
    const [, answering, asked] = OF_ANSWERS.exec(variable) ?? []
    if (asked)
      return {
        variable,
        meant: asked.toLowerCase(),
        why: `"$${variable}" is a header of the answer of ${answering?.toLowerCase() === 'sent' ? 'nginx' : 'the backend'}, and empty in a request`,
      }
    const meant = headerVariableMeant(variable)
    if (meant === undefined) continue
    const why = `"$${variable}" is always empty, as no client sends a header "${headerOfVariable(variable)}"`
    return { variable, meant, why }
  }
  return undefined
}
