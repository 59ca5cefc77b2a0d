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

/**
 * A statement in its place in the expanded configuration. A snippet that two blocks include has its statements once
 * in the tree of its file, and twice here. There are millions of them in a large configuration: fields are dear.
 */
export class Directive {
  /** Directives of its block, included ones in the place of their `include`, which stands before them. */
  readonly children: Directive[] | undefined
  /** Set on an `include`, and on no other directive, whose files could not all be read. */
  unresolved: UnresolvedInclude | undefined
  readonly #surroundings: Surroundings

  constructor(
    readonly statement: Statement,
    surroundings: Surroundings,
  ) {
    this.children = statement.children && []
    this.#surroundings = surroundings
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

  /** What it shares with all directives that are written alike, whichever file they are in. */
  get wording(): Wording {
    return this.statement.wording
  }

  get name(): string {
    return this.statement.name
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
    return this.statement.value(index + 1)
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
