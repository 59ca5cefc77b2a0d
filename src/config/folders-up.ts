import type { ConfigurationFiles } from './files.ts'
import { folderOf } from './path.ts'

/** The folder and each folder above it, innermost first, those above the current folder too. */
export function* foldersUpFrom(folder: string, files: ConfigurationFiles): Generator<string> {
  for (let at = folder; ; ) {
    yield at
    const up = at === '.' ? folderOf(files.realPath(at)) : folderOf(at)
    if (up === at) return
    at = up
  }
}
