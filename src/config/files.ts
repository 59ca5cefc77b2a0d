/** Why a file could not be read, in the words of people. */
export type ReadFailure = 'missing' | 'unreadable' | 'not a file' | 'too large'

/** The files that a configuration may be made of: a disk, a dump of `nginx -T`, or a table in memory. */
export interface ConfigurationFiles {
  /** The file's text, one char per byte. */
  read(path: string): { readonly text: string } | { readonly failure: ReadFailure }
  /** Names in a folder, in byte order; empty where there is no such folder. */
  list(folder: string): readonly string[]
  isFolder(path: string): boolean
  /** The path without symbolic links and dots, by which one file is known under several names. */
  realPath(path: string): string
}

/** Files held in memory, by absolute path. */
export function memoryFiles(texts: Readonly<Record<string, string>>): ConfigurationFiles {
  const paths = Object.keys(texts)
  const childrenOf = (folder: string) => {
    const prefix = folder.endsWith('/') ? folder : `${folder}/`
    return paths
      .filter((path) => path.startsWith(prefix))
      .map((path) => path.slice(prefix.length).split('/')[0] as string)
  }
  return {
    read: (path) => {
      const text = texts[path]
      return text === undefined ? { failure: childrenOf(path).length > 0 ? 'not a file' : 'missing' } : { text }
    },
    list: (folder) => [...new Set(childrenOf(folder))].sort(compareBytes),
    isFolder: (path) => texts[path] === undefined && childrenOf(path).length > 0,
    realPath: (path) => path,
  }
}

/** The order in which nginx reads the matches of an include: that of the bytes of their names. */
export function compareBytes(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
