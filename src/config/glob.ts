import type { ConfigurationFiles } from './files.ts'

/** Matches of one include are not followed past this number. */
const MATCH_LIMIT = 100_000

/** Whether nginx hands this include to glob(3): src/core/ngx_conf_file.c, ngx_conf_include looks for `*?[`. */
export function isGlob(pattern: string): boolean {
  return /[*?[]/.test(pattern)
}

/** The existing paths that an absolute or relative pattern matches, in byte order, as glob(3) gives them. */
export function expandGlob(pattern: string, files: ConfigurationFiles): string[] {
  const segments = pattern.split('/')
  let paths = [segments[0] === '' ? '/' : '']
  for (const [index, segment] of segments.entries()) {
    if (segment === '') continue
    const isLast = index === segments.length - 1
    paths = paths.flatMap((folder) => matchesIn(folder, segment, files, isLast)).slice(0, MATCH_LIMIT)
  }
  return paths
}

function matchesIn(folder: string, segment: string, files: ConfigurationFiles, isLast: boolean): string[] {
  const prefix = folder === '' || folder.endsWith('/') ? folder : `${folder}/`
  if (!isGlob(segment)) return [prefix + segment]
  const matcher = segmentMatcher(segment)
  const names = files.list(folder === '' ? '.' : folder).filter((name) => matcher(name))
  const paths = names.map((name) => prefix + name)
  return isLast ? paths : paths.filter((path) => files.isFolder(path))
}

/** A test for one path segment: `*` and `?` don't match a leading dot, `[!a-z]` negates, a backslash takes literally. */
export function segmentMatcher(segment: string): (name: string) => boolean {
  const parts = parseSegment(segment)
  return (name) => (name.startsWith('.') ? segment.startsWith('.') : true) && matches(parts, name)
}

type Part = { readonly any: true } | { readonly one: (char: string) => boolean }

function parseSegment(segment: string): Part[] {
  const parts: Part[] = []
  for (let at = 0; at < segment.length; at++) {
    const char = segment[at] as string
    if (char === '*') parts.push({ any: true })
    else if (char === '?') parts.push({ one: () => true })
    else if (char === '[') {
      const end = segment.indexOf(']', at + (segment[at + 1] === '!' || segment[at + 1] === '^' ? 3 : 2))
      if (end === -1) parts.push({ one: (other) => other === '[' })
      else {
        parts.push({ one: bracket(segment.slice(at + 1, end)) })
        at = end
      }
    } else {
      const literal = char === '\\' && at + 1 < segment.length ? (segment[++at] as string) : char
      parts.push({ one: (other) => other === literal })
    }
  }
  return parts
}

function bracket(inside: string): (char: string) => boolean {
  const negated = inside[0] === '!' || inside[0] === '^'
  const ranges: [string, string][] = []
  for (let at = negated ? 1 : 0; at < inside.length; at++) {
    const low = inside[at] as string
    if (inside[at + 1] === '-' && at + 2 < inside.length) {
      ranges.push([low, inside[at + 2] as string])
      at += 2
    } else ranges.push([low, low])
  }
  return (char) => ranges.some(([low, high]) => low <= char && char <= high) !== negated
}

/** Greedy matching that remembers only the last `*`, so that it takes at most pattern × name steps. */
function matches(parts: readonly Part[], name: string): boolean {
  let part = 0
  let at = 0
  let star = -1
  let starAt = 0
  while (at < name.length) {
    const current = parts[part]
    if (current && 'any' in current) {
      star = part++
      starAt = at
    } else if (current?.one(name[at] as string)) {
      part++
      at++
    } else if (star !== -1) {
      part = star + 1
      at = ++starAt
    } else return false
  }
  while (part < parts.length && 'any' in (parts[part] as Part)) part++
  return part === parts.length
}
