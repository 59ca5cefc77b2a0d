import type { Directive } from '../config/index.ts'
import type { WebSocketLocation } from '../effective/index.ts'
import { allowedIn } from '../nginx/directives.ts'
import { nginxGrammar } from '../nginx/grammar.ts'
import { isRequestHeader } from '../nginx/request-headers.ts'

/** Whether it is a header of a request that stands where a directive should: `Upgrade $http_upgrade;`. */
export function isHeaderWithoutDirective({ name, values, isBlock, context }: Directive): boolean {
  if (isBlock || values.length !== 1 || !isRequestHeader(name) || nginxGrammar.entry(name) !== undefined) return false
  return context !== undefined && allowedIn('proxy_set_header', context)
}

/** Whether a location has a header of a handshake in this way: the rule directives/unknown tells of it, and makes a row of it. */
export function awaitsRow({ scope }: WebSocketLocation, name: 'Upgrade' | 'Connection'): boolean {
  const own = scope.location?.directive?.children ?? []
  return own.some((one) => one.name.toLowerCase() === name.toLowerCase() && isHeaderWithoutDirective(one))
}
