/** A path as people know it: from the current folder where it lies under that, else in full. */
export function displayPath(path: string, cwd: string): string {
  const folder = cwd.endsWith('/') ? cwd : `${cwd}/`
  return path.startsWith(folder) && path.length > folder.length ? path.slice(folder.length) : path
}
