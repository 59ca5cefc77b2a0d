import type { ConfigurationFiles } from './files.ts'
import { expandGlob } from './glob.ts'
import { folderOf } from './path.ts'

/** What editors and packages leave beside the sites. */
const BACKUP = /~$|\.(?:bak|orig|save|swp|dpkg-\w+|rpm\w+)$/

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
    return available === undefined ? found : (expandGlob(available, files) ?? []).filter((path) => !BACKUP.test(path))
  }
  if (!/-enabled\/[^/]*$/.test(found[0] ?? '')) return found
  return found.map((path) => {
    const available = toAvailable(path)
    return available !== undefined && isDeadLink(path, files) && 'text' in files.read(available) ? available : path
  })
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
