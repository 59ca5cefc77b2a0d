import { allowedIn, type Context, isKnownDirective } from '../nginx/directives.ts'
import type { Statement } from '../syntax/index.ts'

/** The levels a file may be written for; where several fit its directives equally well, the first is taken. */
const LEVELS: readonly Context[] = [
  'main',
  'http',
  'server',
  'location',
  'upstream',
  'stream',
  'stream server',
  'stream upstream',
  'mail',
  'mail server',
  'events',
]

/** The level whose directives these are: `http` for `server { … }`, `server` for `listen 80; location / { … }`. */
export function inferLevel(statements: readonly Statement[]): Context {
  const names = [...new Set(statements.map((statement) => statement.name))].filter(isKnownDirective)
  if (names.includes('server') && isStreamServer(statements)) return 'stream'
  let best: Context = 'main'
  let most = names.filter((name) => fits(name, 'main')).length
  for (const level of LEVELS) {
    const count = names.filter((name) => fits(name, level)).length
    if (count > most) {
      best = level
      most = count
    }
  }
  return best
}

/** `include` is allowed everywhere, and says nothing. */
function fits(name: string, level: Context): boolean {
  return name !== 'include' && allowedIn(name, level)
}

/** A server of `stream` proxies without a location. */
function isStreamServer(statements: readonly Statement[]): boolean {
  const servers = statements.filter((statement) => statement.name === 'server' && statement.children)
  return servers.length > 0 && servers.every((server) => server.children?.some((child) => child.name === 'proxy_pass'))
}
