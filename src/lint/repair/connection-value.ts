import { type Directive, inventoryOf } from '../../config/index.ts'
import { memoize } from '../../config/memoize.ts'
import {
  evaluateBoth,
  type Model,
  meansUpgrade,
  ordinaryConnection,
  type Scope,
  setsHeader,
  type VariableMap,
  variablesIn,
  type WebSocketLocation,
} from '../../effective/index.ts'
import { isMisspeltHeader } from '../../nginx/request-headers.ts'
import { layout, type Statement, writeWord } from '../../syntax/index.ts'
import { misspeltHeaderIn } from '../misspelt-header.ts'
import type { FileEdit, Safety } from '../problem.ts'

/** What to write after `proxy_set_header Connection`, and what else must be added for it. */
export interface ConnectionValue {
  readonly value: string
  readonly edits: readonly FileEdit[]
  readonly safety: Safety
}

/**
 * A value that opens handshakes and leaves the location's ordinary requests as they are: the row that was lost, the
 * variable of a map that does so, the literal where only handshakes come, else that of a map to be added.
 * @param isSocketsOnly whether that holds for all locations that the value will reach
 */
export function connectionValue(
  { handshake }: WebSocketLocation,
  isSocketsOnly: boolean,
  model: Model,
): ConnectionValue {
  const now = ordinaryConnection(handshake, model)
  const ordinary = now !== undefined && isWorthKeeping(now) ? now : 'close'
  const lost = handshake.connection.lost.find((row) => suits(row.argument(1) ?? '', isSocketsOnly, model))
  if (lost) return { value: lost.statement.words[2]?.raw ?? '', edits: [], safety: 'safe' }
  // By a slip of the hand ordinary requests had none: a map that is there was meant, whatever they have by it.
  const isSlip = handshake.connection.rows.some((row) => misspeltHeaderIn(row.argument(1) ?? ''))
  const map = findMap(model, isSocketsOnly || isSlip ? undefined : ordinary)
  if (map) return { value: `$${map.variable}`, edits: [], safety: 'safe' }
  if (isSocketsOnly) return { value: '"upgrade"', edits: [], safety: 'safe' }
  const variable = freeVariable(ordinary, model)
  const added = addMap(variable, ordinary, model)
  // Where nobody can say what stands around a fragment there is no place for a map; ordinary requests then change.
  return added
    ? { value: `$${variable}`, edits: [added], safety: 'safe' }
    : { value: '"upgrade"', edits: [], safety: 'unsafe' }
}

/** Whether a row that was lost may be repeated: a literal, which ordinary requests would get too, only among sockets. */
function suits(value: string, isSocketsOnly: boolean, model: Model): boolean {
  if (!yieldsUpgrade(value, model)) return false
  const { ordinary } = evaluateBoth(value, model)
  return isSocketsOnly || ordinary === undefined || !meansUpgrade(ordinary)
}

/** Nothing, or what has a meaning to a backend (RFC 9110, section 7.6.1): a misspelt `upgrade` has none. */
function isWorthKeeping(value: string): boolean {
  return value === '' || value.split(',').every((token) => OPTIONS.has(token.trim().toLowerCase()))
}

const OPTIONS: ReadonlySet<string> = new Set(['close', 'http2-settings', 'keep-alive', 'te', 'upgrade'])

/** Whether a value of `Connection` means upgrade for a handshake. */
export function yieldsUpgrade(value: string, model: Model): boolean {
  const { handshake } = evaluateBoth(value, model)
  return handshake !== undefined && meansUpgrade(handshake)
}

/** A map that means upgrade for handshakes, and yields `ordinary` (anything, if undefined) for other requests. */
export function findMap(model: Model, ordinary: string | undefined): VariableMap | undefined {
  const fitting = fittingMaps(model)
  return ordinary === undefined ? fitting.values().next().value : fitting.get(ordinary.toLowerCase())
}

/** The first map that yields each value for ordinary requests, of those that mean upgrade for handshakes alone. */
const fittingMaps = memoize((model: Model): ReadonlyMap<string, VariableMap> => {
  const fitting = new Map<string, VariableMap>()
  for (const map of model.maps.values()) {
    const both = evaluateBoth(`$${map.variable}`, model)
    if (both.handshake === undefined || !meansUpgrade(both.handshake) || both.ordinary === undefined) continue
    if (meansUpgrade(both.ordinary)) continue
    const ordinary = both.ordinary.toLowerCase()
    if (!fitting.has(ordinary)) fitting.set(ordinary, map)
  }
  return fitting
})

/** A variable that the configuration does not define, named as in nginx's own documentation where that name is free. */
export function freeVariable(ordinary: string, model: Model): string {
  const telling = ordinary === '' ? 'keepalive' : `or_${ordinary.toLowerCase().replace(/\W+/g, '_')}`
  const names = ['connection_upgrade', `connection_upgrade_${telling}`]
  const free = names.find((name) => !model.definedVariables.has(name))
  if (free) return free
  for (let number = 2; ; number++)
    if (!model.definedVariables.has(`connection_upgrade_${number}`)) return `connection_upgrade_${number}`
}

/** The edit that adds `map $http_upgrade $variable`; undefined where no `http` level is at hand. */
export function addMap(variable: string, ordinary: string, model: Model): FileEdit | undefined {
  const known = mapsAdded(model)
  const key = `${variable} ${ordinary}`
  if (!known.has(key)) known.set(key, makeMap(variable, ordinary, model))
  return known.get(key)
}

/** All locations that need a map are given the same edit. */
const mapsAdded = memoize((_model: Model) => new Map<string, FileEdit | undefined>())

function makeMap(variable: string, ordinary: string, model: Model): FileEdit | undefined {
  const root = model.roots[0]
  if (!root) return undefined
  const { main, level } = model.configuration
  if (root.directive && !main.isStock) {
    const block = root.directive
    const anchor = mapAnchor(model)
    const text = mapText(variable, ordinary, block.statement)
    if (!anchor) return { file: block.file, edit: layout.appendTo(block.statement, [text]) }
    const edit =
      anchor.name === 'map'
        ? layout.insertAfter(anchor.statement, ['', text])
        : layout.insertBefore(anchor.statement, [text, ''])
    return { file: anchor.file, edit }
  }
  // On top of a file that stands at the level of http: what the image of nginx brings is not the project's to change.
  const { file, statement } = main.isStock
    ? (root.content.find((directive) => directive.file !== main) ?? {})
    : { file: main, statement: level === 'http' ? main.tree.statements[0] : undefined }
  if (!file || !statement) return undefined
  return { file, edit: layout.insertBefore(statement, [mapText(variable, ordinary, statement), '']) }
}

/** The map after which, or the first server or its include before which, a new map finds its place. */
const mapAnchor = memoize((model: Model) => {
  const root = model.roots[0] as Scope
  const direct = root.content.filter((directive) => directive.include === root.directive?.include)
  return direct.findLast(({ name }) => name === 'map') ?? direct.find((directive) => bringsServers(directive, root))
})

function bringsServers(directive: Directive, root: Scope): boolean {
  if (directive.name === 'server' || directive.name === 'upstream') return true
  return directive.name === 'include' && root.own('server').some((server) => isFrom(server, directive))
}

function isFrom(directive: Directive, include: Directive): boolean {
  for (let at = directive.include; at; at = at.include) if (at === include) return true
  return false
}

function mapText(variable: string, ordinary: string, near: Statement): string {
  const unit = layout.indentationUnit(near.tree)
  const value = ordinary === '' ? "''" : writeWord(ordinary)
  return `map $http_upgrade $${variable} {\n${unit}default upgrade;\n${unit}''      ${value};\n}`
}

/** Whether a variable is read nowhere but in `Connection` rows, so that changing its map changes nothing else. */
export function servesConnectionOnly(model: Model, variable: string): boolean {
  return !readElsewhere(model).has(variable.toLowerCase())
}

/** The variables that anything else mentions than `Connection` rows, and the maps that define them; in lower case. */
const readElsewhere = memoize(({ configuration }: Model): ReadonlySet<string> => {
  const names = new Set<string>()
  const { groups, rows } = inventoryOf(configuration)
  for (const directive of [...groups.flatMap((group) => [...group.alike()]), ...rows]) {
    const { name, values } = directive.statement
    if (name === 'proxy_set_header' && isForConnection(directive)) continue
    for (const [index, value] of values.entries())
      if (name !== 'map' || index !== MAP_VARIABLE) for (const read of variablesIn(value)) names.add(read.toLowerCase())
  }
  return names
})

function isForConnection(row: Directive): boolean {
  return setsHeader(row, 'Connection') || isMisspeltHeader(row.argument(0) ?? '', 'Connection')
}

/** The word of a `map` that names what it defines. */
const MAP_VARIABLE = 2
