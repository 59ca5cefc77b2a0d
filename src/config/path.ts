/** Paths as nginx on Unix knows them, without `node:path`, so that the core runs in a browser too. */

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash === -1 ? '.' : slash === 0 ? '/' : path.slice(0, slash)
}

export function joinPath(folder: string, path: string): string {
  return path.startsWith('/') ? path : folder.endsWith('/') ? folder + path : `${folder}/${path}`
}

/** The folder and each folder above it, innermost first. */
export function* foldersUpFrom(folder: string): Generator<string> {
  let at = folder
  for (;;) {
    yield at
    const up = folderOf(at)
    if (up === at || at === '.') return
    at = up
  }
}

/** A path with one leading folder put in the place of another: `/etc/nginx=./conf` and the like. */
export interface PathMapping {
  readonly from: string
  readonly to: string
}

export function mapPath(path: string, mappings: readonly PathMapping[]): string {
  for (const { from, to } of mappings) {
    const folder = from.endsWith('/') ? from.slice(0, -1) : from
    if (path === folder || path.startsWith(`${folder}/`)) return to.replace(/\/$/, '') + path.slice(folder.length)
  }
  return path
}
