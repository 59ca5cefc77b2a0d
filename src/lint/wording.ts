import { type Configuration, type Directive, folderOf } from '../config/index.ts'
import type { Certainty, Scope, WebSocketLocation } from '../effective/index.ts'
import { headText } from '../syntax/index.ts'
import type { RelatedPlace } from './problem.ts'

/** Words and places that the findings of several rules share. */

/** A location as people name it: `"location /ws/"`; for a fragment without one, `this file`. */
export function locationName(scope: Scope): string {
  const block = (scope.location ?? scope).directive
  return block ? `"${headText(block.statement)}"` : 'this file'
}

/** The line that a finding about a whole location stands at: its head; in a fragment without one, its `proxy_pass`. */
export function locationLine(location: WebSocketLocation): Directive {
  return location.scope.location?.directive ?? location.handshake.target.directive
}

/** Why the location is taken for a WebSocket one, for the end of a message. */
export function because(location: WebSocketLocation): string {
  return `(a WebSocket location: ${location.evidence.reason})`
}

/** What a message about a fragment leaves open. */
export function unlessSetOutside(certainty: Certainty): string {
  return certainty === 'outside' ? ', unless the configuration around this file sets it' : ''
}

/** A finding that rests on doubtful evidence, or on levels that nobody read, is a warning at most. */
export function doubt(location: WebSocketLocation, certainty: Certainty = 'certain'): { readonly severity?: 'warn' } {
  return location.evidence.isCertain && certainty === 'certain' ? {} : { severity: 'warn' }
}

/** A line as a message names it: `line 12` in the same file, `snippets/proxy.conf:3` in another. */
export function lineReference(directive: Directive, from: Directive, { main }: Configuration): string {
  const line = directive.file.source.lineAt(directive.statement.start)
  if (directive.file === from.file) return `line ${line}`
  const folder = `${folderOf(main.path)}/`
  const { path } = directive.file
  return `${path.startsWith(folder) ? path.slice(folder.length) : path}:${line}`
}

/** For the start of a message. */
export const CURLY_QUOTES_ARE_NONE = 'curly quotes are no quotes to nginx, so '

export function relatedDirective(directive: Directive, message: string): RelatedPlace {
  const { start, end } = directive.isBlock ? directive.statement.head : directive.statement
  return { file: directive.file, span: { start, end }, message }
}
