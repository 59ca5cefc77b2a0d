import { type ConfigurationFiles, compareBytes, folderOf } from '../config/index.ts'

/**
 * Files with new texts laid over some of them, by real path: what would be there if the fixes were written. A text for
 * a file that is not there yet makes one.
 */
export function overlayFiles(files: ConfigurationFiles, texts: ReadonlyMap<string, string>): ConfigurationFiles {
  return {
    ...files,
    read: (path) => {
      const text = texts.size > 0 ? texts.get(files.realPath(path)) : undefined
      return text === undefined ? files.read(path) : { text }
    },
    list: (folder) => {
      const names = files.list(folder)
      if (texts.size === 0) return names
      const real = files.realPath(folder)
      const more = [...texts.keys()]
        .filter((path) => folderOf(path) === real)
        .map((path) => path.slice(real.length + 1))
      // No include means standard input, which goes by "<stdin>" where nobody named it.
      const fresh = more.filter((name) => !name.startsWith('<') && !names.includes(name))
      return fresh.length === 0 ? names : [...names, ...fresh].sort(compareBytes)
    },
  }
}
