import { decodeForDisplay } from '../syntax/index.ts'
import { availableInstead, withSites } from './available.ts'
import type { Directive } from './directive.ts'
import type { ConfigurationFiles } from './files.ts'
import { escapeGlob } from './fnmatch.ts'
import { foldersUpFrom } from './folders-up.ts'
import { expandGlob } from './glob.ts'
import { withTemplates } from './image.ts'
import { joinPath, mapPath, type PathMapping } from './path.ts'

/** Where the files of includes are looked for. */
export interface IncludeBase {
  /** The folder that relative includes start at: that of the main file, whichever file has the `include`. */
  readonly folder: string
  /** Whether the main file is a fragment, whose true base may be a folder further up. */
  readonly isFragment: boolean
  readonly mappings: readonly PathMapping[]
  /** Files of folders such as sites-available that are taken for enabled. */
  readonly sites: readonly string[]
  /** Whether files that nginx's packages bring are missing here because this is a copy. */
  readonly isCopy: boolean
}

/** The path or pattern that an `include` names, as text. */
export function includePattern(include: Directive): string | undefined {
  const bytes = include.argument(0)
  return bytes === undefined ? undefined : decodeForDisplay(bytes)
}

/** What an `include` means. */
export interface Resolved {
  /** In the order in which nginx reads them; a plain path that may not exist is kept. */
  readonly paths: readonly string[]
  /** A folder that may hold more, and that this user may not look into. */
  readonly closed?: string
}

/** Undefined where a pattern matches too many. */
export function resolveInclude(
  pattern: string,
  isGlob: boolean,
  base: IncludeBase,
  files: ConfigurationFiles,
): Resolved | undefined {
  const resolveFrom = isGlob
    ? (folder: string) => expandFrom(folder, pattern, base, files)
    : (folder: string) => ({ paths: [mapPath(joinPath(folder, pattern), base.mappings)] })
  if (!base.isFragment || pattern.startsWith('/')) return resolveFrom(base.folder)

  // The folder nearest above a fragment in which its relative include leads somewhere.
  for (const folder of foldersUpFrom(base.folder, files)) {
    const resolved = resolveFrom(folder)
    if (!resolved || (isGlob ? isAnything(resolved) : resolved.paths.every((path) => isThere(path, files))))
      return resolved
  }
  return resolveFrom(base.folder)
}

function expandFrom(
  folder: string,
  pattern: string,
  base: IncludeBase,
  files: ConfigurationFiles,
): Resolved | undefined {
  const { mappings, sites } = base
  // Folders, given or mapped, are meant literally. (nginx would take a `[` in the name of its own folder for a bracket.)
  const original = joinPath(escapeGlob(folder), pattern)
  const escaped = mappings.map(({ from, to }) => ({ from: escapeGlob(from), to: escapeGlob(to) }))
  const whole = mapPath(original, escaped)
  const closed: string[] = []
  const found = expandGlob(whole, files, (one) => closed.push(one))
  if (!found) return undefined
  if (closed[0] !== undefined) return { paths: found, closed: closed[0] }
  const enabled = withSites(whole, availableInstead(whole, found, files), sites, files)
  return { paths: withTemplates({ original, pattern: whole }, enabled, base, files) }
}

function isAnything({ paths, closed }: Resolved): boolean {
  return paths.length > 0 || closed !== undefined
}

function isThere(path: string, files: ConfigurationFiles): boolean {
  const content = files.read(path)
  return 'text' in content || content.failure !== 'missing'
}
