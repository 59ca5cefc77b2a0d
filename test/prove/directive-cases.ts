/** Tiny configurations, each of which says one thing of one directive: here it may stand, so many arguments, twice. */
import type { Context } from '../../src/nginx/context.ts'
import { type DirectiveEntry, directiveEntries, directiveNames } from '../../src/nginx/directives.ts'
import { statesIn } from '../../src/nginx/states.ts'
import { isFlag } from '../../src/nginx/values.ts'
import type { NginxVersion } from '../../src/nginx/version.ts'
import { SAMPLES } from './directive-samples.ts'

export type CaseKind =
  | 'right'
  | 'wrong place'
  | 'too few'
  | 'too many'
  | 'twice'
  | 'wrong value'
  | 'special'
  | 'twice special'
  | 'value'

export interface DirectiveCase {
  readonly name: string
  readonly context: Context
  readonly kind: CaseKind
  readonly conf: string
  /** The line of the directive; of the second one where there are two. */
  readonly line: number
}

/** The blocks that a case may stand in, those around them included. */
const SURROUNDINGS: Readonly<Partial<Record<Context, readonly [before: string, after: string]>>> = {
  main: ['', ''],
  events: ['events {', '}'],
  http: ['http {', '}'],
  server: ['http { server {', '} }'],
  location: ['http { server { location /x {', '} } }'],
  'if in server': ['http { server { if ($uri) {', '} } }'],
  'if in location': ['http { server { location /x { if ($uri) {', '} } } }'],
  limit_except: ['http { server { location /x { limit_except GET {', '} } } }'],
  upstream: ['http { upstream u { server 127.0.0.1:1;', '} }'],
  stream: ['stream {', '}'],
  'stream server': ['stream { server { listen 127.0.0.1:1;', '} }'],
  'stream upstream': ['stream { upstream u { server 127.0.0.1:1;', '} }'],
  mail: ['mail {', '}'],
  'mail server': ['mail { server { listen 127.0.0.1:1;', '} }'],
}

const CONTEXTS = Object.keys(SURROUNDINGS) as Context[]

export interface CaseOptions {
  readonly version: NginxVersion
  /** Whole lines at the top: the modules to load. */
  readonly head: string
  /** Whether the nginx at hand has `stream`, `mail`. */
  has(context: Context): boolean
}

/** All cases for one name of the table. */
export function* casesFor(name: string, options: CaseOptions): Generator<DirectiveCase> {
  const { version } = options
  for (const context of CONTEXTS) {
    if (!options.has(context)) continue
    const entries = directiveEntries(name)
    const states = statesIn(name, context, version)
    const state = states[0]
    const make = (kind: CaseKind, values: readonly string[], isBlock: boolean, isTwice = false): DirectiveCase => {
      const text = `${[name, ...values].join(' ')}${isBlock ? ' { }' : ';'}`
      return { name, context, kind, ...surround(name, context, isTwice ? `${text}\n${text}` : text, options) }
    }
    const pair = (first: string, second: string): DirectiveCase => {
      const text = `${name} ${first};\n${name} ${second};`
      return { name, context, kind: 'twice special', ...surround(name, context, text, options) }
    }
    if (!state) {
      const entry = entries[0] as DirectiveEntry
      yield make('wrong place', valuesFor(name, entry, context), entry.block)
      continue
    }
    const { entry, args } = state
    const values = valuesFor(name, { ...entry, args }, context)
    const ranges = states.filter((each) => each.entry.block === entry.block).map((each) => each.args)
    const takes = (count: number) =>
      ranges.some((range) => range.counts?.includes(count) ?? (count >= range.min && count <= range.max))
    yield make('right', values, entry.block)
    yield make('twice', values, entry.block, true)
    if (!entry.block && takes(1) && state.repeatable !== false) {
      for (const word of SPECIAL_WORDS) {
        yield make('special', [word], false)
        for (const [one, other] of [
          [word, word],
          [word, values.join(' ')],
          [values.join(' '), word],
        ] as const)
          yield pair(one, other)
      }
    }
    const few = Math.min(...ranges.map(({ min }) => min)) - 1
    const many = Math.max(...ranges.map(({ max }) => max)) + 1
    if (few >= 0 && !takes(few)) yield make('too few', filled(values, few), entry.block)
    // nginx takes seven arguments at most of most directives that have no end.
    if (Number.isFinite(many)) yield make('too many', filled(values, many), entry.block)
    if (isTyped(entry)) yield make('wrong value', filled(['nonsense'], Math.max(1, args.min)), entry.block)
    // What a value may be does not depend on the place.
    const isFirst =
      CONTEXTS.find((other) => options.has(other) && statesIn(name, other, version).length > 0) === context
    if (isTyped(entry) && isFirst && takes(1))
      for (const value of valuesToTry(entry)) yield make('value', [value], entry.block)
  }
}

/** Values that mean something else than a row: many directives that may be repeated take one of them, and then no other row. */
const SPECIAL_WORDS = ['off', 'none', 'default']

export function namesToProve(): string[] {
  return directiveNames().filter((name) => directiveEntries(name).some((entry) => !entry.commercial))
}

function surround(name: string, context: Context, text: string, { head }: CaseOptions): { conf: string; line: number } {
  const [before, after] = SURROUNDINGS[context] as readonly [string, string]
  const events = context === 'events' || (context === 'main' && name === 'events') ? '' : 'events { }'
  const top = `${head}${events}\n${before}\n`
  const lines = text.split('\n').length
  return { conf: `${top}${text}\n${after}\n`, line: top.split('\n').length - 1 + lines }
}

function isTyped(entry: DirectiveEntry): boolean {
  return isFlag(entry) || ['enum', 'set', 'number', 'size', 'time', 'buffers'].includes(entry.type ?? '')
}

/** Values at the edge of what nginx takes, by the kind of argument: some are right, some are wrong. */
const EDGES: Readonly<Partial<Record<NonNullable<DirectiveEntry['type']>, readonly string[]>>> = {
  flag: ['ON', 'Off', 'yes', 'true', '1', 'onn'],
  number: ['0', '00', '-1', '+1', '1.5', '1k', '0x10', '99999999999999999999'],
  size: ['0', '8K', '1M', '1g', '-1', '1.5m', '8kb', 'k', '8q'],
  time: ['0', '1h30m', '1M1w', '30m1h', '1m1m', '500ms', '1s500ms', '10x', '1.5s', '-1', '1h30', 's', '1Y'],
}

function valuesToTry(entry: DirectiveEntry): readonly string[] {
  if (isFlag(entry)) return EDGES.flag ?? []
  if (entry.type === 'enum' || entry.type === 'set') {
    const words = entry.values ?? []
    return [...words, ...words.slice(0, 3).flatMap((word) => [word.toUpperCase(), `${word}x`]), '1.2', 'X']
  }
  return EDGES[entry.type ?? 'flag'] ?? []
}

/** Arguments that nginx takes, as far as the table tells. */
function valuesFor(name: string, entry: DirectiveEntry, context: Context): string[] {
  const sample = SAMPLES[`${name} in ${context}`] ?? SAMPLES[name]
  if (sample !== undefined) return sample === '' ? [] : sample.split(' ')
  return filled([sampleOf(entry)].flat(), entry.args.counts?.[0] ?? entry.args.min)
}

function sampleOf(entry: DirectiveEntry): string | string[] {
  if (entry.args.flag) return 'on'
  switch (entry.type) {
    case 'flag':
      return 'on'
    case 'enum':
    case 'set':
      return entry.values?.[0] ?? 'x'
    case 'number':
      return `${entry.range?.[0] ?? 1}`
    case 'size':
      return '8k'
    case 'time':
      return '10s'
    case 'buffers':
      return ['4', '8k']
    default:
      return 'x'
  }
}

function filled(values: readonly string[], count: number): string[] {
  return Array.from({ length: count }, (_, index) => values[index] ?? values.at(-1) ?? 'x')
}
