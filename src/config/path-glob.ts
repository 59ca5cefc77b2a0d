/**
 * A test for paths that are no names of files, as those of locations and includes: `*` is any part of a segment, `**`
 * any path. Globs of files are more, and a package's business.
 */
export function pathGlob(glob: string): RegExp {
  const parts = glob.split(/(\*\*|\*)/)
  const source = parts.map((part) =>
    part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replaceAll(/[^\w/]/g, '\\$&'),
  )
  return new RegExp(`^${source.join('')}$`, 's')
}
