import { changedIn } from '../nginx/defaults.ts'
import { isAtLeast, type TargetVersion } from '../nginx/version.ts'

/** What every WebSocket route needs, as texts to bake in. */
export interface Template {
  /** Stands in `http`, once. */
  readonly map: string
  /** The lines of each location, beside its `proxy_pass`. */
  readonly lines: readonly string[]
}

/** nginx passes WebSockets from this version on; with an older one there is nothing to write. */
export const FIRST_VERSION = changedIn.webSocketTunnel

/** The lines for a version; where nobody names one, those that every version takes. */
export function webSocketTemplate(version: TargetVersion): Template {
  const isModern = isAtLeast(version, changedIn.upstreamKeepalive)
  return {
    // By default ordinary requests are asked for with "close" before 1.29.7, and without the header since.
    map: `map $http_upgrade $connection_upgrade {\n    default upgrade;\n    ''      ${isModern ? "''" : 'close'};\n}\n`,
    lines: [
      ...(isModern ? [] : ['proxy_http_version 1.1;']),
      'proxy_set_header Upgrade $http_upgrade;',
      'proxy_set_header Connection $connection_upgrade;',
      'proxy_set_header Host $host;',
      'proxy_read_timeout 1h;',
    ],
  }
}

/** A location with the lines in it. */
export function templateLocation(path: string, backend: string, lines: readonly string[]): string {
  const body = [`proxy_pass ${backend};`, ...lines].map((line) => `    ${line}\n`).join('')
  return `location ${path} {\n${body}}\n`
}
