import type { SourceFile, SyntaxTree } from '../syntax/index.ts'

/** A file that takes part in a configuration. */
export interface ConfigurationFile {
  /** The path it was opened by, before symbolic links. */
  readonly path: string
  /** The path by which it is the same file under every name. */
  readonly realPath: string
  readonly source: SourceFile
  readonly tree: SyntaxTree
}
