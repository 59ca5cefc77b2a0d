import type { WebSocketLocation } from '../effective/index.ts'
import { namesHeader } from '../nginx/header-rows.ts'
import type { RelatedPlace } from './problem.ts'
import { relatedDirective } from './wording.ts'

/** What somebody wrote for a header of the handshake, and what is about answers: `add_header Upgrade $http_upgrade;`. */
export function rowsForClients({ scope }: WebSocketLocation, name: 'Upgrade' | 'Connection'): readonly RelatedPlace[] {
  const own = scope.location?.directive?.children ?? []
  return own.flatMap((row) => {
    if (row.argument(0)?.toLowerCase() !== name.toLowerCase()) return []
    const use = namesHeader.get(row.name)
    if (use === 'shown') return relatedDirective(row, 'this is for the client, and not for the backend')
    return use === 'looked for' ? relatedDirective(row, 'this is about answers, and not about requests') : []
  })
}
