import { type Context, contextInside } from '../nginx/context.ts'
import type { Statement, Word, Wording } from '../syntax/index.ts'
import type { ConfigurationFile } from './configuration-file.ts'

/** Of the few that have one; as a field it would cost all the others eight bytes each. */
const unresolvedIncludes = new WeakMap<Directive, UnresolvedInclude>()

/**
 * A statement in its place in the expanded configuration. A snippet that two blocks include has its statements once
 * in the tree of its file, and twice here.
 */
export class Directive {
  /** What it shares with all directives that are written alike, whichever file they are in. */
  readonly wording: Wording
  readonly #placement: Placement
  readonly #row: number
  #block: Block | undefined

  /** @param row number of the statement in its file's tree */
  constructor(placement: Placement, row: number) {
    this.wording = placement.file.tree.wordingOf(row)
    this.#placement = placement
    this.#row = row
  }

  /** Where it is written. */
  get statement(): Statement {
    return this.file.tree.statement(this.#row)
  }

  /** Set on an `include`, and on no other directive, whose files could not all be read. */
  get unresolved(): UnresolvedInclude | undefined {
    return unresolvedIncludes.get(this)
  }

  set unresolved(why: UnresolvedInclude) {
    unresolvedIncludes.set(this, why)
  }

  get file(): ConfigurationFile {
    return this.#placement.file
  }

  /** The block directive around it, across files; undefined at the top. */
  get parent(): Directive | undefined {
    return this.#placement.parentOf(this.#row)
  }

  /** Where it stands, as nginx's table names contexts; undefined inside of blocks nobody knows, and of rows. */
  get context(): Context | undefined {
    const { parent } = this
    return parent ? parent.block?.context : this.#placement.context
  }

  /** The `include` that brought its file here; undefined in a file that was named. */
  get include(): Directive | undefined {
    return this.#placement.include
  }

  /** Whether it has a block; cheaper than to ask for what is in it. */
  get isBlock(): boolean {
    return this.file.tree.table.hasBlock(this.#row)
  }

  /** What stands between its braces; undefined where it has none. */
  get block(): Block | undefined {
    if (!this.#block && this.isBlock) {
      const { parent } = this
      if (!parent || parent.#block) {
        this.#block = this.#placement.blockOf(this, this.#row)
        return this.#block
      }
      // Not recursive: blocks may nest thousands of levels.
      const missing: Directive[] = []
      for (let at: Directive | undefined = this; at && !at.#block; at = at.parent) missing.push(at)
      for (const directive of missing.reverse())
        directive.#block = directive.#placement.blockOf(directive, directive.#row)
    }
    return this.#block
  }

  /** The directives of its block, included ones in the place of their `include`, which stands before them. */
  get children(): readonly Directive[] | undefined {
    return this.block?.directives
  }

  get name(): string {
    return this.wording.name
  }

  get arguments(): readonly Word[] {
    return this.statement.arguments
  }

  /** The values of its arguments. */
  get values(): readonly string[] {
    return this.wording.argumentValues
  }

  /** The value of one argument, or undefined where there are fewer. */
  argument(index: number): string | undefined {
    return this.wording.argumentValues[index]
  }

  /** The directives that stand directly in its block and have this name. */
  named(name: string): readonly Directive[] {
    return this.block?.named(name) ?? NONE
  }
}

/** What an `include` asked for and nobody could read. */
export interface UnresolvedInclude {
  readonly path: string
  /** Of one that is missing, what is in the folder that it should be in. */
  readonly beside?: readonly string[]
  /** `template`: another program fills in which files. */
  readonly reason: 'missing' | 'unreadable' | 'not a file' | 'too large' | 'cycle' | 'too many includes' | 'template'
}

/** Told of a statement by its number in the tree of the file that is placed. */
export type RowVisitor = (placement: Placement, row: number) => void

const NONE: readonly Directive[] = []

/** Blocks with more statements, those within theirs included, remember where those of a name are. */
const SHORT = 128

/** The directives between two braces, or outside of all: those of the file, and of the files that it includes there. */
export class Block {
  readonly #placement: Placement
  readonly #from: number
  readonly #to: number
  #directives: readonly Directive[] | undefined
  #byName: Map<string, readonly Directive[]> | undefined
  /** The bits of the names in it (see `bitOf`), when somebody has asked: most names that are asked for are not among them. */
  #names: number | undefined

  /**
   * @param owner the directive that has the block; undefined for the top of a configuration
   * @param context that its directives stand in
   * @param from number of the first statement in the file that the block is written in
   * @param to number of the first statement behind it
   */
  constructor(
    readonly owner: Directive | undefined,
    readonly context: Context | undefined,
    placement: Placement,
    from: number,
    to: number,
  ) {
    this.#placement = placement
    this.#from = from
    this.#to = to
  }

  /** The block around it; undefined for the top. */
  get outer(): Block | undefined {
    return this.owner && (this.owner.parent?.block ?? this.#placement.top)
  }

  /** All of them. */
  get directives(): readonly Directive[] {
    if (!this.#directives) {
      const directives: Directive[] = []
      this.visit((placement, row) => directives.push(placement.directive(row)))
      this.#directives = directives
    }
    return this.#directives
  }

  /** Those that have a block themselves. */
  get inner(): readonly Directive[] {
    const blocks: Directive[] = []
    this.visit((placement, row) => {
      if (placement.file.tree.table.hasBlock(row)) blocks.push(placement.directive(row))
    })
    return blocks
  }

  /** Those of a name. The others need not be made. */
  named(name: string): readonly Directive[] {
    const known = this.#byName?.get(name)
    if (known) return known
    const id = this.#numberOf(name)
    if (id === undefined) return NONE
    const found: Directive[] = []
    this.#names = this.#placement.gather(this.#from, this.#to, id, found)
    const named = found.length === 0 ? NONE : found
    if (this.#to - this.#from > SHORT) {
      this.#byName ??= new Map()
      this.#byName.set(name, named)
    }
    return named
  }

  /** What those of a name say. For most blocks no directive is made for that. */
  wordings(name: string): readonly Wording[] {
    if (this.#to - this.#from > SHORT) return this.named(name).map(({ wording }) => wording)
    const found: Wording[] = []
    const id = this.#numberOf(name)
    if (id === undefined) return found
    this.visit((placement, row) => {
      if (placement.nameNumber(row) === id) found.push(placement.file.tree.wordingOf(row))
    })
    return found
  }

  /** Those of some names, in their order. */
  among(names: ReadonlySet<string>): readonly Directive[] {
    const { wordings } = this.#placement.file.tree
    const found: Directive[] = []
    this.visit((placement, row) => {
      if (names.has(wordings.name(placement.nameNumber(row)))) found.push(placement.directive(row))
    })
    return found
  }

  /** The number of a name; undefined where none of its directives can have it. */
  #numberOf(name: string): number | undefined {
    const id = this.#placement.file.tree.wordings.numberOfName(name)
    return id !== undefined && this.#names !== undefined && (this.#names & bitOf(id)) === 0 ? undefined : id
  }

  /** Visits the statements of all its directives, in nginx's order; of none is a directive made. */
  visit(visitor: RowVisitor): void {
    this.#placement.visit(this.#from, this.#to, visitor)
  }
}

/**
 * A file in one of its places in a configuration. A directive is made of a statement in its place when somebody asks for
 * it: of the millions of a large configuration most are never looked at one by one.
 */
export class Placement {
  readonly #outermost: Placement
  #top: Block | undefined
  #made: (Directive | undefined)[] | undefined
  /** The first file that each of its includes brought here, by the number of its statement. */
  #included: Map<number, Placement> | undefined
  /** The file that the same `include` brought here behind this one. */
  #next: Placement | undefined
  /** The number of the name `include`, where there are some. */
  #include: number | undefined

  /**
   * @param context that its outermost statements stand in
   * @param include the directive that brought the file here; undefined for the file that was named
   * @param around where that directive stands
   */
  constructor(
    readonly file: ConfigurationFile,
    readonly context: Context | undefined,
    readonly include?: Directive,
    readonly around?: Placement,
  ) {
    this.#outermost = around ? around.#outermost : this
  }

  /** What stands outside of all blocks of the configuration. */
  get top(): Block {
    const { context, length } = this.#outermost
    this.#outermost.#top ??= new Block(undefined, context, this.#outermost, 0, length)
    return this.#outermost.#top
  }

  /** How many statements it has. */
  get length(): number {
    return this.file.tree.table.length
  }

  /** The directive that a statement is here: always the same object. */
  directive(row: number): Directive {
    this.#made ??= new Array(this.length)
    const made = this.#made[row]
    if (made) return made
    const directive = new Directive(this, row)
    this.#made[row] = directive
    return directive
  }

  /** The number that the name of a statement has in all the files of its configuration. */
  nameNumber(row: number): number {
    const { table, wordings } = this.file.tree
    return wordings.nameId(table.wording(row))
  }

  parentOf(row: number): Directive | undefined {
    const parent = this.file.tree.table.parent(row)
    return parent === -1 ? this.include?.parent : this.directive(parent)
  }

  blockOf(owner: Directive, row: number): Block {
    const { context } = owner
    const inside = context && contextInside(owner.name, context)
    return new Block(owner, inside, this, row + 1, this.file.tree.table.next(row))
  }

  /**
   * Takes in a file that an `include` brought.
   * @param last the one that it brought before
   */
  addIncluded(include: number, placement: Placement, last: Placement | undefined): void {
    this.#included ??= new Map()
    this.#include = this.nameNumber(include)
    if (last) last.#next = placement
    else this.#included.set(include, placement)
  }

  /**
   * Takes those of a name from the statements that `visit` would visit. It is asked millions of times, so that the closure
   * for a visit would be dear.
   * @param name its number
   * @returns the bits of all names that it met
   */
  gather(from: number, to: number, name: number, found: Directive[]): number {
    const { table } = this.file.tree
    const included = this.#included
    const include = this.#include
    let names = 0
    for (let row = from; row < to; row = table.next(row)) {
      const number = this.nameNumber(row)
      names |= bitOf(number)
      if (number === name) found.push(this.directive(row))
      if (number === include)
        for (let one = included?.get(row); one; one = one.#next) names |= one.gather(0, one.length, name, found)
    }
    return names
  }

  /** Visits statements that stand side by side, and those of the files that are included among them, in nginx's order. */
  visit(from: number, to: number, visitor: RowVisitor): void {
    const { table } = this.file.tree
    const included = this.#included
    const include = this.#include
    for (let row = from; row < to; row = table.next(row)) {
      visitor(this, row)
      if (included && this.nameNumber(row) === include)
        for (let one = included.get(row); one; one = one.#next) one.visit(0, one.length, visitor)
    }
  }
}

/** One of 32 bits that a name has, by its number. */
function bitOf(name: number): number {
  return 1 << name
}
