import type { Configuration } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import type { Context } from '../nginx/context.ts'

/**
 * Whether directives of a level may stand where nobody reads them: around a fragment, in an include that could not be read, in
 * lines that a template adds, or in a file whose tokens or blocks leave doubts. Of a mime.types that is not at hand all know what
 * it holds.
 */
export function mayHaveUnread(level: Context, configuration: Configuration): boolean {
  return hasUnsureFiles(configuration) || isOpen(level, configuration)
}

/**
 * The same of directives that have a name among their words: where the blocks of a file are wrong, they may stand in it only if it
 * has that name somewhere, or an `include`.
 */
export function mayHaveUnreadWith(name: string, level: Context, configuration: Configuration): boolean {
  if (isOpen(level, configuration)) return true
  const words = wordsOfUnsure(configuration)
  return words === 'any' || partsOf(name).every((part) => words.has(part))
}

/** The words of files whose blocks leave doubts; any there may be where one is a template, or may include others. */
const wordsOfUnsure = memoize((configuration: Configuration): ReadonlySet<string> | 'any' => {
  const words = new Set<string>()
  for (const { template, tree, source } of configuration.files) {
    if (template !== undefined) return 'any'
    if (!tree.isSure) for (const part of partsOf(source.text)) words.add(part)
  }
  return words.has('include') ? 'any' : words
})

/** `zone=one:10m` has the name `one`. */
function partsOf(text: string): string[] {
  return text.split(/[\s;{}"'=:]+/)
}

function isOpen(level: Context, configuration: Configuration): boolean {
  if (configuration.isFragment) return true
  const levels = levelsOfUnread(configuration)
  return levels.has(undefined) || levels.has(level)
}

const levelsOfUnread = memoize(({ unresolved }: Configuration): ReadonlySet<Context | undefined> => {
  const unknown = unresolved.filter(({ values }) => !/(?:^|\/)mime\.types$/.test(values[0] ?? ''))
  return new Set(unknown.map(({ context }) => context))
})

/** Whether a file is a template, whose lines may be others, or has tokens or blocks that can be mended in more than one way, so that what stands in them is a guess. */
export const hasUnsureFiles = memoize(({ files }: Configuration): boolean =>
  files.some(({ template, tree }) => template !== undefined || !tree.isSure),
)
