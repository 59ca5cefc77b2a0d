import type { Context } from '../nginx/context.ts'
import type { Wording } from '../syntax/index.ts'
import type { Configuration } from './configuration.ts'
import type { Directive } from './directive.ts'
import { memoize } from './memoize.ts'

/**
 * The directives of a configuration, sorted in one walk by what they are and where they stand. A configuration may have
 * millions of them, but of few names, and most of its lines stand in it many times: what is to be said of a name, or of a
 * line, need be asked once.
 */
export interface Inventory<Place> {
  /** In the order in which they are first met. */
  readonly groups: readonly DirectiveGroup<Place>[]
  /** What has no place: rows of maps and the like, and what stands in blocks that nobody knows. */
  readonly rows: readonly Directive[]
}

/** Directives of one name that stand in the same contexts. */
export class DirectiveGroup<Place> {
  /** Those of one block in its order, those of outer blocks first. */
  readonly directives: Directive[] = []
  /** Those that are not the first ones of their block. */
  readonly repeats: Directive[] = []
  #byWording: ReadonlyMap<Wording, Directive> | undefined
  /** The block that the last one stands in. */
  #lastParent: Directive | undefined

  constructor(
    readonly name: string,
    readonly place: Place,
  ) {}

  /** Takes in one more; all of a block are to be given one after the other. */
  add(directive: Directive, parent: Directive | undefined): void {
    if (this.directives.length > 0 && this.#lastParent === parent) this.repeats.push(directive)
    this.#lastParent = parent
    this.directives.push(directive)
  }

  /** One of each that are written alike. */
  alike(): Iterable<Directive> {
    return this.#wordings().values()
  }

  /**
   * What is to be said of each directive, where there is anything. It is asked once of those that are written alike, so
   * it must not depend on where they stand, but for their context.
   */
  *judged<Verdict>(judge: (directive: Directive) => Verdict | undefined): Generator<readonly [Directive, Verdict]> {
    const verdicts = new Map<Wording, Verdict>()
    for (const [wording, directive] of this.#wordings()) {
      const verdict = judge(directive)
      if (verdict !== undefined) verdicts.set(wording, verdict)
    }
    // So it is with nearly all groups.
    if (verdicts.size === 0) return
    for (const directive of this.directives) {
      const verdict = verdicts.get(directive.wording)
      if (verdict !== undefined) yield [directive, verdict]
    }
  }

  #wordings(): ReadonlyMap<Wording, Directive> {
    if (this.#byWording) return this.#byWording
    const found = new Map<Wording, Directive>()
    for (const directive of this.directives) if (!found.has(directive.wording)) found.set(directive.wording, directive)
    this.#byWording = found
    return found
  }
}

/** A text that is the same for lists of directives that are written alike, one by one. */
export function keyOfLines(directives: readonly Directive[]): string {
  let key = ''
  for (const { wording } of directives) key += `${wording.id} `
  return key
}

/**
 * Sorts the directives of a configuration.
 * @param placeOf tells the contexts that a directive stands in; those of one block and one file stand in the same.
 *   What it gives for the same contexts must be the same object.
 */
export function takeInventory<Place>(
  { directives }: Configuration,
  placeOf: (directive: Directive) => Place | undefined,
): Inventory<Place> {
  const byPlace = new Map<Place, Map<string, DirectiveGroup<Place>>>()
  const groups: DirectiveGroup<Place>[] = []
  const rows: Directive[] = []
  // Block after block, since what stands in one has its place in common. The list grows while it is gone through.
  const blocks: (readonly Directive[])[] = [directives]
  for (const block of blocks) {
    let place: Place | undefined
    let byName: Map<string, DirectiveGroup<Place>> | undefined
    let include: Directive | undefined
    const parent = block[0]?.parent
    for (const directive of block) {
      if (directive.children) blocks.push(directive.children)
      if (directive === block[0] || directive.include !== include) {
        include = directive.include
        place = placeOf(directive)
        byName = place === undefined ? undefined : groupsAt(place, byPlace)
      }
      if (place === undefined || !byName) {
        rows.push(directive)
        continue
      }
      const { name } = directive
      let group = byName.get(name)
      if (!group) {
        group = new DirectiveGroup(name, place)
        byName.set(name, group)
        groups.push(group)
      }
      group.add(directive, parent)
    }
  }
  return { groups, rows }
}

function groupsAt<Place>(
  place: Place,
  byPlace: Map<Place, Map<string, DirectiveGroup<Place>>>,
): Map<string, DirectiveGroup<Place>> {
  const known = byPlace.get(place)
  if (known) return known
  const fresh = new Map<string, DirectiveGroup<Place>>()
  byPlace.set(place, fresh)
  return fresh
}

/** All directives of a name, wherever they stand. */
export function* directivesNamed(name: string, configuration: Configuration): Generator<Directive> {
  const { groups, rows } = inventoryOf(configuration)
  for (const group of groups) if (group.name === name) yield* group.directives
  for (const row of rows) if (row.name === name) yield row
}

/** The blocks that have a directive of a name; undefined for the top of the configuration. */
export function blocksWith(name: string, configuration: Configuration): ReadonlySet<Directive | undefined> {
  return blocksByName(configuration, name)
}

const blocksByName = memoize((configuration: Configuration, name): ReadonlySet<Directive | undefined> => {
  const blocks = new Set<Directive | undefined>()
  for (const { parent } of directivesNamed(name, configuration)) blocks.add(parent)
  return blocks
})

/** What is to be said of each directive of a name, where there is anything: asked once of those that are written alike. */
export function judgedByName<Verdict>(
  name: string,
  configuration: Configuration,
  judge: (directive: Directive) => Verdict | undefined,
): ReadonlyMap<Directive, Verdict> {
  const { groups, rows } = inventoryOf(configuration)
  const verdicts = new Map<Directive, Verdict>()
  for (const group of groups)
    if (group.name === name) for (const [directive, verdict] of group.judged(judge)) verdicts.set(directive, verdict)
  for (const row of rows) {
    const verdict = row.name === name ? judge(row) : undefined
    if (verdict !== undefined) verdicts.set(row, verdict)
  }
  return verdicts
}

/** The directives by their contexts, those of files with errors too. */
export const inventoryOf = memoize(
  (configuration: Configuration): Inventory<Context> => takeInventory(configuration, ({ context }) => context),
)
