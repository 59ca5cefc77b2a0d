import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff'

const CONTEXT_LINES = 3

/**
 * A patch that `patch -p1` and `git apply` take, one char per byte as the texts are; empty where they are the same.
 * @param name of the file, as people write it
 */
export function unifiedDiff(name: string, oldText: string, newText: string): string {
  if (oldText === newText) return ''
  const path = name.replace(/^\/+/, '')
  // A name with a space ends with a tab, or `patch` would cut it there; git does the same.
  const header = path.includes(' ') ? '' : undefined
  const patch = structuredPatch(`a/${path}`, `b/${path}`, oldText, newText, header, header, {
    context: CONTEXT_LINES,
    stripTrailingCr: false,
  })
  const text = formatPatch(patch, FILE_HEADERS_ONLY)
  if (!path.includes(' ')) return text
  return text.replace(/^(--- .*)\n(\+\+\+ .*)\n/, '$1\t\n$2\t\n')
}
