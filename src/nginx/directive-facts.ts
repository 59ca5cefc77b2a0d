import { changedIn, inheritedTogether } from './defaults.ts'
import type { DirectiveEntry } from './directive-table.ts'

/** A default that was another one before some release. */
export interface OlderDefault {
  readonly before: string
  readonly value: string
}

/** The table has the defaults of the newest release only. */
const olderDefaults: ReadonlyMap<string, OlderDefault> = new Map([
  ['proxy_http_version', { before: changedIn.upstreamKeepalive, value: '1.0' }],
])

export function olderDefault(name: string): OlderDefault | undefined {
  return olderDefaults.get(name)
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
