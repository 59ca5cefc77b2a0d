import type { Directive } from '../config/index.ts'
import type { HeaderFinding, WebSocketLocation } from '../effective/index.ts'
import { headerName } from '../nginx/header-rows.ts'
import type { RelatedPlace } from './problem.ts'
import type { Subject } from './rule.ts'
import { lineReference, locationLine, locationName, relatedDirective } from './wording.ts'

/**
 * How a location lost the row of a header that an outer level has: the row, and the one that dropped it.
 * @param value what the header is to be set to, where that is not what the row that was lost says
 */
export function describeDroppedRow(
  location: WebSocketLocation,
  header: HeaderFinding,
  { model }: Subject,
  value?: string,
): { readonly message: string; readonly related: readonly RelatedPlace[] } | undefined {
  const lost = header.lost[0]
  const dropper = location.handshake.rows[0]
  if (!lost || !dropper) return undefined
  const line = locationLine(location)
  const where = lineReference(lost, line, model.configuration)
  const by = lineReference(dropper, line, model.configuration)
  const isRepeated = value === undefined || value === lost.statement.words[2]?.raw
  const remedy = isRepeated ? `repeat "${headerRow(lost)}"` : `add "proxy_set_header ${header.name} ${value};"`
  const message = `${locationName(location.scope)} loses the "${header.name}" row of ${where}, since the proxy_set_header of ${by} replaces all outer rows: ${remedy} beside it`
  return {
    message,
    related: [relatedDirective(lost, 'set here, and lost'), relatedDirective(dropper, 'dropped by this row')],
  }
}

function headerRow({ statement }: Directive): string {
  const [name, header, value] = statement.words
  const words = [name?.raw, headerName(header?.value ?? ''), value?.raw]
  return `${words.join(' ').replaceAll('"', "'")};`
}
