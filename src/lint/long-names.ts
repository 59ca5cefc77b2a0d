import { type Configuration, type Directive, inventoryOf } from '../config/index.ts'
import { listenGroups, type Model } from '../effective/index.ts'
import { familyOf } from '../nginx/context.ts'
import { LONGEST_FOR_ALL, type TooLong, tooLong } from '../nginx/hash-buckets.ts'
import { isPlaceholder } from './placeholder.ts'
import { mayHaveUnread } from './unread-level.ts'

/** A name, or a key, that does not fit into the table that nginx builds. */
export interface LongName {
  readonly directive: Directive
  /** The word of it; 0 is its name. */
  readonly word: number
  /** The directive that makes the buckets larger, and the block that it stands in. */
  readonly setting: string
  readonly level: 'http' | 'stream'
  readonly how: TooLong
}

/** Names of servers: only where several servers have an address does nginx build a table. Those with a wildcard have others. */
export function* longServerNames(model: Model): Generator<LongName> {
  const { configuration } = model
  const setting = 'server_names_hash_bucket_size'
  const size = sizeOf(setting, 'http', configuration)
  let shared: ReadonlySet<Directive | undefined> | undefined
  for (const group of inventoryOf(configuration).groups) {
    if (group.name !== 'server_name' || group.place !== 'server') continue
    for (const [directive, words] of group.judged(longWords)) {
      if (mayHaveUnread('http', configuration)) return
      shared ??= sharingServers(model)
      if (!shared.has(directive.parent)) continue
      for (const { word, length } of words) {
        const how = tooLong(length, size)
        if (how) yield { directive, word, setting, level: 'http', how }
      }
    }
  }
}

function longWords({ values }: Directive): readonly { word: number; length: number }[] | undefined {
  // So it is with nearly all.
  if (!values.some((value) => value.length > LONGEST_FOR_ALL)) return undefined
  const found = values.flatMap((value, index) => {
    const length = exactLength(value)
    return length > LONGEST_FOR_ALL ? [{ word: index + 1, length }] : []
  })
  return found.length > 0 ? found : undefined
}

/** Of `.example.com` the name without its dot is one; of regexes, of `*.example.com` and of `example.*` none is. */
function exactLength(name: string): number {
  if (name.length <= LONGEST_FOR_ALL || name.startsWith('~') || name.includes('*') || isPlaceholder(name)) return 0
  return name.startsWith('.') ? name.length - 1 : name.length
}

function sharingServers(model: Model): ReadonlySet<Directive | undefined> {
  const groups = listenGroups(model).filter(({ servers }) => servers.length > 1)
  return new Set(groups.flatMap(({ servers }) => servers.map(({ directive }) => directive)))
}

/** Keys of maps, but for regexes, and for names with a wildcard where these are told apart. */
export function* longKeys(configuration: Configuration): Generator<LongName> {
  const setting = 'map_hash_bucket_size'
  for (const group of inventoryOf(configuration).groups) {
    const level = familyOf(group.place)
    if (group.name !== 'map' || (level !== 'http' && level !== 'stream')) continue
    const size = sizeOf(setting, level, configuration)
    for (const map of group.directives) {
      const hasHostnames = map.named('hostnames').length > 0
      for (const row of map.children ?? []) {
        const length = keyLength(row.name, hasHostnames)
        if (length <= LONGEST_FOR_ALL) continue
        if (mayHaveUnread(level, configuration)) return
        const how = tooLong(length, size)
        if (how) yield { directive: row, word: 0, setting, level, how }
      }
    }
  }
}

function keyLength(name: string, hasHostnames: boolean): number {
  if (name.length <= LONGEST_FOR_ALL || name.startsWith('~') || isPlaceholder(name)) return 0
  const key = name.startsWith('\\') ? name.slice(1) : name
  return hasHostnames ? exactLength(key) : key.length
}

function sizeOf(setting: string, level: 'http' | 'stream', { top }: Configuration): number | undefined {
  const values = top.named(level).flatMap((root) => root.named(setting).map((one) => Number(one.argument(0))))
  return values.find((value) => Number.isInteger(value) && value > 0)
}

/** Settings of maps that stand below one: nginx has taken the defaults by then, and says that they are duplicates. */
export function* settingsBelowMaps(
  configuration: Configuration,
): Generator<readonly [setting: Directive, map: Directive]> {
  for (const group of inventoryOf(configuration).groups) {
    if (group.name !== 'map_hash_bucket_size' && group.name !== 'map_hash_max_size') continue
    for (const setting of group.directives) {
      const beside = setting.parent?.block?.among(new Set(['map', setting.name])) ?? []
      const [first] = beside
      if (first?.name === 'map') yield [setting, first]
    }
  }
}
