import { changedIn } from './defaults.ts'
import type { DirectiveEntry } from './directive-table.ts'
import { isBefore, type TargetVersion } from './version.ts'

/** What must differ between two directives of one name in one block: the values of both are given without their names. */
export function uniqueKey({ unique }: DirectiveEntry, values: readonly string[]): string | undefined {
  switch (unique) {
    case undefined:
    case 'address:port': // which takes reading: `80`, `*:80` and `0.0.0.0:80` are the same
      return undefined
    case 'arg1':
      return values[0]
    case 'all args':
      return values.join(' ')
    default: {
      // A parameter: the name of `zone=one:10m` is `one`.
      const parameter = values.find((value) => value.startsWith(unique))
      return parameter?.slice(unique.length).split(':')[0]
    }
  }
}

/** Lists that one word empties: beside it nginx takes no other row, nor a second one (ngx_http_proxy_redirect, ngx_http_mirror, …). */
const WORDS_ALONE: ReadonlyMap<string, string> = new Map(
  ['http2_push', 'mirror', 'proxy_cookie_domain', 'proxy_cookie_flags', 'proxy_cookie_path', 'proxy_redirect'].map(
    (name) => [name, 'off'],
  ),
)

/** The word that stands alone or not at all among the directives of a name in one block; most have none. */
export function wordAlone(name: string, target: TargetVersion = 'unknown'): string | undefined {
  if (name.startsWith('proxy_') && isBefore(target, changedIn.proxyWordsAlone)) return undefined
  return WORDS_ALONE.get(name)
}
