import type { Context } from '../nginx/context.ts'
import type { Statement, Word } from '../syntax/index.ts'
import type { ConfigurationFile } from './configuration-file.ts'

/**
 * A statement in its place in the expanded configuration. A snippet that two blocks include has its statements once
 * in the tree of its file, and twice here.
 */
export class Directive {
  /** Directives of its block, included ones in the place of their `include`, which stands before them. */
  readonly children: Directive[] | undefined
  /** Set on an `include`, and on no other directive, whose files could not all be read. */
  unresolved: UnresolvedInclude | undefined

  /**
   * @param parent the block around it, across files; undefined at the top
   * @param context where it stands, as nginx's table names contexts; undefined inside of blocks nobody knows
   * @param include the `include` that brought its file here; undefined in a file that was named
   */
  constructor(
    readonly statement: Statement,
    readonly file: ConfigurationFile,
    readonly parent: Directive | undefined,
    readonly context: Context | undefined,
    readonly include: Directive | undefined,
  ) {
    this.children = statement.children && []
  }

  get name(): string {
    return this.statement.name
  }

  get arguments(): readonly Word[] {
    return this.statement.arguments
  }

  /** The value of one argument, or undefined where there are fewer. */
  argument(index: number): string | undefined {
    return this.statement.words[index + 1]?.value
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
