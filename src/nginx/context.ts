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

/** The block of `main` that a context is within; `http` holds all that is not named after another. */
export type ContextFamily = 'main' | 'events' | 'http' | 'stream' | 'mail' | 'rtmp' | 'mgmt'

const OTHER_FAMILIES = ['main', 'events', 'stream', 'mail', 'rtmp', 'mgmt'] as const

export function familyOf(context: Context): ContextFamily {
  const [word] = context.split(' ')
  return OTHER_FAMILIES.find((family) => family === word) ?? 'http'
}
