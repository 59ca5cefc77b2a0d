import { type ConfigurationFiles, compareBytes } from './files.ts'
import { hasMagic, nameMatcher, unescapeGlob } from './fnmatch.ts'

/** Paths looked at on the way to the matches of one pattern; links to folders above can make them endless. */
const PATH_LIMIT = 200_000

/** Whether nginx hands this include to glob(3): ngx_conf_include in src/core/ngx_conf_file.c looks for `*?[`. */
export function isGlob(pattern: string): boolean {
  return /[*?[]/.test(pattern)
}

/**
 * The existing paths that a pattern matches, as glob(3) gives them to nginx: in byte order of the whole paths.
 * Undefined where there are too many.
 * @param onClosed is told of folders that this user may not look into
 */
export function expandGlob(
  pattern: string,
  files: ConfigurationFiles,
  onClosed: (folder: string) => void = () => {},
): string[] | undefined {
  const segments = segmentsOf(pattern)
  const literal = literalPrefix(segments)
  let paths = [literal.map(({ slashes, name }) => slashes + unescapeGlob(name)).join('')]
  let seen = 0
  for (const { slashes, name, isLast } of segments.slice(literal.length)) {
    const find = nameFinder(name, files, isLast)
    const found: string[] = []
    for (const path of paths) {
      const folder = path + slashes
      const matches = find(folder)
      if (matches.length === 0 && files.isClosed?.(folder || '.')) onClosed(folder)
      for (const match of matches) found.push(folder + match)
      if (seen + found.length > PATH_LIMIT) return undefined
    }
    seen += found.length
    paths = found
  }
  return paths.sort(compareBytes)
}

/** The segments before the first that has to be looked up: a folder that is not there shows by having no names. */
function literalPrefix(segments: readonly Segment[]): readonly Segment[] {
  const firstMagic = segments.findIndex(({ name }) => hasMagic(name))
  return segments.slice(0, firstMagic === -1 ? -1 : firstMagic)
}

interface Segment {
  /** The slashes before it, which the paths keep as they are written. */
  readonly slashes: string
  /** Empty behind a slash at the end of the pattern. */
  readonly name: string
  readonly isLast: boolean
}

function segmentsOf(pattern: string): Segment[] {
  const found = [...pattern.matchAll(/(\/*)([^/]*)/g)].slice(0, -1)
  return found.map(([, slashes = '', name = ''], index) => ({ slashes, name, isLast: index === found.length - 1 }))
}

/** What a segment finds in each folder. */
function nameFinder(
  segment: string,
  files: ConfigurationFiles,
  isLast: boolean,
): (folder: string) => readonly string[] {
  const mayStay = (path: string) => isLast || files.isFolder(path)
  if (!hasMagic(segment)) {
    const name = unescapeGlob(segment)
    return (folder) => (exists(folder, name, files, isLast) ? [name] : [])
  }
  const isMatch = nameMatcher(segment)
  const dots = ['.', '..'].filter(isMatch)
  return (folder) => {
    const names = files.list(folder || '.').filter((name) => isMatch(name) && mayStay(folder + name))
    return dots.length > 0 && files.isFolder(folder || '.') ? [...dots, ...names] : names
  }
}

/** A link that leads nowhere exists too: nginx is given it, and fails to open it. */
function exists(folder: string, name: string, files: ConfigurationFiles, isLast: boolean): boolean {
  if (files.isFolder(folder + name)) return true
  return isLast && files.list(folder || '.').includes(name)
}
