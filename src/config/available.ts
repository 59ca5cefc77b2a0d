import { type ConfigurationFiles, compareBytes } from './files.ts'
import { nameMatcher, unescapeGlob } from './fnmatch.ts'
import { expandGlob } from './glob.ts'
import { folderOf, nameOf } from './path.ts'

/** Whether a file is one of those that editors and packages leave beside the sites. */
export function isBackup(path: string): boolean {
  return /~$|\.(?:bak|orig|save|swp|dpkg-\w+|rpm\w+)$/.test(path)
}

/**
 * Debian's layout in a repository: the links of sites-enabled are made on the server, so the folder is empty or not
 * there, or holds links that lead nowhere here. What could be linked stands beside it, in sites-available.
 */
export function availableInstead(
  pattern: string,
  found: readonly string[],
  files: ConfigurationFiles,
): readonly string[] {
  // The server's own tree means what it says.
  if (pattern.startsWith('/etc/nginx/')) return found
  if (found.length === 0) {
    const available = toAvailable(pattern)
    return available === undefined ? found : (expandGlob(available, files) ?? []).filter((path) => !isBackup(path))
  }
  if (!/-enabled\/[^/]*$/.test(found[0] ?? '')) return found
  return found.map((path) => {
    const available = toAvailable(path)
    return available !== undefined && isDeadLink(path, files) && 'text' in files.read(available) ? available : path
  })
}

/**
 * What an include finds once some sites are enabled too: somebody works on one that is not, and asks what it will do.
 * @param sites paths of files in a folder such as sites-available; a file of sites-enabled gives way to its namesake
 */
export function withSites(
  pattern: string,
  found: readonly string[],
  sites: readonly string[],
  files: ConfigurationFiles,
): readonly string[] {
  const available = availableFolder(unescapeGlob(folderOf(pattern)))
  if (available === undefined || sites.length === 0) return found
  const realFolder = files.realPath(available)
  const isMatch = nameMatcher(nameOf(pattern))
  const more = sites.filter((path) => isMatch(nameOf(path)) && files.realPath(folderOf(path)) === realFolder)
  const names = new Set(more.map(nameOf))
  const all = [...found.filter((path) => !names.has(nameOf(path))), ...more]
  return all.sort((one, other) => compareBytes(nameOf(one), nameOf(other)))
}

function toAvailable(path: string): string | undefined {
  const folder = folderOf(path)
  const available = availableFolder(folder)
  return available === undefined ? undefined : available + path.slice(folder.length)
}

/** `sites-available` for `sites-enabled`. */
export function availableFolder(folder: string): string | undefined {
  return folder.endsWith('-enabled') ? `${folder.slice(0, -'enabled'.length)}available` : undefined
}

/** A name that a folder holds, and nobody can read. */
function isDeadLink(path: string, files: ConfigurationFiles): boolean {
  const content = files.read(path)
  return 'failure' in content && content.failure === 'missing'
}
