import {
  type Block,
  type Configuration,
  type Directive,
  type DirectiveGroup,
  inventoryOf,
  type Placement,
  takeInventory,
} from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { type Context, contextInside, contexts } from '../nginx/context.ts'
import { isKnownDirective } from '../nginx/directives.ts'
import { statesIn } from '../nginx/states.ts'
import type { TargetVersion } from '../nginx/version.ts'
import type { Subject } from './rule.ts'

/** All directives of one name that may stand in the same contexts: several where a fragment leaves open what it belongs to. */
export interface PlacedDirectives {
  readonly name: string
  readonly contexts: readonly Context[]
  readonly group: DirectiveGroup<unknown>
}

/** One of them. */
export interface Placed {
  readonly directive: Directive
  readonly contexts: readonly Context[]
}

/**
 * The directives that can be judged by nginx's table: those in a context that is known (not the rows of a map, nor what
 * stands in a block that nobody knows), of files whose tokens and blocks leave no doubt. What the table says of a name, a
 * rule is to ask once, not of each directive; what it says of a line, by `group.judged`.
 */
export function placedByName({ model }: Subject): readonly PlacedDirectives[] {
  return placedIn(model.configuration)
}

const placedIn = memoize((configuration: Configuration): readonly PlacedDirectives[] => {
  const isWhole = !configuration.isFragment && configuration.files.every(({ tree }) => tree.isSure)
  // So it is with nearly all that are large: they have been sorted by their one context.
  if (isWhole) return inventoryOf(configuration).groups.flatMap((group) => placed(group, contextList(group.place)))
  const isSound = soundness()
  const inside = contextsInside(configuration)
  const { groups } = takeInventory(configuration, (block, placement) => {
    const contexts = isSound(placement) ? inside(block) : []
    return contexts.length === 0 ? undefined : contexts
  })
  return groups.flatMap((group) => placed(group, group.place))
})

function placed(group: DirectiveGroup<unknown>, contexts: readonly Context[]): PlacedDirectives[] {
  return group.name === '' ? [] : [{ name: group.name, contexts, group }]
}

/** As long as the tokens or blocks of a file leave doubts, all else in it, and where its includes stand, is a guess. */
function soundness(): (placement: Placement) => boolean {
  const sound = new Map<Placement, boolean>()
  return (placement) => {
    const chain: Placement[] = []
    let at: Placement | undefined = placement
    for (; at && !sound.has(at); at = at.around) chain.push(at)
    let isSound = at === undefined || sound.get(at) === true
    for (const one of chain.reverse()) {
      isSound &&= one.file.tree.isSure
      sound.set(one, isSound)
    }
    return isSound
  }
}

/**
 * Where the directives of each block may stand. For a whole configuration that is one context at most; in a fragment the
 * levels that all of its directives fit in are equally likely. Empty where some of them leaves the context open. Outer
 * blocks are to be asked for first.
 */
function contextsInside(configuration: Configuration): (block: Block) => readonly Context[] {
  if (!configuration.isFragment) return ({ context }) => contextList(context)
  const levels = fittingLevels(configuration)
  const listOf = sameForEqual()
  const known = new Map([[configuration.top, levels.length > 0 ? levels : contextList(configuration.level)]])
  return (block) => {
    const { owner, outer } = block
    const contexts = known.get(block)
    if (contexts || !owner || !outer) return contexts ?? []
    const inner = (known.get(outer) ?? []).map((context) => contextInside(owner.name, context))
    const list = listOf([...new Set(inner.flatMap((context) => context ?? []))])
    known.set(block, list)
    return list
  }
}

/** Makes one list of all that hold the same. */
function sameForEqual(): (list: readonly Context[]) => readonly Context[] {
  const known = new Map<string, readonly Context[]>()
  return (list) => {
    const key = list.join()
    const same = known.get(key) ?? list
    known.set(key, same)
    return same
  }
}

const lists = new Map(contexts.map((context) => [context, [context]] as const))

function contextList(context: Context | undefined): readonly Context[] {
  return (context && lists.get(context)) ?? []
}

/** The levels that every directive at the top of a fragment may stand at. */
function fittingLevels({ directives }: Configuration): Context[] {
  const top = directives.filter(({ name }) => name !== 'include' && isKnownDirective(name))
  const target: TargetVersion = 'unknown'
  return contexts.filter((level) => top.every((directive) => mayStand(directive, level, target)))
}

/** Whether nginx takes a directive, with its block or without one, in a context. */
export function mayStand({ name, isBlock }: Directive, context: Context, target: TargetVersion): boolean {
  return statesIn(name, context, target).some(({ entry }) => entry.block === isBlock)
}
