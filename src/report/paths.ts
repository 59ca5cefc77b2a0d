import type { ConfigurationFile } from '../config/index.ts'
import { isWithin } from '../config/path.ts'

/** A path as people know it: from the current folder where it lies under that, else in full. */
export function displayPath(path: string, cwd: string): string {
  const folder = cwd.endsWith('/') ? cwd : `${cwd}/`
  return path.startsWith(folder) && path.length > folder.length ? path.slice(folder.length) : path
}

/**
 * A path as git and its hosts have it: they follow no links, and of a site in `sites-enabled` they know only the link.
 * @param root the folder of the project
 */
export function projectPath({ path, realPath }: ConfigurationFile, root: string): string {
  return displayPath(isWithin(realPath, root) ? realPath : path, root)
}
