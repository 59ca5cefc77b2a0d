import type { Context } from '../nginx/context.ts'
import type { Wording } from '../syntax/index.ts'
import type { Configuration } from './configuration.ts'
import type { Block, Directive, Placement, RowVisitor } from './directive.ts'
import { memoize } from './memoize.ts'
import { RowList } from './row-list.ts'
import { WordingMarks } from './wording-marks.ts'

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
  readonly #places = new RowList()
  readonly #marks: WordingMarks
  #lastBlock: Block | undefined
  #hasRepeats = false
  #alike: readonly Directive[] | undefined

  /** @param marks shared by the groups of an inventory */
  constructor(
    readonly name: string,
    readonly place: Place,
    marks: WordingMarks,
  ) {
    this.#marks = marks
  }

  /** Takes in one more; all of a block are to be given one after the other. */
  add(placement: Placement, row: number, wording: number, block: Block): void {
    this.#places.push(placement, row, wording)
    if (this.#lastBlock === block) this.#hasRepeats = true
    this.#lastBlock = block
  }

  /** All of them: those of one block in its order, those of outer blocks first. */
  get directives(): readonly Directive[] {
    return Array.from({ length: this.#places.length }, (_, index) => this.#directive(index))
  }

  /** Those that are not the first ones of their block. */
  get repeats(): readonly Directive[] {
    const repeats: Directive[] = []
    if (!this.#hasRepeats) return repeats // so it is with nearly all groups
    for (let index = 1; index < this.#places.length; index++)
      if (this.#isBesideLast(index)) repeats.push(this.#directive(index))
    return repeats
  }

  /**
   * Those that have a key in common with an earlier one of their block, and the first one that has it.
   * @param keyOf is asked once of those that are written alike
   */
  *twins(keyOf: (directive: Directive) => string | undefined): Generator<readonly [Directive, first: Directive]> {
    if (!this.#hasRepeats) return // so it is with nearly all groups
    const keys = new Map<string, number>()
    const keyNumbers = new Map<number, number>()
    for (const directive of this.alike()) {
      const key = keyOf(directive)
      if (key === undefined) continue
      const number = keys.get(key) ?? keys.size
      keys.set(key, number)
      keyNumbers.set(directive.wording.id, number)
    }
    /** Of each key the index of the first that has it in this block. */
    const firsts = new Int32Array(keys.size).fill(-1)
    let blockStart = 0
    for (let index = 0; index < this.#places.length; index++) {
      if (index > 0 && !this.#isBesideLast(index)) blockStart = index
      const key = keyNumbers.get(this.#places.wording(index))
      if (key === undefined) continue
      const first = firsts[key] as number
      if (first >= blockStart) yield [this.#directive(index), this.#directive(first)]
      else firsts[key] = index
    }
  }

  /** The blocks that they stand in, each once; undefined for the top of the configuration. */
  *blocks(): Generator<Directive | undefined> {
    for (let index = 0; index < this.#places.length; index++)
      if (index === 0 || !this.#isBesideLast(index))
        yield this.#places.placement(index).parentOf(this.#places.row(index))
  }

  /** Tells of each what it says, and the block that it stands in; undefined for the top. No directive is made for that. */
  eachLine(look: (wording: Wording, block: Directive | undefined) => void): void {
    for (let index = 0; index < this.#places.length; index++) {
      const placement = this.#places.placement(index)
      const row = this.#places.row(index)
      look(placement.file.tree.wordingOf(row), placement.parentOf(row))
    }
  }

  /** Whether one stands in the same block as the one before it. */
  #isBesideLast(index: number): boolean {
    const row = this.#places.row(index)
    const rowBefore = this.#places.row(index - 1)
    const before = this.#places.placement(index - 1)
    const placement = this.#places.placement(index)
    const around = placement.file.tree.table.parent(row)
    const aroundLast = before.file.tree.table.parent(rowBefore)
    // What stands at the top of a file is in the block of its include.
    if (around !== -1 && aroundLast !== -1) return placement === before && around === aroundLast
    return placement.parentOf(row) === before.parentOf(rowBefore)
  }

  /** One of each that are written alike. */
  alike(): readonly Directive[] {
    this.#alike ??= this.#findAlike()
    return this.#alike
  }

  /**
   * What is to be said of each directive, where there is anything. It is asked once of those that are written alike, so
   * it must not depend on where they stand, but for their context.
   */
  *judged<Verdict>(judge: (directive: Directive) => Verdict | undefined): Generator<readonly [Directive, Verdict]> {
    const verdicts = new Map<number, Verdict>()
    for (const directive of this.alike()) {
      const verdict = judge(directive)
      if (verdict !== undefined) verdicts.set(directive.wording.id, verdict)
    }
    // So it is with nearly all groups.
    if (verdicts.size === 0) return
    for (let index = 0; index < this.#places.length; index++) {
      const verdict = verdicts.get(this.#places.wording(index))
      if (verdict !== undefined) yield [this.#directive(index), verdict]
    }
  }

  #findAlike(): Directive[] {
    const isNew = this.#marks.start()
    const found: Directive[] = []
    for (let index = 0; index < this.#places.length; index++)
      if (isNew(this.#places.wording(index))) found.push(this.#directive(index))
    return found
  }

  #directive(index: number): Directive {
    return this.#places.placement(index).directive(this.#places.row(index))
  }
}

/** A text that is the same for lists of directives that are written alike, one by one. */
export function keyOfLines(directives: readonly Directive[]): string {
  let key = ''
  for (const { wording } of directives) key += `${wording.id} `
  return key
}

/** The same of what they say. */
export function keyOfWordings(wordings: readonly Wording[]): string {
  let key = ''
  for (const { id } of wordings) key += `${id} `
  return key
}

/**
 * Sorts the directives of a configuration.
 * @param placeOf tells the contexts that the directives of a block stand in, those of one file alike. What it gives for
 *   the same contexts must be the same object.
 */
export function takeInventory<Place>(
  { top, main }: Configuration,
  placeOf: (block: Block, placement: Placement) => Place | undefined,
): Inventory<Place> {
  const { wordings } = main.tree
  const marks = new WordingMarks(wordings.length)
  const byPlace = new Map<Place, (DirectiveGroup<Place> | undefined)[]>()
  const groups: DirectiveGroup<Place>[] = []
  const rows: Directive[] = []
  // Block after block, since what stands in one has its place in common. The list grows while it is gone through.
  const blocks: Block[] = [top]
  let block = top
  let last: Placement | undefined
  let place: Place | undefined
  let byName: (DirectiveGroup<Place> | undefined)[] | undefined
  const visitor: RowVisitor = (placement, row) => {
    if (placement.file.tree.table.hasBlock(row)) blocks.push(placement.directive(row).block as Block)
    if (placement !== last) {
      last = placement
      place = placeOf(block, placement)
      byName = place === undefined ? undefined : groupsAt(place, byPlace)
    }
    if (place === undefined || !byName) {
      rows.push(placement.directive(row))
      return
    }
    const wording = placement.file.tree.table.wording(row)
    const name = wordings.nameId(wording)
    let group = byName[name]
    if (!group) {
      group = new DirectiveGroup(wordings.name(name), place, marks)
      byName[name] = group
      groups.push(group)
    }
    group.add(placement, row, wording, block)
  }
  for (block of blocks) {
    last = undefined
    block.visit(visitor)
  }
  return { groups, rows }
}

function groupsAt<Place>(
  place: Place,
  byPlace: Map<Place, (DirectiveGroup<Place> | undefined)[]>,
): (DirectiveGroup<Place> | undefined)[] {
  const known = byPlace.get(place)
  if (known) return known
  const fresh: (DirectiveGroup<Place> | undefined)[] = []
  byPlace.set(place, fresh)
  return fresh
}

/** The blocks that have a directive of a name; undefined for the top of the configuration. */
export function blocksWith(name: string, configuration: Configuration): ReadonlySet<Directive | undefined> {
  return blocksByName(configuration, name)
}

const blocksByName = memoize((configuration: Configuration, name): ReadonlySet<Directive | undefined> => {
  const blocks = new Set<Directive | undefined>()
  const { groups, rows } = inventoryOf(configuration)
  for (const group of groups) if (group.name === name) for (const block of group.blocks()) blocks.add(block)
  for (const row of rows) if (row.name === name) blocks.add(row.parent)
  return blocks
})

/** What the directives of a name say, by the blocks that they stand in; undefined for the top of the configuration. */
export function wordingsByBlock(
  wanted: string,
  configuration: Configuration,
): ReadonlyMap<Directive | undefined, readonly Wording[]> {
  const found = new Map<Directive | undefined, Wording[]>()
  for (const group of inventoryOf(configuration).groups)
    if (group.name === wanted)
      group.eachLine((wording, block) => {
        const known = found.get(block)
        if (known) known.push(wording)
        else found.set(block, [wording])
      })
  return found
}

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
