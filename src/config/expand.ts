import type { Context } from '../nginx/context.ts'
import type { SyntaxTree } from '../syntax/index.ts'
import type { ConfigurationFile } from './configuration-file.ts'
import { type Block, type Directive, Placement, type UnresolvedInclude } from './directive.ts'
import { ALWAYS_FIT, type ConfigurationFiles, DIRECTIVE_LIMIT } from './files.ts'
import { isPackaged } from './image.ts'
import { includesGlob, includesRows, isInclude } from './include.ts'
import type { LoadedFiles } from './loaded-files.ts'
import { memoize } from './memoize.ts'
import { folderOf, joinPath } from './path.ts'
import { type IncludeBase, includePattern, type Resolved, resolveInclude } from './resolve.ts'

/** Snippets may include snippets; a few files can so unfold to more than any memory holds. */
const INCLUDE_LIMIT = 1_000_000
/** nginx keeps the files open that lead to the one it reads, and is usually allowed 1024. */
const CHAIN_LIMIT = 1000
const FEW_INCLUDES = 20
const FEW_NAMES = 1000

/** A file that is being put in place. */
interface OpenFile {
  readonly placement: Placement
  /** Numbers of its statements that may be includes. */
  readonly rows: readonly number[]
  next: number
}

/** Files of an `include` of which some are still to be put in place. */
interface OpenInclude {
  readonly directive: Directive
  /** Where it stands. */
  readonly around: Placement
  readonly row: number
  readonly paths: readonly string[]
  next: number
  /** The one that was put in place last. */
  last: Placement | undefined
}

/** Puts the files of includes in the place of their `include`. Not recursive: a thousand files may each include the next. */
export class Expander {
  readonly unresolved: Directive[] = []
  readonly repeated = new Set<ConfigurationFile>()
  /** The absolute paths and patterns that the includes of each file name. */
  readonly named = new Map<ConfigurationFile, Set<string>>()
  readonly #placed = new Set<ConfigurationFile>()
  readonly #loaded: LoadedFiles
  readonly #files: ConfigurationFiles
  readonly #base: IncludeBase
  readonly #resolved = new Map<string, Resolved | undefined>()
  /** Innermost last. */
  readonly #open: (OpenFile | OpenInclude)[] = []
  #includeCount = 0
  #includedCount = 0
  #directiveLimit: number | undefined
  #chainLength = 0

  constructor(loaded: LoadedFiles, files: ConfigurationFiles, base: IncludeBase) {
    this.#loaded = loaded
    this.#files = files
    this.#base = base
  }

  /** @returns the directives outside of any block */
  expand(main: ConfigurationFile, level: Context): Block {
    const placement = new Placement(main, level)
    this.#open.push({ placement, rows: rowsOfIncludes(main.tree), next: 0 })
    for (let open = this.#open.at(-1); open; open = this.#open.at(-1)) {
      if ('placement' in open) this.#goOn(open)
      else {
        const path = open.paths[open.next++]
        if (path !== undefined) this.#placeFile(path, open)
        else {
          this.#open.pop()
          this.#chainLength--
        }
      }
    }
    return placement.top
  }

  /** Up to the next `include`, or to the end of the file. */
  #goOn(open: OpenFile): void {
    const { placement, rows } = open
    while (open.next < rows.length) {
      const row = rows[open.next++] as number
      const directive = placement.directive(row)
      if (isInclude(directive) && this.#follow(directive, placement, row)) return
    }
    this.#open.pop()
  }

  /** @returns whether there is something to be put in place of it */
  #follow(include: Directive, around: Placement, row: number): boolean {
    const pattern = includePattern(include)
    if (pattern === undefined) return false
    if (pattern.startsWith('/')) this.#note(pattern, include.file)
    // nginx knows no variables here: in a template it is a tag.
    if (include.file.template && pattern.includes('$')) {
      this.#fail(include, { path: pattern, reason: 'template' })
      return false
    }
    const resolved = this.#resolve(pattern, includesGlob(include))
    if (!resolved || this.#chainLength >= CHAIN_LIMIT) {
      this.#fail(include, { path: joinPath(this.#base.folder, pattern), reason: 'too many includes' })
      return false
    }
    const { paths, closed } = resolved
    if (closed !== undefined) this.#fail(include, { path: closed, reason: 'unreadable' })
    this.#open.push({ directive: include, around, row, paths, next: 0, last: undefined })
    this.#chainLength++
    return true
  }

  #note(pattern: string, file: ConfigurationFile): void {
    const patterns = this.named.get(file)
    if (patterns) patterns.add(pattern)
    else this.named.set(file, new Set([pattern]))
  }

  #resolve(pattern: string, isGlob: boolean): Resolved | undefined {
    const key = `${isGlob ? 'glob' : 'path'} ${pattern}`
    const known = this.#resolved.get(key)
    if (known) return known
    const resolved = resolveInclude(pattern, isGlob, this.#base, this.#files)
    this.#resolved.set(key, resolved)
    return resolved
  }

  #placeFile(path: string, open: OpenInclude): void {
    const { directive: include, around, row, last } = open
    const file = this.#openIncluded(path, include)
    if ('reason' in file) {
      this.#fail(include, file)
      return
    }
    if (this.#placed.has(file)) this.repeated.add(file)
    this.#placed.add(file)
    const placement = new Placement(file, include.context, include, around)
    around.addIncluded(row, placement, last)
    open.last = placement
    this.#includedCount += placement.length
    const rows = rowsOfIncludes(file.tree)
    if (rows.length > 0) this.#open.push({ placement, rows, next: 0 })
  }

  #hasRoom(): boolean {
    if (this.#includedCount <= ALWAYS_FIT) return true
    this.#directiveLimit ??= this.#files.directiveLimit?.() ?? DIRECTIVE_LIMIT
    // One that is included has its statement in common with others: it takes less than half of what one takes.
    return this.#includedCount <= this.#directiveLimit / 2
  }

  #openIncluded(path: string, include: Directive): ConfigurationFile | UnresolvedInclude {
    this.#includeCount++
    if (this.#includeCount > INCLUDE_LIMIT || !this.#hasRoom()) return { path, reason: 'too many includes' }
    const file = this.#loaded.open(path, includesRows(include))
    if ('failure' in file) {
      const isPackagedFile = file.failure === 'missing' && this.#base.isCopy && isPackaged(path)
      if (isPackagedFile) return this.#loaded.openStock(path, '')
      return { path, reason: file.failure, ...(file.failure === 'missing' && this.#beside(path)) }
    }
    for (let at: Directive | undefined = include; at; at = at.include)
      if (at.file === file) return { path, reason: 'cycle' }
    return file
  }

  /** Who lacks many files has no slip of the hand to be told of, and folders may be large. */
  #beside(path: string): Pick<UnresolvedInclude, 'beside'> {
    if (this.unresolved.length >= FEW_INCLUDES) return {}
    const beside = this.#files.list(folderOf(path))
    return beside.length > 0 && beside.length <= FEW_NAMES ? { beside } : {}
  }

  /** An `include` with many files tells of the first that could not be read. */
  #fail(include: Directive, why: UnresolvedInclude): void {
    if (include.unresolved) return
    include.unresolved = why
    this.unresolved.push(include)
  }
}

/** A snippet may have its place in thousands of blocks. */
const rowsOfIncludes = memoize(({ table, wordings }: SyntaxTree): readonly number[] => {
  const name = wordings.numberOfName('include')
  const rows: number[] = []
  for (let row = 0; row < table.length; row++)
    if (wordings.nameId(table.wording(row)) === name && !table.hasBlock(row)) rows.push(row)
  return rows
})
