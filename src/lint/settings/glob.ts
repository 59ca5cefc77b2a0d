import picomatch from 'picomatch/posix.js'
import { isWithin } from '../../config/index.ts'

/**
 * A test for the files that globs of a settings file mean: without a slash, names in any folder; else paths from the
 * folder of the settings file, or absolute ones. A folder means all that is in it.
 */
export function fileMatcher(globs: readonly string[], folder: string): (path: string) => boolean {
  const tests = globs.map((glob) => {
    const wanted = glob.replace(/^\.\//, '').replace(/\/$/, '/**')
    const isName = !wanted.includes('/')
    const isMatch = picomatch(wanted, { dot: true, nonegate: true, basename: isName })
    return (path: string) => isMatch(isName || wanted.startsWith('/') ? path : relativePath(path, folder))
  })
  return (path) => tests.some((test) => test(path))
}

/** `../x` never matches a glob: what lies outside is named by absolute globs. */
export function relativePath(path: string, folder: string): string {
  if (path === folder || !isWithin(path, folder)) return path
  return path.slice(folder === '/' ? 1 : folder.length + 1)
}
