import { nginxGrammar } from '../nginx/grammar.ts'
import { parse, SourceFile, WordingTable } from '../syntax/index.ts'
import type { ConfigurationFile } from './configuration-file.ts'
import { ALWAYS_FIT, type ConfigurationFiles, DIRECTIVE_LIMIT, type ReadFailure, SIZE_LIMIT } from './files.ts'
import { templateOf } from './template.ts'

/** The files of one configuration: each is read and parsed once, however often and by whatever names it is included. */
export class LoadedFiles {
  /** In the order in which nginx first opens them. */
  readonly opened: ConfigurationFile[] = []
  readonly #files: ConfigurationFiles
  readonly #byPath = new Map<string, ConfigurationFile | { readonly failure: ReadFailure }>()
  readonly #byRealPath = new Map<string, ConfigurationFile>()
  readonly #wordings = new WordingTable()
  #size = 0
  #weight = 0
  #limit: number | undefined

  constructor(files: ConfigurationFiles) {
    this.#files = files
  }

  /** @param hasRows whether it holds the rows of a `map` or the like: words that mean no directives */
  open(path: string, hasRows = false): ConfigurationFile | { readonly failure: ReadFailure } {
    let file = this.#byPath.get(path)
    if (!file) {
      file = this.#read(path, hasRows)
      this.#byPath.set(path, file)
    }
    return file
  }

  #read(path: string, hasRows: boolean): ConfigurationFile | { readonly failure: ReadFailure } {
    const realPath = this.#files.realPath(path)
    const known = this.#byRealPath.get(realPath)
    if (known) return known
    const content = this.#files.read(path)
    if ('failure' in content) return content
    const size = this.#size + content.text.length
    if (size > SIZE_LIMIT) return { failure: 'too large' }
    this.#size = size
    const source = new SourceFile(path, content.text)
    const room = this.#room()
    const read = readTree(source, hasRows, this.#wordings, room)
    const { weight } = read.tree.table
    if (weight > room) return { failure: 'too large' }
    this.#weight += weight
    return this.#add({ path, realPath, source, ...read })
  }

  /** For how many directives there is room left, a block counted for two. As long as few bytes were read it is not asked. */
  #room(): number {
    if (this.#size <= ALWAYS_FIT) return Number.POSITIVE_INFINITY
    this.#limit ??= this.#files.directiveLimit?.() ?? DIRECTIVE_LIMIT
    return this.#limit - this.#weight
  }

  /** Opens a file that nobody has here, by the text that it is known to have. */
  openStock(path: string, text: string): ConfigurationFile {
    const realPath = this.#files.realPath(path)
    const known = this.#byRealPath.get(realPath)
    if (known) return known
    const source = new SourceFile(path, text)
    return this.#add({
      path,
      realPath,
      source,
      ...readTree(source, false, this.#wordings, Number.POSITIVE_INFINITY),
      isStock: true,
    })
  }

  #add(file: ConfigurationFile): ConfigurationFile {
    this.#byRealPath.set(file.realPath, file)
    this.opened.push(file)
    return file
  }
}

/** Of a template, a text in which its tags are made words or blanks is read in the place of its own. */
function readTree(
  source: SourceFile,
  hasRows: boolean,
  wordings: WordingTable,
  weightLimit: number,
): Pick<ConfigurationFile, 'tree' | 'template'> {
  const grammar = hasRows ? undefined : nginxGrammar
  const tree = parse(source, grammar, source.text, wordings, weightLimit)
  const template = templateOf(source, tree)
  return template ? { tree: parse(source, grammar, template.text, wordings, weightLimit), template } : { tree }
}
