import type { DirectiveEntry } from './directive-table.ts'
import {
  type Form,
  forms,
  refusedAuthority,
  refusedHttpFormat,
  refusedProtocol,
  refusedReturn,
  refusedStreamLog,
} from './forms.ts'
import { refusedListen } from './listen-parameters.ts'
import { isNumber, isSize, isTime } from './quantities.ts'
import type { RefusedValue } from './refused-value.ts'
import { inMilliseconds, inSeconds, withoutGigabytes } from './slots.ts'
import { isFixedVariable, type VariableFamily } from './variables.ts'

export type { RefusedValue }

/**
 * The first argument whose form nginx refuses; undefined where all are well, or where the table does not say what they
 * should be. Their number must be right.
 * @param name of the directive
 */
export function refusedValue(entry: DirectiveEntry, values: readonly string[], name = ''): RefusedValue | undefined {
  const form = formOf(entry, name)
  if (form) return form(values)
  const words = takenWords(entry)
  if (words) {
    const index = values.findIndex((value) => !words.some((word) => isSameWord(word, value)))
    return index === -1 ? undefined : { index, wanted: listOf(words) }
  }
  if (entry.type === 'buffers') return refusedBuffers(values)
  const check = checkOf(entry)
  const value = values[0]
  if (value === undefined || !check || mayHoldVariable(entry, value)) return undefined
  if (!check.accepts(value) || !isInRange(value, entry.range)) return { index: 0, wanted: wantedBy(check, entry) }
  const units = unitsOf(name, entry)
  return units?.refused.test(value) ? { index: 0, wanted: units.wanted } : undefined
}

/** `return` in `stream` is another one, logs have no format there that is built in, and each family listens in its own way. */
function formOf({ thirdParty, contexts }: DirectiveEntry, name: string): Form | undefined {
  if (thirdParty) return undefined
  if (name === 'return') return contexts.includes('location') ? refusedReturn : undefined
  const form = familyForm(name, contexts) ?? forms.get(name)
  if (!MAKES_VARIABLE.has(name)) return form
  const family = contexts.some((context) => context.startsWith('stream')) ? 'stream' : 'http'
  return (values) => form?.(values) ?? refusedName(values, name, family)
}

function familyForm(name: string, contexts: DirectiveEntry['contexts']): Form | undefined {
  if (name === 'listen') {
    const family = contexts.includes('stream server') ? 'stream' : contexts.includes('mail server') ? 'mail' : 'http'
    return (values) => refusedListen(values, family)
  }
  if (name === 'access_log' && contexts.includes('stream')) return refusedStreamLog
  if (name === 'protocol' && contexts.includes('mail server')) return refusedProtocol
  if (name === 'auth_http') return refusedAuthority
  return name === 'log_format' && contexts.includes('http') ? refusedHttpFormat : undefined
}

/** Directives that make a variable, and the argument that names it; -1 is the last one. */
const MAKES_VARIABLE: ReadonlyMap<string, number> = new Map([
  ['auth_request_set', 0],
  ['geo', -1],
  ['map', 1],
  ['set', 0],
  ['split_clients', 1],
])

function refusedName(values: readonly string[], name: string, family: VariableFamily): RefusedValue | undefined {
  const index = MAKES_VARIABLE.get(name) === -1 ? values.length - 1 : (MAKES_VARIABLE.get(name) ?? 0)
  const variable = values[index] ?? ''
  return variable.startsWith('$') && isFixedVariable(variable.slice(1), family)
    ? { index, wanted: 'a name of your own for its variable' }
    : undefined
}

/** What the arguments of a directive are, for people; undefined where the table does not say. */
export function wantedValue(entry: DirectiveEntry): string | undefined {
  const words = takenWords(entry)
  if (words) return listOf(words)
  if (entry.type === 'buffers') return 'a number of buffers, and their size'
  const check = checkOf(entry)
  return check && wantedBy(check, entry)
}

/** The words that each argument is one of; undefined for arguments of other kinds. */
function takenWords(entry: DirectiveEntry): readonly string[] | undefined {
  if (isFlag(entry)) return ['on', 'off']
  if (entry.type !== 'set' && !(entry.type === 'enum' && entry.args.max === 1)) return undefined
  const words = wordsOf(entry)
  return words.length > 0 ? words : undefined
}

function checkOf({ type, args }: DirectiveEntry): Check | undefined {
  return type && args.max === 1 ? checks[type] : undefined
}

function wantedBy(check: Check, { range }: DirectiveEntry): string {
  return range ? `a number from ${range[0]} to ${range[1]}` : check.wanted
}

/** Whether there is anything that the arguments of an entry could be refused for. */
export function checksValues(entry: DirectiveEntry, name = ''): boolean {
  return entry.args.flag === true || entry.type !== undefined || formOf(entry, name) !== undefined
}

/**
 * Only ngx_conf_set_flag_slot looks at the value: NGX_CONF_FLAG asks for one argument, and no more. fancyindex_css_href has
 * it and takes a path.
 */
export function isFlag({ type, args, thirdParty }: DirectiveEntry): boolean {
  return type === 'flag' || (args.flag === true && type === undefined && !thirdParty)
}

/** The words it takes: those of the source, and those that are documented for newer or commercial versions. */
function wordsOf({ values = [], sinceArgs = {}, commercialArgs = [] }: DirectiveEntry): string[] {
  return [...new Set([...values, ...Object.keys(sinceArgs), ...commercialArgs])]
}

/** Words are compared without case: ngx_conf_set_flag_slot, ngx_conf_set_enum_slot, ngx_conf_set_bitmask_slot. */
function isSameWord(word: string, value: string): boolean {
  return word.toLowerCase() === value.toLowerCase()
}

function listOf(words: readonly string[]): string {
  const quoted = words.map((word) => `"${word}"`)
  const last = quoted.pop() ?? ''
  return quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`
}

/** ngx_conf_set_bufs_slot: a number that is not 0, and a size that is not. */
function refusedBuffers([count = '', size = '']: readonly string[]): RefusedValue | undefined {
  if (!isNumber(count) || Number(count) === 0) return { index: 0, wanted: 'a number of buffers' }
  if (!isSize(size) || Number.parseInt(size, 10) === 0) return { index: 1, wanted: 'a size, such as 8k' }
  return undefined
}

function mayHoldVariable({ vars }: DirectiveEntry, value: string): boolean {
  return vars === true && value.includes('$')
}

interface Check {
  readonly wanted: string
  accepts(value: string): boolean
}

const checks: Readonly<Partial<Record<NonNullable<DirectiveEntry['type']>, Check>>> = {
  number: { wanted: 'a number', accepts: isNumber },
  size: { wanted: 'a size, such as 8k or 1m', accepts: isSize },
  time: { wanted: 'a time, such as 60s or 1h', accepts: isTime },
}

/** Some directives know fewer units than others. */
function unitsOf(
  name: string,
  { type }: DirectiveEntry,
): { readonly wanted: string; readonly refused: RegExp } | undefined {
  if (type === 'time' && inMilliseconds.has(name))
    return { wanted: 'a time without the units M and y', refused: /[yM]/ }
  if (type === 'time' && inSeconds.has(name)) return { wanted: 'a time without the unit ms', refused: /ms/ }
  return type === 'size' && withoutGigabytes.has(name)
    ? { wanted: 'a size without the unit g', refused: /g$/i }
    : undefined
}

function isInRange(value: string, range: DirectiveEntry['range']): boolean {
  return !range || (Number(value) >= range[0] && Number(value) <= range[1])
}
