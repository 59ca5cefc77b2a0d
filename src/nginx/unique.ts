import type { DirectiveEntry } from './directive-table.ts'

/** What must differ between two directives of one name in one block: the values of both are given without their names. */
export function uniqueKey({ unique }: DirectiveEntry, values: readonly string[]): string | undefined {
  switch (unique) {
    case undefined:
    case 'address:port': // which takes reading: `80`, `*:80` and `0.0.0.0:80` are the same
      return undefined
    case 'arg1':
      return values[0]
    case 'all args':
      return values.join(' ')
    default: {
      // A parameter: the name of `zone=one:10m` is `one`.
      const parameter = values.find((value) => value.startsWith(unique))
      return parameter?.slice(unique.length).split(':')[0]
    }
  }
}
