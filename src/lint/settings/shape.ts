import { didYouMean } from '../suggest.ts'
import type { Entry, Fault, Table, Value } from './value.ts'

/** What a part of the settings must look like. It reads the values, words the errors, and gives the JSON Schema. */
export interface Shape<Read> {
  /** What is expected, for messages: `a list of strings`. */
  readonly words: string
  readonly schema: JsonSchema
  read(value: Value, report: (fault: Fault) => void): Read | undefined
}

export type JsonSchema = Readonly<Record<string, unknown>>

type Report = (fault: Fault) => void

function refuse({ start, end }: Value, message: string, report: Report): undefined {
  report({ start, end, message })
}

/** How a value that is not wanted is shown: shortened, since somebody may have pasted a whole file. */
function shown(value: Value): string {
  if (value.kind === 'scalar') return JSON.stringify(value.value).slice(0, 60)
  return value.kind === 'list' ? 'a list' : 'a table of keys and values'
}

export interface TextOptions {
  readonly words?: string
  readonly pattern?: RegExp
}

/** A text, of which `pattern` says more. An empty one never means anything. */
export function text({ words = 'a text', pattern = /./s }: TextOptions = {}): Shape<string> {
  return {
    words,
    schema: { type: 'string', ...(pattern.source === '.' ? { minLength: 1 } : { pattern: pattern.source }) },
    read(value, report) {
      if (value.kind !== 'scalar') return refuse(value, `must be ${words}, not ${shown(value)}`, report)
      if (typeof value.value === 'string' && pattern.test(value.value)) return value.value
      const hint = typeof value.value === 'number' ? ': put it in quotes' : ''
      return refuse(value, `must be ${words}, not ${shown(value)}${hint}`, report)
    },
  }
}

export const flag: Shape<boolean> = {
  words: 'true or false',
  schema: { type: 'boolean' },
  read(value, report) {
    if (value.kind === 'scalar' && typeof value.value === 'boolean') return value.value
    return refuse(value, `must be true or false, not ${shown(value)}`, report)
  },
}

/** One of some words; `aliases` are read, and not mentioned. */
export function oneOf<Word extends string>(
  known: readonly Word[],
  aliases: Readonly<Record<string, Word>> = {},
): Shape<Word> {
  const words = `one of ${known.map((word) => `"${word}"`).join(', ')}`
  return {
    words,
    schema: { enum: [...known, ...Object.keys(aliases)] },
    read(value, report) {
      const given = value.kind === 'scalar' ? String(value.value) : undefined
      const word = given === undefined ? undefined : (known.find((candidate) => candidate === given) ?? aliases[given])
      if (word !== undefined) return word
      const hint = given === undefined ? '' : didYouMean(given, known)
      return refuse(value, `must be ${words}, not ${shown(value)}${hint}`, report)
    },
  }
}

export function listOf<Item>(item: Shape<Item>): Shape<readonly Item[]> {
  return {
    words: `a list, each ${item.words}`,
    schema: { type: 'array', items: item.schema },
    read(value, report) {
      if (value.kind !== 'list') return refuse(value, `must be a list, not ${shown(value)}`, report)
      return value.items.flatMap((each) => item.read(each, report) ?? [])
    },
  }
}

/** A list, or the one thing that would stand in it. */
export function oneOrMore<Item>(item: Shape<Item>): Shape<readonly Item[]> {
  const list = listOf(item)
  return {
    words: `${item.words}, or a list of them`,
    schema: { anyOf: [item.schema, list.schema] },
    read(value, report) {
      if (value.kind === 'list') return list.read(value, report)
      const single = item.read(value, report)
      return single === undefined ? undefined : [single]
    },
  }
}

/** A table whose keys are anybody's. */
export function tableOf<Item>(
  item: Shape<Item>,
  keys: TextOptions & { readonly pattern: RegExp },
): Shape<Readonly<Record<string, Item>>> {
  return {
    words: `a table of ${keys.words} and ${item.words}`,
    schema: { type: 'object', propertyNames: { pattern: keys.pattern.source }, additionalProperties: item.schema },
    read(value, report) {
      if (value.kind !== 'table') return refuse(value, `must be a table, not ${shown(value)}`, report)
      const read: Record<string, Item> = {}
      for (const entry of distinct(value, report)) {
        if (!keys.pattern.test(entry.key)) report(faultAt(entry, `"${entry.key}" must be ${keys.words}`))
        const each = item.read(entry.value, report)
        if (each !== undefined) read[entry.key] = each
      }
      return read
    },
  }
}

/** A key that a table may have. */
export interface Field<Read> {
  readonly shape: Shape<Read>
  /** What it is for, in one sentence; editors show it. */
  readonly describe: string
}

export type Fields = Readonly<Record<string, Field<unknown>>>
export type ReadFields<Known extends Fields> = {
  readonly [Key in keyof Known]?: Known[Key] extends Field<infer Read> ? Read : never
}

/**
 * A table with keys that are known.
 * @param noun what a message calls one of them
 * @param required those without which it means nothing
 */
export function table<Known extends Fields>(
  known: Known,
  noun = 'setting',
  required: readonly (keyof Known & string)[] = [],
): Shape<ReadFields<Known>> {
  const names = Object.keys(known)
  const properties = Object.fromEntries(
    Object.entries(known).map(([name, { shape, describe }]) => [name, { description: describe, ...shape.schema }]),
  )
  return {
    words: `a table of ${names.map((name) => `"${name}"`).join(', ')}`,
    schema: { type: 'object', properties, ...(required.length > 0 && { required }), additionalProperties: false },
    read(value, report) {
      if (value.kind !== 'table')
        return refuse(value, `must be a table of keys and values, not ${shown(value)}`, report)
      const read: Record<string, unknown> = {}
      for (const entry of distinct(value, report)) {
        const field = Object.hasOwn(known, entry.key) ? known[entry.key] : undefined
        if (!field) report(faultAt(entry, unknownKey(entry.key, names, noun)))
        else {
          const each = field.shape.read(entry.value, (fault) => report(named(entry, fault)))
          if (each !== undefined) read[entry.key] = each
        }
      }
      for (const name of required)
        if (!value.entries.some(({ key }) => key === name)) refuse(value, `"${name}" is missing here`, report)
      return read as ReadFields<Known>
    },
  }
}

/** Either of two shapes, chosen by whether the value is a table. */
export function orTable<One, Other>(one: Shape<One>, other: Shape<Other>): Shape<One | Other> {
  return {
    words: `${one.words}, or ${other.words}`,
    schema: { anyOf: [one.schema, other.schema] },
    read: (value, report) => (value.kind === 'table' ? other : one).read(value, report),
  }
}

/** A message about a value says which key has it; `must be …` reads on from there. */
function named({ key }: Entry, fault: Fault): Fault {
  return fault.message.startsWith('must be ') ? { ...fault, message: `"${key}" ${fault.message}` } : fault
}

function unknownKey(key: string, names: readonly string[], noun: string): string {
  const hint = didYouMean(key, names)
  if (hint !== '') return `no ${noun} is called "${key}"${hint}`
  const list = names.filter((name) => !name.startsWith('$')).join(', ')
  const where = names.length <= 20 ? `there are: ${list}` : `"ngxlint ${noun}s" lists them`
  return `no ${noun} is called "${key}" (${where})`
}

/** The entries of a table, each key once. */
function distinct({ entries }: Table, report: Report): Entry[] {
  const seen = new Set<string>()
  return entries.filter((entry) => {
    if (seen.has(entry.key)) report(faultAt(entry, `"${entry.key}" is set twice`))
    else {
      seen.add(entry.key)
      return true
    }
    return false
  })
}

function faultAt({ start, end }: Entry, message: string): Fault {
  return { start, end, message }
}
