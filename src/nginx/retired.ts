import { changedIn } from './defaults.ts'
import type { Context, DirectiveEntry } from './directive-table.ts'
import { directiveEntries } from './directives.ts'
import { isAtLeast, type TargetVersion } from './version.ts'

/** That something should not be used any more, as the table tells it. */
export interface Retirement {
  /** The release that retired it, where nginx's own count says so. */
  readonly since: string | undefined
  /** `since 1.25.1; use the http2 directive` */
  readonly advice: string
  /** Whether nginx only warns, and does as if it were not there. */
  readonly isIgnored: boolean
}

/** Whether a directive is retired in the target version; where nobody named one, in any. */
export function retirement({ deprecated, obsolete }: DirectiveEntry, target: TargetVersion): Retirement | undefined {
  const advice = deprecated ?? obsolete
  return advice === undefined ? undefined : read(advice, target)
}

/** Whether the target version warns of a directive, and looks at its arguments no further than to count them. */
export function isIgnored(entry: DirectiveEntry, target: TargetVersion): boolean {
  return target !== 'unknown' && retirement(entry, target)?.isIgnored === true
}

/** What is retired of its arguments: this word. */
export function retiredArgument(
  { deprecatedArgs }: DirectiveEntry,
  value: string,
  target: TargetVersion,
): Retirement | undefined {
  const advice = deprecatedArgs && Object.hasOwn(deprecatedArgs, value) ? deprecatedArgs[value] : undefined
  return advice === undefined ? undefined : read(advice, target)
}

function read(advice: string, target: TargetVersion): Retirement | undefined {
  const since = /\b(?:since|in) (\d+\.\d+\.\d+)/.exec(advice)?.[1]
  if (since !== undefined && target !== 'unknown' && !isAtLeast(target, since)) return undefined
  return { since, advice, isIgnored: advice.includes('ignored') }
}

/**
 * The directive that takes the place of a retired one as it is: of the same context, with arguments of the same form.
 */
export function successor(entry: DirectiveEntry, context: Context): string | undefined {
  const name = /\buse (\w+)$/.exec(entry.deprecated ?? '')?.[1]
  if (name === undefined || entry.type === undefined) return undefined
  const isAlike = (other: DirectiveEntry) =>
    other.type === entry.type && other.contexts.includes(context) && other.args.max === entry.args.max
  return directiveEntries(name).some(isAlike) ? name : undefined
}

/** The first release that has a word as an argument of a directive, where that is newer than the directive itself. */
export function argumentSince(
  { sinceArgs, type, args }: DirectiveEntry,
  value: string,
  index: number,
): string | undefined {
  // The first argument is a name, an address, a path, …, unless all of them are words that nginx knows.
  if (!sinceArgs || (index === 0 && args.max !== 1 && type !== 'enum' && type !== 'set')) return undefined
  // Words of a list that nginx goes through are compared without case (ngx_conf_set_enum_slot).
  const given = type === 'enum' || type === 'set' ? value.toLowerCase() : value
  for (const [word, since] of Object.entries(sinceArgs)) {
    const isParameter = word.endsWith('=') || word.includes('=') ? given.startsWith(word) : given.startsWith(`${word}=`)
    if (given === word || isParameter) return since
  }
  return undefined
}

/** First arguments that are newer than the directive; of others the table tells. */
const NEWER_VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // It turns off what that release turned on.
  keepalive: { '0': changedIn.upstreamKeepalive },
}

/** The first release that takes a value as the first argument of a directive, where that is newer than the directive itself. */
export function firstValueSince(name: string, value: string, index: number): string | undefined {
  const values = index === 0 && Object.hasOwn(NEWER_VALUES, name) ? NEWER_VALUES[name] : undefined
  return values && Object.hasOwn(values, value) ? values[value] : undefined
}
