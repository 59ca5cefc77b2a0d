import type { Header } from '../effective/index.ts'

/** Reads what `--header` was given: `Name: value`; undefined for what is none. */
export function readHeader(text: string): Header | undefined {
  const [, name, value] = /^([!#$%&'*+.^`|~\w-]+):[ \t]*([^\r\n\0]*?)[ \t]*$/.exec(text) ?? []
  return name === undefined || value === undefined ? undefined : [name, value]
}

/** The usual headers with the given ones in their places; one that is given as empty (`Origin:`) is not sent. */
export function withHeaders(usual: readonly Header[], given: readonly Header[]): Header[] {
  const names = new Set(given.map(([name]) => name.toLowerCase()))
  const kept = usual.flatMap(([name, value]): Header[] => {
    if (!names.has(name.toLowerCase())) return [[name, value]]
    return given.filter(([other]) => other.toLowerCase() === name.toLowerCase())
  })
  const placed = new Set(usual.map(([name]) => name.toLowerCase()))
  return [...kept, ...given.filter(([name]) => !placed.has(name.toLowerCase()))].filter(([, value]) => value !== '')
}
