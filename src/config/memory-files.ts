import { type ConfigurationFiles, compareBytes } from './files.ts'
import { folderOf, normalizePath } from './path.ts'

/** Files held in memory, by absolute path. There are no links, so a path's dots can be taken out by looking at it. */
export function memoryFiles(texts: Readonly<Record<string, string>>): ConfigurationFiles {
  const textOf = new Map(Object.entries(texts).map(([path, text]) => [normalizePath(path), text]))
  const namesIn = new Map<string, Set<string>>()
  for (const path of textOf.keys()) addToFolders(path, namesIn)
  return {
    read: (path) => {
      const key = normalizePath(path)
      const text = textOf.get(key)
      return text === undefined ? { failure: namesIn.has(key) ? 'not a file' : 'missing' } : { text }
    },
    list: (folder) => [...(namesIn.get(normalizePath(folder)) ?? [])].sort(compareBytes),
    isFolder: (path) => namesIn.has(normalizePath(path)),
    realPath: normalizePath,
  }
}

/** Makes a path known in its folder, and that one in its own, up to the first that is known already. */
function addToFolders(path: string, namesIn: Map<string, Set<string>>): void {
  let at = path
  for (let folder = folderOf(at); folder !== at; folder = folderOf(at)) {
    const name = at.slice(at.lastIndexOf('/') + 1)
    const names = namesIn.get(folder)
    if (names) {
      names.add(name)
      return
    }
    namesIn.set(folder, new Set([name]))
    at = folder
  }
}
