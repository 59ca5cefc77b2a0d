import type { Context } from '../nginx/context.ts'

/** What people call the contexts whose names in the table they would not understand. */
const NAMES: Readonly<Partial<Record<Context, string>>> = {
  main: 'outside of any block',
  'if in server': '"if" of a server',
  'if in location': '"if" of a location',
  'stream server': '"server" of "stream"',
  'stream upstream': '"upstream" of "stream"',
  'stream match': '"match" of "stream"',
  'mail server': '"server" of "mail"',
  'rtmp server': '"server" of "rtmp"',
  'rtmp application': '"application" of "rtmp"',
  'rtmp recorder': '"recorder" of "rtmp"',
}

/** `in "http", "server" or "location"`; `outside of any block`. */
export function inContexts(contexts: readonly Context[]): string {
  const inside = contexts.filter((context) => context !== 'main').map((context) => NAMES[context] ?? `"${context}"`)
  const outside = contexts.includes('main') ? [NAMES.main as string] : []
  const last = inside.pop()
  if (last === undefined) return outside.join('')
  const listed = `in ${inside.length > 0 ? `${inside.join(', ')} or ${last}` : last}`
  return [...outside, listed].join(' or ')
}
