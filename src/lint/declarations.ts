import { type Configuration, type Directive, inventoryOf } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { familyOf } from '../nginx/context.ts'
import { declaredName, declaringPrefix } from '../nginx/declared-names.ts'

/** The families that have zones and log formats, each its own. */
export type NamingFamily = 'http' | 'stream'

/** Zones and log formats by the family and the name of the directive that declares them, and then by their own names. */
export type Declarations = ReadonlyMap<string, ReadonlyMap<string, Directive>>

export const declarationsIn = memoize((configuration: Configuration): Declarations => {
  const found = new Map<string, Map<string, Directive>>()
  for (const group of inventoryOf(configuration).groups) {
    if (declaringPrefix(group.name) === undefined) continue
    for (const directive of group.alike()) {
      const name = declaredName(group.name, directive.values)
      if (name === undefined) continue
      const key = keyOf(group.name, familyOf(group.place))
      const names = found.get(key) ?? new Map<string, Directive>()
      found.set(key, names)
      if (!names.has(name)) names.set(name, directive)
    }
  }
  return found
})

/** The names that a directive declares in a family, and where. */
export function namesDeclared(by: string, family: NamingFamily, all: Declarations): ReadonlyMap<string, Directive> {
  return all.get(keyOf(by, family)) ?? new Map()
}

/** The zone of that name that is for something else: nginx has one table for all. */
export function otherZone(name: string, all: Declarations): Directive | undefined {
  for (const names of all.values()) {
    const found = names.get(name)
    if (found && found.name !== 'log_format') return found
  }
  return undefined
}

function keyOf(declaredBy: string, family: string): string {
  return `${family} ${declaredBy}`
}

/**
 * The uses of a log format that stand before it, and the `log_format`: nginx looks for it at once, while a zone may be declared
 * anywhere.
 */
export function* earlyUses(configuration: Configuration): Generator<readonly [use: Directive, format: Directive]> {
  for (const root of configuration.top.inner) {
    const outer = root.name === 'http' || root.name === 'stream' ? root.block?.among(FORMATS_AND_USERS) : undefined
    const start = outer?.findIndex(({ name }) => name !== 'log_format') ?? -1
    const late = outer?.filter(({ name }, index) => name === 'log_format' && index > start) ?? []
    // So it is with nearly all configurations.
    if (!outer || start === -1 || late.length === 0) continue
    const formats = new Map(late.map((format) => [format.argument(0), format]))
    const positions = new Map(outer.map((directive, index) => [directive, index]))
    for (const group of inventoryOf(configuration).groups) {
      if (group.name !== 'access_log' || familyOf(group.place) !== root.name) continue
      for (const [use, format] of group.judged(({ values: [, name] }) => formats.get(name))) {
        const at = positions.get(outermost(use, root))
        if (at !== undefined && at < (positions.get(format) as number)) yield [use, format]
      }
    }
  }
}

const FORMATS_AND_USERS: ReadonlySet<string> = new Set(['access_log', 'log_format', 'server'])

function outermost(directive: Directive, root: Directive): Directive {
  let at = directive
  for (let around = at.parent; around && around !== root; around = at.parent) at = around
  return at
}
