import type { Context } from '../nginx/context.ts'
import type { Statement, Word, Wording } from '../syntax/index.ts'
import type { ConfigurationFile } from './configuration-file.ts'

/** What the statements of one block or file have in common in one of their places. */
export interface Surroundings {
  readonly file: ConfigurationFile
  readonly parent: Directive | undefined
  readonly context: Context | undefined
  readonly include: Directive | undefined
}

const NONE: readonly Directive[] = []

/** Of the few that have one; as a field it would cost all the others eight bytes each. */
const unresolvedIncludes = new WeakMap<Directive, UnresolvedInclude>()

/**
 * A statement in its place in the expanded configuration. A snippet that two blocks include has its statements once
 * in the tree of its file, and twice here. There are millions of them in a large configuration: fields are dear.
 */
export class Directive {
  /** Directives of its block, included ones in the place of their `include`, which stands before them. */
  children: readonly Directive[] | undefined
  /** What it shares with all directives that are written alike, whichever file they are in. */
  readonly wording: Wording
  readonly #index: number
  readonly #surroundings: Surroundings

  /** @param index number of the statement in its file's tree */
  constructor(index: number, surroundings: Surroundings) {
    const { tree } = surroundings.file
    this.children = tree.table.hasBlock(index) ? NONE : undefined
    this.wording = tree.wordingOf(index)
    this.#index = index
    this.#surroundings = surroundings
  }

  /** Where it is written. Most are never asked. */
  get statement(): Statement {
    return this.file.tree.statement(this.#index)
  }

  /** Set on an `include`, and on no other directive, whose files could not all be read. */
  get unresolved(): UnresolvedInclude | undefined {
    return unresolvedIncludes.get(this)
  }

  set unresolved(why: UnresolvedInclude) {
    unresolvedIncludes.set(this, why)
  }

  get file(): ConfigurationFile {
    return this.#surroundings.file
  }

  /** The block around it, across files; undefined at the top. */
  get parent(): Directive | undefined {
    return this.#surroundings.parent
  }

  /** Where it stands, as nginx's table names contexts; undefined inside of blocks nobody knows, and of rows. */
  get context(): Context | undefined {
    return this.#surroundings.context
  }

  /** The `include` that brought its file here; undefined in a file that was named. */
  get include(): Directive | undefined {
    return this.#surroundings.include
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
    return this.wording.values[index + 1]
  }

  /** The directives that stand directly in its block and have this name. */
  named(name: string): Directive[] {
    return this.children?.filter((child) => child.name === name) ?? []
  }
}

/** What an `include` asked for and nobody could read. */
export interface UnresolvedInclude {
  readonly path: string
  readonly reason: 'missing' | 'unreadable' | 'not a file' | 'too large' | 'cycle' | 'too many includes'
}
