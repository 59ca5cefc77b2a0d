import { modulesJson, variablesJson } from './facts.generated.ts'
import { once } from './once.ts'

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
  const { exact, prefixes } = variableTable()
  // Names are compared without case: ngx_http_get_variable_index in src/http/ngx_http_variables.c.
  const wanted = name.toLowerCase()
  return exact.get(wanted) ?? prefixes.find(([prefix]) => wanted.startsWith(prefix))?.[1] ?? []
}

/**
 * Whether nginx, or a module, defines the variable by itself: `host`, `http_upgrade`, `1`. Those made by `map`, `set`
 * and their like are not. Nor is one that the configuration has to set first, such as `memcached_key`.
 */
export function isBuiltinVariable(name: string, family?: VariableFamily): boolean {
  return variableEntries(name).some((entry) => !entry.setByUser && (family === undefined || entry.family === family))
}

const variableTable = once(() => {
  const modules: string[] = JSON.parse(modulesJson)
  const rows: Record<string, (Omit<VariableEntry, 'module'> & { module: number })[]> = JSON.parse(variablesJson)
  const read = Object.entries(rows).map(([name, entries]): [string, VariableEntry[]] => [
    name,
    entries.map((entry) => ({ ...entry, module: modules[entry.module] ?? '' })),
  ])
  return {
    exact: new Map(read.filter(([name]) => !name.endsWith('*'))),
    // No prefix begins another, so their order does not matter.
    prefixes: read
      .filter(([name]) => name.endsWith('*'))
      .map(([name, entries]) => [name.slice(0, -1), entries] as const),
  }
})

/** All names that are known as a whole, for suggestions of what a misspelt one was meant to be. */
export function variableNames(family: VariableFamily): string[] {
  return [...variableTable().exact].flatMap(([name, entries]) =>
    entries.some((entry) => entry.family === family && !entry.setByUser) ? name : [],
  )
}
