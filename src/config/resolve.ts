import type { ConfigurationFiles } from './files.ts'
import { expandGlob, isGlob } from './glob.ts'
import { folderOf, foldersUpFrom, joinPath, mapPath, type PathMapping } from './path.ts'

/** Where packages and builds of nginx keep their configuration. */
const CONFIGURATION_ROOTS = [
  '/etc/nginx',
  '/usr/local/nginx/conf',
  '/usr/local/etc/nginx',
  '/opt/homebrew/etc/nginx',
  '/usr/local/openresty/nginx/conf',
  '/opt/nginx/conf',
]

export interface IncludeBase {
  /** The folder that relative includes start at: that of the main file, whichever file has the `include`. */
  readonly folder: string
  /** Whether the main file is a fragment, whose true base may be a folder further up. */
  readonly isFragment: boolean
  readonly mappings: readonly PathMapping[]
}

/** The paths that an `include` means, in the order in which nginx reads them; a plain path that may not exist is kept. */
export function resolveInclude(pattern: string, base: IncludeBase, files: ConfigurationFiles): string[] {
  const folder = base.isFragment && !pattern.startsWith('/') ? fragmentBase(pattern, base.folder, files) : base.folder
  const path = mapPath(joinPath(folder, pattern), base.mappings)
  return isGlob(pattern) ? expandGlob(path, files) : [path]
}

/** The folder nearest above a fragment in which its relative include leads somewhere. */
function fragmentBase(pattern: string, folder: string, files: ConfigurationFiles): string {
  for (const candidate of foldersUpFrom(folder)) {
    const path = joinPath(candidate, pattern)
    if (isGlob(pattern) ? expandGlob(path, files).length > 0 : 'text' in files.read(path)) return candidate
  }
  return folder
}

/**
 * Where a copy of a configuration tree (in a repository, say) names files by the absolute path they have on the
 * server, and holds what they name itself, its own files are meant: `/etc/nginx` is mapped to the copy's folder.
 */
export function inferMappings(mainPath: string, includes: readonly string[], files: ConfigurationFiles): PathMapping[] {
  const to = folderOf(files.realPath(mainPath))
  return CONFIGURATION_ROOTS.filter((from) => files.realPath(from) !== to && holdsTree(from, to, includes, files)).map(
    (from) => ({ from, to }),
  )
}

function holdsTree(from: string, to: string, includes: readonly string[], files: ConfigurationFiles): boolean {
  const below = includes.filter((path) => path.startsWith(`${from}/`)).map((path) => path.slice(from.length + 1))
  return below.some((path) => {
    const [first, ...rest] = path.split('/')
    if (first === undefined || isGlob(first)) return false
    return rest.length > 0 ? files.isFolder(`${to}/${first}`) : 'text' in files.read(`${to}/${first}`)
  })
}
