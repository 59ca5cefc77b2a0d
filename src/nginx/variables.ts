import { furtherVariablesJson, variablesJson } from './facts.generated.ts'
import { moduleNames } from './modules.ts'
import { once } from './once.ts'
import { StoredRows } from './stored-rows.ts'
import { isAtLeast } from './version.ts'

/** The blocks that have variables: those of `http` are not those of `stream`. */
export type VariableFamily = 'http' | 'stream'

/** One variable of one module. */
export interface VariableEntry {
  readonly module: string
  readonly family: VariableFamily
  readonly since?: string
  /** `set` and its like may name it. */
  readonly changeable?: boolean
  /** nginx reads it, and the configuration has to set it. */
  readonly setByUser?: boolean
  readonly commercial?: boolean
  readonly thirdParty?: boolean
}

/** What is known of a variable, its name given without the `$`. A name such as `http_origin` is found by its prefix. */
export function variableEntries(name: string): readonly VariableEntry[] {
  // Names are compared without case: ngx_http_get_variable_index in src/http/ngx_http_variables.c.
  const wanted = name.toLowerCase()
  const seen = entriesMade.get(wanted)
  if (seen) return seen
  const { common, further } = variableTable()
  const entries = (rowOf(wanted, common) ?? rowOf(wanted, further))?.map(readEntry) ?? []
  entriesMade.set(wanted, entries)
  return entries
}

const entriesMade = new Map<string, readonly VariableEntry[]>()

/**
 * Whether nginx, or a module, defines the variable by itself: `host`, `http_upgrade`, `1`. Those made by `map`, `set`
 * and their like are not. Nor is one that the configuration has to set first, such as `memcached_key`.
 */
export function isBuiltinVariable(name: string, family?: VariableFamily): boolean {
  return variableEntries(name).some((entry) => !entry.setByUser && (family === undefined || entry.family === family))
}

/** Debian's in bullseye, the oldest that is looked at. */
const OLDEST = { major: 1, minor: 18, patch: 0 }

/**
 * Whether every nginx has the variable in its core, and lets nothing else set it: "the duplicate variable" of
 * ngx_http_add_variable. Names that are found by their prefix alone may be taken.
 */
export function isFixedVariable(name: string, family: VariableFamily): boolean {
  const row = variableTable().common.rows.get(name.toLowerCase()) ?? []
  return row.map(readEntry).some((entry) => {
    const isOfCore = entry.module === `ngx_${family}_core_module` && entry.family === family
    return isOfCore && !entry.changeable && !entry.setByUser && isAtLeast(OLDEST, entry.since ?? '0.1.0')
  })
}

interface StoredVariable extends Omit<VariableEntry, 'module'> {
  readonly module: number
}

/** Variables by their names, and the names that only begin one: no prefix begins another, so their order does not matter. */
interface VariableRows {
  readonly rows: StoredRows<StoredVariable[]>
  readonly prefixes: readonly string[]
}

const variableTable = once(() => ({
  common: variableRows(variablesJson),
  further: variableRows(furtherVariablesJson),
}))

function variableRows(json: string): VariableRows {
  const rows = new StoredRows<StoredVariable[]>(json)
  return { rows, prefixes: rows.names.filter(isPrefix) }
}

function rowOf(name: string, { rows, prefixes }: VariableRows): StoredVariable[] | undefined {
  return rows.get(name) ?? rows.get(prefixes.find((prefix) => name.startsWith(prefix.slice(0, -1))) ?? '')
}

function readEntry(entry: StoredVariable): VariableEntry {
  return { ...entry, module: moduleNames()[entry.module] ?? '' }
}

function isPrefix(key: string): boolean {
  return key.endsWith('*')
}

/** The names that most know, and as a whole, for suggestions of what a misspelt one was meant to be. */
export function variableNames(family: VariableFamily): string[] {
  return variableTable().common.rows.names.filter(
    (name) => !isPrefix(name) && variableEntries(name).some((entry) => entry.family === family && !entry.setByUser),
  )
}
