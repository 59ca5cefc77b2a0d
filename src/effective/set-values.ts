import { type Directive, inventoryOf, keyOfLines } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { familyOf } from '../nginx/context.ts'
import { takesVariablesByName } from '../nginx/variable-use.ts'
import { isMetBy, MAY_END_REWRITING, REWRITING, type Requests } from './early-answer.ts'
import { otherCase } from './handshake-condition.ts'
import { type Model, variablesSetIn } from './model.ts'
import { evaluateSample, type SetValues } from './row-values.ts'
import type { Scope } from './scope.ts'
import { variablesIn } from './template.ts'
import type { Values } from './variables.ts'

/**
 * What `set` makes of the variables in some values where the backend of a location is asked; undefined where it has no say in them.
 * In an `if` there is more to know: that it was entered.
 */
export function setValuesAt(scope: Scope, rows: readonly Directive[], model: Model): SetValues | undefined {
  const setters = settersOf(model)
  if (setters.size === 0 || scope.kind !== 'location' || !scope.server) return undefined
  const names = namesRead(rows, model)
  if (names.length === 0) return undefined
  const handshake = valuesIn(scope, 'handshake', model)
  const ordinary = valuesIn(scope, 'ordinary', model)
  const key = names.map((name) => `${name}=${handshake.get(name)}\n${ordinary.get(name)}`).join('\n')
  return { handshake, ordinary, key, lineOf: (name) => handshake.lineOf(name) }
}

/** The variables of `set` that rows read. Thousands of locations may have the same rows in force. */
function namesRead(rows: readonly Directive[], model: Model): readonly string[] {
  const known = namesKnown(model)
  const key = keyOfLines(rows)
  let names = known.get(key)
  if (!names) {
    const read = rows.flatMap((row) => variablesIn(row.argument(1) ?? '')).map((name) => name.toLowerCase())
    names = [...new Set(read)].filter((name) => settersOf(model).has(name))
    known.set(key, names)
  }
  return names
}

const namesKnown = memoize((_model: Model) => new Map<string, readonly string[]>())

/** Where the `set` directives of a variable stand: the locations of each server; undefined for the server's own level. */
type Setters = ReadonlyMap<Directive | undefined, ReadonlySet<Directive | undefined>>

/** Of the variables that nothing but `set` gives a value, in lower case. */
const settersOf = memoize(({ configuration, maps }: Model): ReadonlyMap<string, Setters> => {
  const found = new Map<string, Map<Directive | undefined, Set<Directive | undefined>>>()
  const { groups } = inventoryOf(configuration)
  const sets = groups.filter(({ name, place }) => name === 'set' && familyOf(place) === 'http')
  if (sets.length === 0 || groups.some(isCode)) return found
  for (const directive of sets.flatMap(({ directives }) => directives)) {
    const name = (directive.argument(0) ?? '').slice(1).toLowerCase()
    const servers = found.get(name) ?? new Map<Directive | undefined, Set<Directive | undefined>>()
    found.set(name, servers)
    const { server, location } = blocksAround(directive)
    const locations = servers.get(server) ?? new Set()
    servers.set(server, locations.add(location))
  }
  for (const name of [...maps.keys(), ...variablesSetIn(configuration, 'set')]) found.delete(name.toLowerCase())
  return found
})

/** Whether a group of directives brings code that may set any variable. */
function isCode(group: { readonly name: string; alike(): readonly Directive[] }): boolean {
  return group.alike().some((directive) => takesVariablesByName(group.name, () => directive.argument(0)))
}

function blocksAround(directive: Directive): { server: Directive | undefined; location: Directive | undefined } {
  let location: Directive | undefined
  for (let block = directive.parent; block; block = block.parent) {
    if (block.name === 'location') location ??= block
    if (block.name === 'server') return { server: block, location }
  }
  return { server: undefined, location }
}

/** What the variables are at one time, and the lines that made them so. */
interface Known extends Values {
  lineOf(name: string): Directive | undefined
}

/** What a level's rewriting makes of the variables. */
class LevelValues implements Known {
  /** Whether some requests may have left before what comes. */
  isOpen = false
  readonly #own = new Map<string, { readonly value: string | undefined; readonly directive: Directive }>()

  /** @param before what they are when it begins */
  constructor(readonly before: Known) {}

  has(name: string): boolean {
    return this.before.has(name)
  }

  get(name: string): string | undefined {
    const own = this.#own.get(name)
    return own ? own.value : this.before.get(name)
  }

  lineOf(name: string): Directive | undefined {
    return this.#own.get(name)?.directive ?? this.before.lineOf(name)
  }

  set(directive: Directive, value: string | undefined): void {
    const name = (directive.argument(0) ?? '').slice(1).toLowerCase()
    this.#own.set(name, { value: this.isOpen ? undefined : value, directive })
  }
}

function valuesIn(scope: Scope, requests: Requests, model: Model): LevelValues {
  const setters = settersOf(model)
  const server = scope.server as Scope
  const before = valuesOfServer(server, requests, model)
  // A location that sets it may lead requests on to this one.
  const isOfServer = (name: string) => {
    const locations = setters.get(name)?.get(server.directive)
    const own = [undefined, scope.directive].filter((block) => locations?.has(block))
    return (locations?.size ?? 0) === own.length
  }
  const level = new LevelValues({
    has: (name) => setters.has(name),
    get: (name) => (isOfServer(name) && scope.unresolved.length === 0 ? before.get(name) : undefined),
    lineOf: (name) => before.lineOf(name),
  })
  rewrite(scope, level, requests, model)
  return level
}

function valuesOfServer(server: Scope, requests: Requests, model: Model): LevelValues {
  const known = serversKnown(model)[requests]
  const found = known.get(server)
  if (found) return found
  // What nothing has set is empty (ngx_http_rewrite_var).
  const isWhole = !server.isAssumed && server.unresolved.length === 0
  const level = new LevelValues({
    has: (name) => settersOf(model).has(name),
    get: () => (isWhole ? '' : undefined),
    lineOf: () => undefined,
  })
  known.set(server, level)
  rewrite(server, level, requests, model)
  return level
}

const serversKnown = memoize((_model: Model) => ({
  handshake: new Map<Scope, LevelValues>(),
  ordinary: new Map<Scope, LevelValues>(),
}))

const DECIDING: ReadonlySet<string> = new Set([...REWRITING, 'set'])

/** Runs the rewriting of a block; `end` where nothing of its level comes after. */
function rewrite(block: Pick<Scope, 'among'>, level: LevelValues, requests: Requests, model: Model): 'end' | undefined {
  const filled = (text: string) => evaluateSample(text, requests, model, level)
  for (const directive of block.among(DECIDING)) {
    if (directive.name === 'set') level.set(directive, filled(directive.argument(1) ?? ''))
    else if (directive.name === 'break' || directive.name === 'return') return 'end'
    else if (directive.name === 'rewrite' || directive.unresolved) level.isOpen = true
    else if (directive.block && directive.name === 'if') {
      // websocket/handshake-condition tells of an `if` that was meant to be met.
      const isMet = otherCase(directive) ? undefined : isMetBy(requests, directive, model, filled)
      if (isMet && rewrite(directive.block, level, requests, model)) return 'end'
      if (isMet !== undefined) continue
      for (const inner of directive.block.among(SETTING)) level.set(inner, undefined)
      level.isOpen ||= directive.block.among(MAY_END_REWRITING).some(({ name }) => name !== 'return')
    }
  }
  return undefined
}

const SETTING: ReadonlySet<string> = new Set(['set'])
