import type { SourceFile, SyntaxTree } from '../syntax/index.ts'
import type { Template } from './template.ts'

/** A file that takes part in a configuration. */
export interface ConfigurationFile {
  /** The path it was opened by, before symbolic links. */
  readonly path: string
  /** The path by which it is the same file under every name. */
  readonly realPath: string
  readonly source: SourceFile
  readonly tree: SyntaxTree
  /** Where another program fills it in; undefined for a file that nginx reads as it is. */
  readonly template?: Template
  /** Whether it stands for a file that nginx's packages or its image bring, and that nobody has here. */
  readonly isStock?: boolean
}
