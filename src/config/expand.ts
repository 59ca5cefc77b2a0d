import { type Context, contextInside } from '../nginx/context.ts'
import type { ConfigurationFile } from './configuration-file.ts'
import { Directive, type Surroundings, type UnresolvedInclude } from './directive.ts'
import { ALWAYS_FIT, type ConfigurationFiles, DIRECTIVE_LIMIT } from './files.ts'
import { isPackaged } from './image.ts'
import { includesGlob, includesRows, isInclude } from './include.ts'
import type { LoadedFiles } from './loaded-files.ts'
import { joinPath } from './path.ts'
import { type IncludeBase, includePattern, resolveInclude } from './resolve.ts'

/** Snippets may include snippets; a few files can so unfold to more than any memory holds. */
const INCLUDE_LIMIT = 1_000_000
/** nginx keeps the files open that lead to the one it reads, and is usually allowed 1024. */
const CHAIN_LIMIT = 1000

/** Statements of a block or file that are being put in place. */
interface OpenBlock {
  readonly surroundings: Surroundings
  /** Numbers of the next of them, and of what follows the last. */
  next: number
  readonly end: number
  /** Whether they are all of a file, and stand among the directives around its `include`. */
  readonly isFile: boolean
  /** How many siblings were pending when it was entered. */
  readonly siblingsBefore: number
}

/** Files of an `include` of which some are still to be put in place. */
interface OpenInclude {
  readonly directive: Directive
  readonly paths: readonly string[]
  next: number
}

/** Puts the files of includes in the place of their `include`. Not recursive: blocks may nest thousands of levels. */
export class Expander {
  /** The directives outside of any block; while they are being put in place, those of the open blocks behind them. */
  readonly directives: Directive[] = []
  readonly unresolved: Directive[] = []
  readonly repeated = new Set<ConfigurationFile>()
  /** The absolute paths and patterns that the includes of each file name. */
  readonly named = new Map<ConfigurationFile, Set<string>>()
  readonly #placed = new Set<ConfigurationFile>()
  readonly #loaded: LoadedFiles
  readonly #files: ConfigurationFiles
  readonly #base: IncludeBase
  readonly #pathsOf = new Map<string, readonly string[] | undefined>()
  /** Innermost last. */
  readonly #open: (OpenBlock | OpenInclude)[] = []
  #includeCount = 0
  #includedCount = 0
  #chainLength = 0

  constructor(loaded: LoadedFiles, files: ConfigurationFiles, base: IncludeBase) {
    this.#loaded = loaded
    this.#files = files
    this.#base = base
  }

  expand(main: ConfigurationFile, level: Context): void {
    this.#enterFile({ file: main, parent: undefined, context: level, include: undefined })
    for (let open = this.#open.at(-1); open; open = this.#open.at(-1)) {
      if ('end' in open) {
        if (open.next < open.end) this.#placeNext(open)
        else this.#leave(open)
      } else {
        const path = open.paths[open.next++]
        if (path !== undefined) this.#placeFile(path, open.directive)
        else {
          this.#open.pop()
          this.#chainLength--
        }
      }
    }
  }

  #enterFile(surroundings: Surroundings): void {
    const end = surroundings.file.tree.table.length
    this.#open.push({ surroundings, next: 0, end, isFile: true, siblingsBefore: 0 })
  }

  #enterBlock(surroundings: Surroundings, next: number, end: number): void {
    this.#open.push({ surroundings, next, end, isFile: false, siblingsBefore: this.directives.length })
  }

  /** What grows with each child has room for more, in each of a million blocks: so a list is made of those that are known. */
  #leave({ surroundings, isFile, siblingsBefore }: OpenBlock): void {
    this.#open.pop()
    if (surroundings.parent && !isFile) surroundings.parent.children = this.directives.splice(siblingsBefore)
  }

  #placeNext(block: OpenBlock): void {
    const { surroundings, next: index } = block
    const { file, context, include } = surroundings
    block.next = file.tree.table.next(index)
    const directive = new Directive(index, surroundings)
    this.directives.push(directive)
    if (include) this.#includedCount++
    if (directive.children) {
      const inside = context && contextInside(directive.name, context)
      this.#enterBlock({ file, parent: directive, context: inside, include }, index + 1, block.next)
    } else if (directive.name === 'include' && isInclude(directive)) this.#follow(directive)
  }

  #follow(include: Directive): void {
    const pattern = includePattern(include)
    if (pattern === undefined) return
    if (pattern.startsWith('/')) this.#note(pattern, include.file)
    const paths = this.#resolve(pattern, includesGlob(include))
    if (!paths || this.#chainLength >= CHAIN_LIMIT) {
      this.#fail(include, { path: joinPath(this.#base.folder, pattern), reason: 'too many includes' })
      return
    }
    this.#open.push({ directive: include, paths, next: 0 })
    this.#chainLength++
  }

  #note(pattern: string, file: ConfigurationFile): void {
    const patterns = this.named.get(file)
    if (patterns) patterns.add(pattern)
    else this.named.set(file, new Set([pattern]))
  }

  #resolve(pattern: string, isGlob: boolean): readonly string[] | undefined {
    const key = `${isGlob ? 'glob' : 'path'} ${pattern}`
    const known = this.#pathsOf.get(key)
    if (known) return known
    const paths = resolveInclude(pattern, isGlob, this.#base, this.#files)
    this.#pathsOf.set(key, paths)
    return paths
  }

  #placeFile(path: string, include: Directive): void {
    const file = this.#openIncluded(path, include)
    if ('reason' in file) {
      this.#fail(include, file)
      return
    }
    if (this.#placed.has(file)) this.repeated.add(file)
    this.#placed.add(file)
    this.#enterFile({ file, parent: include.parent, context: include.context, include })
  }

  #hasRoom(): boolean {
    if (this.#includedCount <= ALWAYS_FIT) return true
    // One that is included has its statement in common with others: it takes less than half of what one takes.
    return this.#includedCount <= (this.#files.directiveLimit?.() ?? DIRECTIVE_LIMIT) / 2
  }

  #openIncluded(path: string, include: Directive): ConfigurationFile | UnresolvedInclude {
    this.#includeCount++
    if (this.#includeCount > INCLUDE_LIMIT || !this.#hasRoom()) return { path, reason: 'too many includes' }
    const file = this.#loaded.open(path, includesRows(include))
    if ('failure' in file) {
      const isPackagedFile = file.failure === 'missing' && this.#base.isCopy && isPackaged(path)
      return isPackagedFile ? this.#loaded.openStock(path, '') : { path, reason: file.failure }
    }
    for (let at: Directive | undefined = include; at; at = at.include)
      if (at.file === file) return { path, reason: 'cycle' }
    return file
  }

  /** An `include` with many files tells of the first that could not be read. */
  #fail(include: Directive, why: UnresolvedInclude): void {
    if (include.unresolved) return
    include.unresolved = why
    this.unresolved.push(include)
  }
}
