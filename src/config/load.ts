import { type Context, contextInside } from '../nginx/context.ts'
import { nginxGrammar } from '../nginx/grammar.ts'
import { parse, SourceFile, type Statement, walkStatements } from '../syntax/index.ts'
import type { Configuration } from './configuration.ts'
import type { ConfigurationFile } from './configuration-file.ts'
import { Directive, type UnresolvedInclude } from './directive.ts'
import type { ConfigurationFiles, ReadFailure } from './files.ts'
import { inferLevel } from './fragment.ts'
import { isGlob } from './glob.ts'
import { folderOf, type PathMapping } from './path.ts'
import { type IncludeBase, inferMappings, resolveInclude } from './resolve.ts'

/** Snippets may include snippets; a few files can so unfold to more than any memory holds. */
const INCLUDE_LIMIT = 200_000
const DIRECTIVE_LIMIT = 20_000_000

export interface LoadOptions {
  /** The folder that relative includes start at; that of the main file where nothing is said. */
  readonly prefix?: string
  readonly mappings?: readonly PathMapping[]
}

/**
 * Reads a configuration and all that it includes.
 * @returns the failure where the main file itself can't be read; trouble with included files is in `unresolved`
 */
export function loadConfiguration(
  path: string,
  files: ConfigurationFiles,
  options: LoadOptions = {},
): Configuration | { readonly failure: ReadFailure } {
  const loader = new Loader(files)
  const main = loader.open(path)
  if ('failure' in main) return main
  const level = inferLevel(main.tree.statements)
  const isFragment = level !== 'main' || !main.tree.statements.some((statement) => MAIN_BLOCKS.has(statement.name))
  const base: IncludeBase = {
    folder: options.prefix ?? folderOf(path),
    isFragment: isFragment && options.prefix === undefined,
    mappings: options.mappings?.length ? options.mappings : inferMappings(path, includedPaths(main), files),
  }
  const directives = loader.expand(main, level, base)
  return {
    main,
    files: loader.opened,
    directives,
    level,
    isFragment,
    unresolved: loader.unresolved,
    repeated: loader.repeated,
  }
}

/** A file with one of these is a main configuration, whatever else it holds. */
const MAIN_BLOCKS: ReadonlySet<string> = new Set(['http', 'events', 'stream', 'mail'])

function includedPaths(file: ConfigurationFile): string[] {
  const paths: string[] = []
  for (const statement of walkStatements(file.tree.statements))
    if (statement.name === 'include') paths.push(...statement.arguments.slice(0, 1).map((word) => word.value))
  return paths
}

/** The statements of one block or file that are being put in place. */
interface Frame {
  readonly statements: readonly Statement[]
  next: number
  readonly file: ConfigurationFile
  readonly parent: Directive | undefined
  readonly context: Context | undefined
  readonly include: Directive | undefined
}

class Loader {
  readonly opened: ConfigurationFile[] = []
  readonly unresolved: Directive[] = []
  readonly repeated = new Set<ConfigurationFile>()
  readonly #placed = new Set<ConfigurationFile>()
  readonly #files: ConfigurationFiles
  readonly #byRealPath = new Map<string, ConfigurationFile>()
  #includeCount = 0
  #directiveCount = 0

  constructor(files: ConfigurationFiles) {
    this.#files = files
  }

  /** Reads and parses a file, or finds it among those already read. */
  open(path: string): ConfigurationFile | { readonly failure: ReadFailure } {
    const realPath = this.#files.realPath(path)
    const known = this.#byRealPath.get(realPath)
    if (known) return known
    const content = this.#files.read(path)
    if ('failure' in content) return content
    const source = new SourceFile(path, content.text)
    const file = { path, realPath, source, tree: parse(source, nginxGrammar) }
    this.#byRealPath.set(realPath, file)
    this.opened.push(file)
    return file
  }

  expand(main: ConfigurationFile, level: Context, base: IncludeBase): Directive[] {
    const top: Directive[] = []
    const frames: Frame[] = [
      { statements: main.tree.statements, next: 0, file: main, parent: undefined, context: level, include: undefined },
    ]
    for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
      const statement = frame.statements[frame.next++]
      if (!statement) {
        frames.pop()
        continue
      }
      const { file, parent, context, include } = frame
      const directive = new Directive(statement, file, parent, context, include)
      this.#directiveCount++
      if (parent) (parent.children as Directive[]).push(directive)
      else top.push(directive)
      if (statement.name === 'include') {
        frames.push(...this.#included(directive, base).reverse())
      } else if (statement.children) {
        const inside = context && contextInside(statement.name, context)
        frames.push({ statements: statement.children, next: 0, file, parent: directive, context: inside, include })
      }
    }
    return top
  }

  /** The frames of the files that an `include` brings in, in nginx's order. */
  #included(directive: Directive, base: IncludeBase): Frame[] {
    const pattern = directive.argument(0)
    if (pattern === undefined || directive.statement.children) return []
    const frames: Frame[] = []
    for (const path of resolveInclude(pattern, base, this.#files)) {
      const file = this.#openIncluded(path, directive)
      if ('reason' in file) {
        if (directive.unresolved) continue
        directive.unresolved = file
        this.unresolved.push(directive)
        continue
      }
      if (this.#placed.has(file)) this.repeated.add(file)
      this.#placed.add(file)
      const { parent, context } = directive
      frames.push({ statements: file.tree.statements, next: 0, file, parent, context, include: directive })
    }
    return frames
  }

  #openIncluded(path: string, include: Directive): ConfigurationFile | UnresolvedInclude {
    this.#includeCount++
    if (this.#includeCount > INCLUDE_LIMIT || this.#directiveCount > DIRECTIVE_LIMIT)
      return { path, reason: 'too many includes' }
    const file = this.open(path)
    if ('failure' in file) return { path, reason: file.failure }
    for (let at: Directive | undefined = include; at; at = at.include)
      if (at.file === file) return { path, reason: 'cycle' }
    return file
  }
}

/** Whether an `include` names its file outright, so that nginx refuses to start without it. */
export function isRequired(include: Directive): boolean {
  return !isGlob(include.argument(0) ?? '')
}
