import { type Directive, keyOfLines } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { headerValue } from '../nginx/header-rows.ts'
import { isBuiltinVariable } from '../nginx/variables.ts'
import type { Model } from './model.ts'
import { type ClientRequest, handshakeRequest } from './request.ts'
import { evaluateBoth, FITS, isMeantFor, isRefused, isSpoilt, type SetValues, setsHeader } from './row-values.ts'
import { variablesIn } from './template.ts'
import { evaluate } from './variables.ts'

/** What becomes of one of the two headers that a handshake must have. */
export type HeaderState =
  | 'good'
  /** No row sets it. */
  | 'missing'
  /** No row sets it, but one that was meant to sets another, by a slip of the hand in its name. */
  | 'misspelt'
  /** Its row has a colon in the name: `Upgrade:: websocket` is sent. */
  | 'colon'
  /** Its row has an empty value, so that nginx sends none. */
  | 'blank'
  | 'wrong'
  /** It would be sent more than once. */
  | 'doubled'
  /** It holds a variable that nothing defines: nginx does not start. */
  | 'undefined variable'
  | 'unknown'

/**
 * What the `proxy_set_header` rows in force make of a handshake. Rows go by their index: it is the same wherever the same
 * rows are written, which in a generated configuration is nearly everywhere.
 */
export interface RowsVerdict {
  readonly upgrade: HeaderVerdict
  readonly connection: HeaderVerdict
  /** Rows that take from the handshake what no other line can give back. */
  readonly obstacles: readonly RowObstacle[]
}

export interface HeaderVerdict {
  readonly state: HeaderState
  /** The rows that set it. */
  readonly indexes: readonly number[]
  /** What the backend gets in a handshake; undefined where it gets none, or nobody knows. */
  readonly value: string | undefined
  /** The variable that nothing defines. */
  readonly undefinedVariable?: string
}

export interface RowObstacle {
  readonly kind: 'handshake header' | 'host'
  readonly index: number
  /** The header that it is about, or how many there are of it. */
  readonly detail: string
}

/** @param set what `set` makes of the variables in them */
export function judgeRows(rows: readonly Directive[], model: Model, set?: SetValues): RowsVerdict {
  const known = verdictsKnown(model)
  const key = set ? `${keyOfLines(rows)}\n${set.key}` : keyOfLines(rows)
  let verdict = known.get(key)
  if (!verdict) {
    verdict = {
      upgrade: judgeHeader('Upgrade', rows, model, set),
      connection: judgeHeader('Connection', rows, model, set),
      obstacles: [...changedHeaders(rows, model), ...brokenHost(rows, model, set)],
    }
    known.set(key, verdict)
  }
  return verdict
}

const verdictsKnown = memoize((_model: Model) => new Map<string, RowsVerdict>())

function judgeHeader(
  name: 'Upgrade' | 'Connection',
  all: readonly Directive[],
  model: Model,
  set: SetValues | undefined,
): HeaderVerdict {
  const rows = all.filter((row) => setsHeader(row, name))
  const indexes = rows.map((row) => all.indexOf(row))
  if (rows.length === 0) {
    const misspelt = all.findIndex((row) => isMeantFor(row, name, model))
    if (misspelt !== -1) return { indexes: [misspelt], state: 'misspelt', value: undefined }
    return { indexes, state: 'missing', value: undefined }
  }
  const undefinedVariable = rows.flatMap((row) => undefinedVariablesOf(row.argument(1) ?? '', model))[0]
  if (undefinedVariable !== undefined) {
    if (model.isOpen) return { indexes, state: 'unknown', value: undefined }
    return { indexes, state: 'undefined variable', value: undefined, undefinedVariable }
  }
  const filled = rows.filter((row) => evaluateBoth(row.argument(1) ?? '', model, set).handshake !== '')
  if (filled.length === 0) return { indexes, state: 'blank', value: '' }
  const sent = filled.map((row) => sentBy(row, model, set))
  // A second `Upgrade` is one too many, with or without a colon.
  const refused = name === 'Connection' ? filled.findIndex(isRefused) : -1
  if (refused !== -1 || filled.every(isSpoilt)) return { indexes, state: 'colon', value: sent[Math.max(0, refused)] }
  if (!sent.every((value) => value !== undefined)) return { indexes, state: 'unknown', value: undefined }
  const value = sent.join(', ')
  // A list may be sent in pieces, and `Connection` is one; a second `Upgrade` is refused by servers (ws, Tomcat).
  if (sent.length > 1 && name === 'Upgrade') return { indexes, state: 'doubled', value }
  return { indexes, state: FITS[name](value) ? 'good' : 'wrong', value }
}

/** The value that a backend reads. */
function sentBy(row: Directive, model: Model, set: SetValues | undefined): string | undefined {
  const { handshake } = evaluateBoth(row.argument(1) ?? '', model, set)
  return handshake === undefined ? undefined : headerValue(row.argument(0) ?? '', handshake)
}

function undefinedVariablesOf(value: string, model: Model): string[] {
  return variablesIn(value).filter(
    (name) => !isBuiltinVariable(name) && !model.definedVariables.has(name.toLowerCase()),
  )
}

/**
 * Headers of the handshake that nginx must pass on as the client sent them. `Sec-WebSocket-Extensions` is none: a
 * server that does not see it just does not compress.
 */
const HANDSHAKE_HEADERS: ReadonlySet<string> = new Set([
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-protocol',
])

const SAMPLE: ClientRequest = {
  ...handshakeRequest('/'),
  isSample: true,
  headers: [...handshakeRequest('/').headers, ['Sec-WebSocket-Protocol', 'chat']],
}

function* changedHeaders(rows: readonly Directive[], model: Model): Generator<RowObstacle> {
  const environment = model.environment(SAMPLE)
  for (const [index, row] of rows.entries()) {
    const name = row.argument(0) ?? ''
    if (!HANDSHAKE_HEADERS.has(name.toLowerCase())) continue
    const value = evaluate(row.argument(1) ?? '', environment)
    const sent = SAMPLE.headers.find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1]
    if (value !== undefined && value !== sent) yield { kind: 'handshake header', index, detail: name }
  }
}

/** No `Host`, or two of them: an HTTP/1.1 server must answer that with 400 (RFC 9112 §3.2). */
function* brokenHost(all: readonly Directive[], model: Model, set: SetValues | undefined): Generator<RowObstacle> {
  const rows = all.filter((row) => setsHeader(row, 'Host'))
  const sent = rows.filter((row) => evaluateBoth(row.argument(1) ?? '', model, set).handshake !== '')
  const last = rows.findLast((row) => !isSpoilt(row))
  const spoilt = sent.findLast(isSpoilt)
  // It comes beside the one that nginx sends, or beside the row without.
  if (spoilt && sent.filter((row) => !isSpoilt(row)).length <= 1)
    yield { kind: 'host', index: all.indexOf(spoilt), detail: 'colon' }
  else if (last && sent.length !== 1)
    yield { kind: 'host', index: all.indexOf(last), detail: sent.length === 0 ? 'none' : 'several' }
}
