/** Paths as nginx on Unix knows them, without `node:path`, so that the core runs in a browser too. */

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash === -1 ? '.' : slash === 0 ? '/' : path.slice(0, slash)
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

export function joinPath(folder: string, path: string): string {
  return path.startsWith('/') ? path : folder.endsWith('/') ? folder + path : `${folder}/${path}`
}

/** The path without `.`, `..` and doubled slashes; what these mean behind a symbolic link only a disk can tell. */
export function normalizePath(path: string): string {
  if (!/\/\/|\/$|(?:^|\/)\.\.?(?:\/|$)/.test(path)) return path
  const root = path.startsWith('/') ? '/' : ''
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment !== '..') segments.push(segment)
    else if (segments.length > 0 && segments.at(-1) !== '..') segments.pop()
    else if (root === '') segments.push('..')
  }
  return root + segments.join('/') || '.'
}

/** Whether a path is a folder or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
}

/** A path with one leading folder put in the place of another: `/etc/nginx=./conf` and the like. */
export interface PathMapping {
  readonly from: string
  readonly to: string
}

/** The path that the first fitting mapping makes of this one; itself where none fits. */
export function mapPath(path: string, mappings: readonly PathMapping[]): string {
  for (const { from, to } of mappings) {
    const folder = from.endsWith('/') ? from.slice(0, -1) : from
    if (!isWithin(path, folder)) continue
    return to.replace(/\/$/, '') + path.slice(folder.length) || '/'
  }
  return path
}
