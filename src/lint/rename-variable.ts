import { type Edit, layout, type Word } from '../syntax/index.ts'

/** Give a variable its other name wherever it stands in a word, and change nothing else. */
export function renameVariable({ raw, start }: Word, name: string, other: string): Edit[] {
  return [...raw.matchAll(new RegExp(`\\$\\{?(?=${name}(?!\\w))`, 'g'))].map((found) => {
    const at = start + found.index + found[0].length
    return layout.replace({ start: at, end: at + name.length }, other)
  })
}
