import type { Context } from '../nginx/context.ts'
import type { Configuration } from './configuration.ts'
import { Expander } from './expand.ts'
import type { ConfigurationFiles, ReadFailure } from './files.ts'
import { inferLevel, isMainBlock } from './fragment.ts'
import { STOCK_MAIN } from './image.ts'
import { inferMappings, isOnServer } from './infer-mappings.ts'
import { LoadedFiles } from './loaded-files.ts'
import { folderOf, type PathMapping } from './path.ts'

export interface LoadOptions {
  /** The folder that relative includes start at; that of the main file where nothing is said. */
  readonly prefix?: string
  /** Where none is given, one is inferred for a copy of a tree whose includes name the original. */
  readonly mappings?: readonly PathMapping[]
  /** Files of sites-available that are read as if sites-enabled had links to them, and templates of the image of nginx. */
  readonly sites?: readonly string[]
  /** Whether the main file is that of the official image of nginx, which would stand at that path. */
  readonly isStock?: boolean
  /** The level that the main file's directives stand at, where it is known; else they tell. */
  readonly level?: Context
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
  if (options.mappings?.length) return loadWith(options.mappings, path, files, options).configuration
  let mappings: readonly PathMapping[] = []
  for (;;) {
    const { configuration, named } = loadWith(mappings, path, files, options)
    if ('failure' in configuration) return configuration
    // A file that is included may be the first to name the original. Mappings only become more: this ends.
    const inferred = inferMappings(path, configuration.isFragment, named, files)
    const more = inferred.filter(({ from }) => !mappings.some((known) => known.from === from))
    if (more.length === 0) return configuration
    mappings = [...mappings, ...more]
  }
}

interface Loaded {
  readonly configuration: Configuration | { readonly failure: ReadFailure }
  readonly named: Expander['named']
}

function loadWith(
  mappings: readonly PathMapping[],
  path: string,
  files: ConfigurationFiles,
  { prefix, sites = [], isStock = false, level: known }: LoadOptions,
): Loaded {
  const loaded = new LoadedFiles(files)
  const main = isStock ? loaded.openStock(path, STOCK_MAIN) : loaded.open(path)
  if ('failure' in main) return { configuration: main, named: new Map() }
  const { statements } = main.tree
  const level = known ?? inferLevel(statements)
  const mayBeDeeper = prefix === undefined && (level !== 'main' || !statements.some(isMainBlock))
  const expander = new Expander(loaded, files, {
    folder: prefix ?? folderOf(path),
    isFragment: mayBeDeeper,
    mappings,
    sites,
    isCopy: !isOnServer(main.realPath),
  })
  const top = expander.expand(main, level)
  const { directives } = top
  const { unresolved, repeated, named } = expander
  const isFragment = level !== 'main' || !directives.some(({ statement }) => isMainBlock(statement))
  return {
    configuration: { main, files: loaded.opened, top, directives, level, isFragment, unresolved, repeated },
    named,
  }
}
