import { changedIn, inheritedTogether } from './defaults.ts'
import type { DirectiveEntry } from './directive-table.ts'

/** A default that was another one before some release; an empty value: there was none, or the thing was off. */
export interface OlderDefault {
  readonly before: string
  readonly value: string
}

const TLS_1 = 'TLSv1 TLSv1.1 TLSv1.2'
const older = (...changes: readonly (readonly [before: string, value: string])[]): readonly OlderDefault[] =>
  changes.map(([before, value]) => ({ before, value }))

/** The table has the defaults of the newest release only. These are what https://nginx.org/en/CHANGES says of the older ones, newest first. */
const olderDefaults: Readonly<Record<string, readonly OlderDefault[]>> = {
  accept_mutex: older(['1.11.3', 'on']),
  connection_pool_size: older(['1.9.8', '256']),
  grpc_ssl_protocols: older(['1.23.4', TLS_1]),
  keepalive: older([changedIn.upstreamKeepalive, '']),
  keepalive_requests: older(['1.19.10', '100']),
  output_buffers: older(['1.9.5', '1 32k']),
  proxy_http_version: older([changedIn.upstreamKeepalive, '1.0']),
  proxy_ssl_protocols: older(['1.23.4', TLS_1]),
  sendfile_max_chunk: older(['1.21.4', '0']),
  ssl_ecdh_curve: older(['1.11.0', 'prime256v1']),
  ssl_protocols: older(['1.27.3', `${TLS_1} TLSv1.3`], ['1.23.4', TLS_1], ['1.9.1', `SSLv3 ${TLS_1}`]),
  uwsgi_ssl_protocols: older(['1.23.4', TLS_1]),
  variables_hash_max_size: older(['1.5.13', '512']),
}

/** The defaults that older releases had, newest first. */
export function olderDefaultsOf(name: string): readonly OlderDefault[] {
  return Object.hasOwn(olderDefaults, name) ? (olderDefaults[name] ?? []) : []
}

/** How a directive of an outer level holds within: as one list with others, by itself, or not at all. */
export type Inheritance =
  | { readonly kind: 'list'; readonly with: readonly string[] }
  | { readonly kind: 'value' | 'none' }

/** Undefined where the table does not tell. */
export function inheritanceOf(name: string, { contexts, block, inherit }: DirectiveEntry): Inheritance | undefined {
  const together = inheritedTogether(name)
  if (together) return { kind: 'list', with: together.filter((other) => other !== name) }
  if (block) return undefined
  const levels = contexts.filter((context) => NESTING.has(context))
  if (inherit === 'replace' || levels.length > 1) return { kind: 'value' }
  return levels.length === 1 && levels[0] === 'location' ? { kind: 'none' } : undefined
}

/** The contexts that settings are merged through. */
const NESTING: ReadonlySet<string> = new Set([
  'http',
  'server',
  'location',
  'stream',
  'stream server',
  'mail',
  'mail server',
])

/** Where nginx documents a directive; undefined for one of a module from elsewhere. */
export function documentationOf(name: string, { module, thirdParty }: DirectiveEntry): string | undefined {
  const folder = /^ngx_(http|stream|mail)_/.exec(module)?.[1]
  if (thirdParty || !module.startsWith('ngx_')) return undefined
  return `https://nginx.org/en/docs/${folder ? `${folder}/` : ''}${module}.html#${name}`
}
