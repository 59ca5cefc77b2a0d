import type { Directive } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { betweenCurlyQuotes } from '../nginx/curly-quotes.ts'
import { hasColon, headerName } from '../nginx/header-rows.ts'
import { isMisspeltHeader } from '../nginx/request-headers.ts'
import type { Model } from './model.ts'
import { type ClientRequest, handshakeRequest, plainRequest } from './request.ts'
import { variablesIn } from './template.ts'
import { evaluate, type Values } from './variables.ts'

const SAMPLE_HANDSHAKE: ClientRequest = { ...handshakeRequest('/'), isSample: true }
const SAMPLE_PLAIN: ClientRequest = { ...plainRequest('/'), isSample: true }

/** Whether a `proxy_set_header` row is about this header, as its receiver reads it: a colon in its name counts for none. */
export function setsHeader(row: Directive, name: string): boolean {
  const written = row.argument(0) ?? ''
  if (written.length < name.length) return false
  const own = headerName(written)
  return own.length === name.length && own.toLowerCase() === name.toLowerCase()
}

/** Those of a list which are about a header. */
export function rowsAbout(rows: readonly Directive[], name: string): readonly Directive[] {
  return rows.length > FEW ? rowsOfManyAbout(rows, name) : rows.filter((row) => setsHeader(row, name))
}

/** A list that is longer is seldom of one location alone: it is looked through once for all that share it. */
const FEW = 32

const rowsOfManyAbout = memoize((rows: readonly Directive[], name) => rows.filter((row) => setsHeader(row, name)))

/** Whether a row's name has a colon, which spoils the value. */
export function isSpoilt(row: Directive): boolean {
  return hasColon(row.argument(0) ?? '')
}

/**
 * Whether the header that a row sends has a blank between its name and a colon: a server must refuse the request then, whatever
 * other rows there are (RFC 9112 §5.1).
 */
export function isRefused(row: Directive): boolean {
  return isSpoilt(row) && /\s:/.test(row.argument(0) ?? '')
}

/**
 * Whether a row was meant to be about one of a handshake's headers, whose name it misses by a slip of the hand: its value
 * says so.
 */
export function isMeantFor(row: Directive, name: 'Upgrade' | 'Connection', model: Model): boolean {
  const [written = '', sent = ''] = row.values
  if (!isMisspeltHeader(written, name)) return false
  // Who writes one in curly quotes may write both in them.
  const value = betweenCurlyQuotes(sent) ?? sent
  if (variablesIn(value.toLowerCase()).some((variable) => variable.includes('upgrade'))) return true
  const { handshake } = evaluateBoth(value, model)
  return handshake !== undefined && FITS[name](handshake)
}

/** Whether the value of a header is what a handshake needs (RFC 6455 §4.2.1). */
export const FITS: Readonly<Record<'Upgrade' | 'Connection', (value: string) => boolean>> = {
  // Blanks around a value are none of it: RFC 9110 §5.5.
  Upgrade: (value) => value.trim().toLowerCase() === 'websocket',
  Connection: meansUpgrade,
}

/** Whether a `Connection` value has the token `upgrade`. */
export function meansUpgrade(value: string): boolean {
  return value.split(',').some((token) => token.trim().toLowerCase() === 'upgrade')
}

export interface BothValues {
  readonly handshake: string | undefined
  readonly ordinary: string | undefined
}

/** The values that `set` gives to variables for all handshakes, and for all other requests, that come to a location. */
export interface SetValues {
  readonly handshake: Values
  readonly ordinary: Values
  /** What they are, to tell locations with the same lines from one another. */
  readonly key: string
  /** The line that set one for handshakes last. */
  lineOf(name: string): Directive | undefined
}

/** A text as all handshakes have it, or all ordinary requests, where some variables are known besides. */
export function evaluateSample(
  text: string,
  requests: keyof BothValues,
  model: Model,
  values: Values,
): string | undefined {
  return evaluate(text, model.environment(requests === 'handshake' ? SAMPLE_HANDSHAKE : SAMPLE_PLAIN, values))
}

/** What a value is in a handshake and in an ordinary request. Every location asks, and most have the same values. */
export function evaluateBoth(value: string, model: Model, set?: SetValues): BothValues {
  if (!set || !value.includes('$')) return bothValues(model, value)
  return {
    handshake: evaluateSample(value, 'handshake', model, set.handshake),
    ordinary: evaluateSample(value, 'ordinary', model, set.ordinary),
  }
}

const bothValues = memoize(
  (model: Model, value): BothValues => ({
    handshake: evaluate(value, model.environment(SAMPLE_HANDSHAKE)),
    ordinary: evaluate(value, model.environment(SAMPLE_PLAIN)),
  }),
)
