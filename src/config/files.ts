/** Why a file could not be read, in the words of people. */
export type ReadFailure = 'missing' | 'unreadable' | 'not a file' | 'too large'

/**
 * The files that a configuration may be made of: a disk, a dump of `nginx -T`, or a table in memory.
 * Paths are ordinary text, as Node takes and gives them; only the texts of files are one char per byte.
 */
export interface ConfigurationFiles {
  /** The file's text, one char per byte. */
  read(path: string): { readonly text: string } | { readonly failure: ReadFailure }
  /** Names in a folder, in byte order; empty where there is no such folder. */
  list(folder: string): readonly string[]
  isFolder(path: string): boolean
  /** Whether there may be names in a folder that this user is not told. */
  isClosed?(folder: string): boolean
  /** The path without symbolic links and dots, by which one file is known under several names. */
  realPath(path: string): string
  /** Directives that the files of one configuration may have, where memory takes fewer than `DIRECTIVE_LIMIT`. */
  directiveLimit?(): number
}

/** Bytes that all files of one configuration may have: some 90,000 virtual hosts. */
export const SIZE_LIMIT = 256 * 1024 * 1024

/**
 * Directives that they may have, each with its place in the model; what is included twice counts twice. 4 GB of memory
 * take them, which is what Node takes by itself where there is enough.
 */
export const DIRECTIVE_LIMIT = 5_000_000

/** So many fit into any memory that Node starts in, and so do the directives of so many bytes. */
export const ALWAYS_FIT = 50_000

/** The order in which nginx reads the matches of an include: that of the bytes of their names, which are UTF-8. */
export function compareBytes(one: string, other: string): number {
  const length = Math.min(one.length, other.length)
  for (let at = 0; at < length; at++) {
    const difference = rank(one.charCodeAt(at)) - rank(other.charCodeAt(at))
    if (difference !== 0) return difference
  }
  return one.length - other.length
}

/** UTF-16 sorts as UTF-8 does, but for surrogates: they stand for code points above U+FFFF. */
function rank(codeUnit: number): number {
  return codeUnit >= 0xd800 && codeUnit < 0xe000 ? codeUnit + 0x10000 : codeUnit
}
