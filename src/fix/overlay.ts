import type { ConfigurationFiles } from '../config/index.ts'

/** Files with new texts laid over some of them, by real path: what would be there if the fixes were written. */
export function overlayFiles(files: ConfigurationFiles, texts: ReadonlyMap<string, string>): ConfigurationFiles {
  return {
    read: (path) => {
      const text = texts.size > 0 ? texts.get(files.realPath(path)) : undefined
      return text === undefined ? files.read(path) : { text }
    },
    list: (folder) => files.list(folder),
    isFolder: (path) => files.isFolder(path),
    realPath: (path) => files.realPath(path),
  }
}
