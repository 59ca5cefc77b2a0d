import { type Context, findDirective } from './directive-table.ts'

export { type Context, contexts } from './directive-table.ts'

/**
 * The context between the braces of a block directive that stands in `outer`. Undefined when it can't stand there,
 * takes no block, or holds rows or foreign code instead of directives.
 */
export function contextInside(name: string, outer: Context): Context | undefined {
  const entry = findDirective(name)?.find((candidate) => candidate.block && candidate.contexts.includes(outer))
  return typeof entry?.opens === 'object' ? entry.opens[outer] : entry?.opens
}
