import { type Configuration, type Directive, inventoryOf } from '../config/index.ts'
import { type ContextFamily, familyOf } from '../nginx/context.ts'
import { hasSharedThings, type SharedThing, sharedThings } from '../nginx/shared-things.ts'
import { decodeForDisplay } from '../syntax/index.ts'
import { isOfferedOnly } from './offered-site.ts'
import { isPlaceholder } from './placeholder.ts'

/** Two directives that want one zone or folder in ways that do not go together. */
export interface SharedTwice {
  readonly directive: Directive
  /** The argument that names it. */
  readonly index: number
  readonly first: Directive
  /** @param place of the first one */
  say(place: string): string
}

interface Holder {
  readonly directive: Directive
  readonly thing: SharedThing
}

/** Of those that are written alike the first one: what it wants, they want too. */
export function* sharedTwice(configuration: Configuration): Generator<SharedTwice> {
  const holders = new Map<string, Holder>()
  for (const { group, family } of groupsWithThings(configuration))
    for (const directive of group.alike())
      for (const thing of sharedThings(group.name, family, directive.values)) {
        const key = `${thing.kind} ${thing.name}`
        const first = holders.get(key)
        if (!first) holders.set(key, { directive, thing })
        const say = first && conflict(first, { directive, thing })
        if (say && !mayBeOther(directive, first.directive))
          yield { directive, index: thing.index, first: first.directive, say }
      }
}

/** Whether one of two may say something else in the end, or stand there without the other. */
function mayBeOther(one: Directive, other: Directive): boolean {
  const isUnsure = ({ wording }: Directive) => isPlaceholder(wording.text)
  return (isOfferedOnly(one) && isOfferedOnly(other)) || isUnsure(one) || isUnsure(other)
}

/** Families one after the other: blocks of an inner level come behind those of all outer ones. */
function groupsWithThings(configuration: Configuration) {
  const groups = inventoryOf(configuration).groups.filter(({ name }) => hasSharedThings(name))
  return groups
    .map((group) => ({ group, family: familyOf(group.place) }))
    .sort((one, other) => FAMILIES.indexOf(one.family) - FAMILIES.indexOf(other.family))
}

const FAMILIES: readonly ContextFamily[] = ['http', 'stream', 'mail']

function conflict(first: Holder, other: Holder): SharedTwice['say'] | undefined {
  const { kind, use, must, written } = first.thing
  const name = decodeForDisplay(other.thing.name)
  const isSameUse = use === other.thing.use
  if (kind === 'zone' && !isSameUse)
    return (place) => `"${name}" is a zone of "${first.directive.name}" in ${place} already; give this one another name`
  if (kind === 'folder' && (!isSameUse || must === undefined))
    return hasSameZone(first.directive, other.directive)
      ? undefined
      : (place) =>
          `"${name}" is the folder of "${first.directive.name}" in ${place} already; a cache needs one of its own`
  if (first.thing.isDeclaredOnce || must === undefined || other.thing.must === undefined || must === other.thing.must)
    return undefined
  if (kind === 'folder')
    return (place) => `the folder "${name}" has ${levels(written)} in ${place}, and ${levels(other.thing.written)} here`
  return (place) =>
    `the zone "${name}" has ${decodeForDisplay(written)} in ${place}, and ${decodeForDisplay(other.thing.written)} here; give both one size`
}

/** The name of the zone tells that already. */
function hasSameZone(one: Directive, other: Directive): boolean {
  const zoneOf = ({ values }: Directive) => values.find((value) => value.startsWith('keys_zone='))?.split(':')[0]
  return one.name === other.name && zoneOf(one) !== undefined && zoneOf(one) === zoneOf(other)
}

function levels(written: string): string {
  return written === '' ? 'no levels' : `the levels ${written}`
}
