import { groupBy } from '../config/group-by.ts'
import {
  annotatedStatements,
  type Configuration,
  type Directive,
  inventoryOf,
  walkDirectives,
} from '../config/index.ts'
import { familyOf } from '../nginx/context.ts'
import { definedArguments } from '../nginx/variable-use.ts'
import type { TargetVersion } from '../nginx/version.ts'
import type { Statement } from '../syntax/index.ts'
import { listedLocations, type WebSocketLists } from './listed-locations.ts'
import { readMap, type VariableMap } from './map.ts'
import { scopesThatPass } from './proxy-pass.ts'
import type { ClientRequest } from './request.ts'
import { buildScopes, type Scope } from './scope.ts'
import type { Environment, Values } from './variables.ts'

/** What a configuration means to nginx of some version: scopes, maps and upstreams, ready to be asked. */
export class Model {
  /** The `http` blocks. */
  readonly roots: readonly Scope[]
  /** A block that is nested too deep to be looked at. */
  readonly tooDeep: Directive | undefined
  /** These and all scopes within, each before those in it. */
  readonly scopes: readonly Scope[]
  /** By the lower-case name of their variable: ngx_http_add_variable. */
  readonly maps: ReadonlyMap<string, VariableMap>
  readonly upstreams: ReadonlyMap<string, Directive>
  /** Every scope with a `proxy_pass` of its own, in order. */
  readonly proxying: readonly Scope[]
  /** Variables that some directive or capture of the configuration gives a value, in lower case. */
  readonly definedVariables: ReadonlySet<string>
  /** Locations that a comment says to be WebSocket locations, those that the settings say to be, and those that are none. */
  readonly declared: ReadonlySet<Statement>
  readonly listed: ReadonlySet<Statement>
  readonly denied: ReadonlySet<Statement>

  #scopes: Map<Directive | undefined, Scope> | undefined
  #instances: Map<Statement, Directive[]> | undefined

  constructor(
    readonly configuration: Configuration,
    readonly target: TargetVersion = 'unknown',
    webSockets: WebSocketLists = {},
  ) {
    const { roots, tooDeep } = buildScopes(configuration)
    this.roots = roots
    this.tooDeep = tooDeep
    this.scopes = this.roots.flatMap((root) => [...root.inwards()])
    const maps = this.roots.flatMap((root) => root.own('map')).flatMap((directive) => readMap(directive) ?? [])
    this.maps = new Map(maps.map((map) => [map.variable.toLowerCase(), map]))
    const upstreams = this.roots.flatMap((root) => root.own('upstream'))
    this.upstreams = new Map(upstreams.map((directive) => [directive.argument(0) ?? '', directive]))
    this.proxying = scopesThatPass('proxy_pass', this.scopes, configuration)
    const set = [...variablesSetIn(configuration)].map((name) => name.toLowerCase())
    this.definedVariables = new Set([...this.maps.keys(), ...set])
    this.declared = collect(configuration, 'websocket')
    this.listed = listedLocations(configuration, webSockets.locations)
    // A comment stands nearer than the settings.
    const ignored = [...listedLocations(configuration, webSockets.ignore)].filter(
      (location) => !this.declared.has(location),
    )
    this.denied = new Set([...collect(configuration, 'not-websocket'), ...ignored])
  }

  /** Whether levels that nobody read, of a fragment or an include, may define what `http` holds: maps, upstreams. */
  get isOpen(): boolean {
    return this.roots.some((root) => root.isAssumed || root.unresolved.length > 0) || this.roots.length === 0
  }

  /** The scope of a block; undefined for a block that is none, as `map`. */
  scopeOf(block: Directive | undefined): Scope | undefined {
    if (!block) return this.#assumedScope()
    if (!this.#scopes) {
      this.#scopes = new Map()
      for (const scope of this.scopes) this.#scopes.set(scope.directive, scope)
    }
    return this.#scopes.get(block)
  }

  /** All places where the statement of this directive stands: several where its file is included more than once. */
  instancesOf(directive: Directive): readonly Directive[] {
    if (!this.configuration.repeated.has(directive.file)) return [directive]
    this.#instances ??= this.#findInstances()
    return this.#instances.get(directive.statement) ?? [directive]
  }

  /** The scope that the top of a fragment stands in. */
  #assumedScope(): Scope | undefined {
    return this.scopes.find((scope) => scope.isAssumed && scope.block === this.configuration.top)
  }

  #findInstances(): Map<Statement, Directive[]> {
    const { directives, repeated } = this.configuration
    const all = [...walkDirectives(directives)].filter(({ file }) => repeated.has(file))
    return groupBy(all, ({ statement }) => statement)
  }

  environment(request: ClientRequest, values: Values = new Map()): Environment {
    return { request, maps: this.maps, values }
  }
}

/**
 * Variables that a directive of `http`, or a capture in one, sets.
 * @param besides a directive that does not count
 */
export function* variablesSetIn(configuration: Configuration, besides?: string): Generator<string> {
  const { groups, rows } = inventoryOf(configuration)
  for (const group of groups) {
    if (group.name === besides || !makesVariables(group.name) || familyOf(group.place) !== 'http') continue
    for (const directive of group.alike()) if (mayMakeVariables(directive)) yield* variablesMadeBy(directive)
  }
  for (const row of rows) if (VARIABLE_MAKERS.has(row.name) && mayMakeVariables(row)) yield* variablesMadeBy(row)
}

/** Of nginx's own. Directives of others may define what they name. */
const VARIABLE_MAKERS: ReadonlySet<string> = new Set([
  'set',
  'geo',
  'split_clients',
  'auth_request_set',
  'perl_set',
  'location',
  'server_name',
  'rewrite',
  'if',
])

function makesVariables(name: string): boolean {
  return VARIABLE_MAKERS.has(name) || definedArguments(name) === 'any'
}

function mayMakeVariables({ wording }: Directive): boolean {
  return wording.holds('$') || wording.holds('?')
}

/** Arguments that name a variable, and named groups of regexes. */
function* variablesMadeBy(directive: Directive): Generator<string> {
  for (const value of directive.values) {
    if (/^\$\w+$/.test(value)) yield value.slice(1)
    if (!value.includes('(?')) continue
    for (const [, name] of value.matchAll(/\(\?P?<(\w+)>/g)) yield name as string
  }
}

function collect(configuration: Configuration, kind: string): Set<Statement> {
  const found = new Set<Statement>()
  for (const file of configuration.files) for (const statement of annotatedStatements(file, kind)) found.add(statement)
  return found
}
