import type { Configuration } from '../config/index.ts'
import type { Context } from '../nginx/context.ts'

/**
 * Whether directives of a level may stand where nobody reads them: around a fragment, in an include that could not be read, in
 * lines that a template adds, or in a file whose tokens or blocks are wrong. Of a mime.types that is not at hand all know what
 * it holds.
 */
export function mayHaveUnread(level: Context, configuration: Configuration): boolean {
  const { isFragment, unresolved } = configuration
  if (isFragment || hasUnsureFiles(configuration)) return true
  return unresolved.some(
    ({ context, values }) =>
      (context === undefined || context === level) && !/(?:^|\/)mime\.types$/.test(values[0] ?? ''),
  )
}

/** Whether a file is a template, whose lines may be others, or has wrong tokens or blocks, so that what stands in them is a guess. */
export function hasUnsureFiles({ files }: Configuration): boolean {
  return files.some(({ template, tree }) => template !== undefined || tree.problems.length > 0)
}
