import { availableFolder } from './available.ts'
import type { ConfigurationFile } from './configuration-file.ts'
import type { ConfigurationFiles } from './files.ts'
import { foldersUpFrom } from './folders-up.ts'
import { isGlob } from './glob.ts'
import { isRenderedHere } from './image.ts'
import { folderOf, isWithin, type PathMapping } from './path.ts'

/** Where packages and builds of nginx keep their configuration. */
const CONFIGURATION_ROOTS = [
  '/etc/nginx',
  '/usr/local/nginx/conf',
  '/usr/local/etc/nginx',
  '/opt/homebrew/etc/nginx',
  '/usr/local/openresty/nginx/conf',
  '/opt/nginx/conf',
]

/** Whether a file, by its real path, is a server's own, and no copy. */
export function isOnServer(realPath: string): boolean {
  return CONFIGURATION_ROOTS.some((root) => isWithin(realPath, root))
}

/**
 * Where a copy of a configuration tree (in a repository, say) names files by the absolute path they have on the
 * server, and holds what they name itself, its own files are meant: `/etc/nginx` is mapped to the copy's folder.
 * A fragment may lie deeper in the copy than its root does.
 * @param named the absolute paths and patterns in the includes of each file
 */
export function inferMappings(
  mainPath: string,
  isFragment: boolean,
  named: ReadonlyMap<ConfigurationFile, ReadonlySet<string>>,
  files: ConfigurationFiles,
): PathMapping[] {
  const folder = folderOf(mainPath)
  return CONFIGURATION_ROOTS.flatMap((from) => {
    const below = namedBelow(from, named, files)
    if (below.length === 0 || isWithin(files.realPath(mainPath), files.realPath(from))) return []
    const candidates = isFragment ? foldersUpFrom(folder, files) : [folder]
    for (const to of candidates) if (holdsTree(to, below, files)) return [{ from, to }]
    return []
  })
}

/** The paths below a folder that files name; the files of that folder itself mean themselves. */
function namedBelow(
  from: string,
  named: ReadonlyMap<ConfigurationFile, ReadonlySet<string>>,
  files: ConfigurationFiles,
): string[] {
  const below: string[] = []
  let realFrom: string | undefined
  for (const [file, patterns] of named) {
    for (const pattern of patterns) {
      if (!pattern.startsWith(`${from}/`)) continue
      realFrom ??= files.realPath(from)
      if (isWithin(file.realPath, realFrom)) break
      below.push(pattern.slice(from.length + 1))
    }
  }
  return below
}

/** Whether a folder has the file, or the first folder, of one of the paths. */
function holdsTree(folder: string, below: readonly string[], files: ConfigurationFiles): boolean {
  return below.some((path) => {
    const [first = '', ...rest] = path.split('/')
    if (first === '' || first === '..' || isGlob(first)) return false
    if (rest.length === 0) return 'text' in files.read(`${folder}/${first}`)
    const available = availableFolder(first)
    if (first === 'conf.d' && isRenderedHere(folder, files)) return true
    return files.isFolder(`${folder}/${first}`) || (available !== undefined && files.isFolder(`${folder}/${available}`))
  })
}
