import type { Directive } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { defaultConnectionHeader, defaultProxyHttpVersion } from '../nginx/defaults.ts'
import { isBuiltinVariable } from '../nginx/variables.ts'
import { type Certainty, discarded, inherited, setting } from './inheritance.ts'
import type { Model } from './model.ts'
import { type Obstacle, obstaclesOf } from './obstacles.ts'
import { type ProxyTarget, proxyTarget } from './proxy-pass.ts'
import { type ClientRequest, handshakeRequest, plainRequest } from './request.ts'
import type { Scope } from './scope.ts'
import { variablesIn } from './template.ts'
import { evaluate } from './variables.ts'

/** What becomes of one of the two headers that a handshake must have. */
export type HeaderState =
  | 'good'
  /** No row sets it. */
  | 'missing'
  /** Its row has an empty value, so that nginx sends none. */
  | 'blank'
  | 'wrong'
  /** It would be sent more than once. */
  | 'doubled'
  /** It holds a variable that nothing defines: nginx does not start. */
  | 'undefined variable'
  | 'unknown'

export interface HeaderFinding {
  readonly name: 'Upgrade' | 'Connection'
  readonly state: HeaderState
  /** The rows in force that set it. */
  readonly rows: readonly Directive[]
  /** What the backend gets in a handshake; undefined where it gets none, or nobody knows. */
  readonly value: string | undefined
  /** Rows of outer levels that set it, and that the rows in force discard. */
  readonly lost: readonly Directive[]
  /** The variable that nothing defines. */
  readonly undefinedVariable?: string
  readonly certainty: Certainty
}

export interface VersionFinding {
  readonly state: 'good' | 'unset' | 'wrong'
  readonly directive: Directive | undefined
  readonly value: string
  readonly certainty: Certainty
}

/** What a proxying scope makes of a WebSocket handshake. */
export interface Handshake {
  readonly scope: Scope
  readonly target: ProxyTarget
  readonly version: VersionFinding
  readonly upgrade: HeaderFinding
  readonly connection: HeaderFinding
  /** The level whose `proxy_set_header` rows are in force, and those rows. */
  readonly rowsFrom: Scope | undefined
  readonly rows: readonly Directive[]
  /** What keeps the handshake from the backend whatever headers it would get. */
  readonly obstacles: readonly Obstacle[]
}

/** Follows a handshake through a scope that has a `proxy_pass`, as RFC 6455 §4.2.1 wants it at the other end. */
export function assessHandshake(scope: Scope, model: Model): Handshake {
  const { directives: rows, from: rowsFrom, certainty } = inherited(scope, 'proxy_set_header')
  const lost = discarded(scope, 'proxy_set_header')
  const finding = (name: 'Upgrade' | 'Connection') => assessHeader(name, rows, lost, certainty, model)
  return {
    scope,
    target: proxyTarget(scope) as ProxyTarget,
    version: assessVersion(scope, model),
    upgrade: finding('Upgrade'),
    connection: finding('Connection'),
    rowsFrom,
    rows,
    obstacles: obstaclesOf(scope, model),
  }
}

/** Whether the backend would get all that it needs to answer 101, as far as that is known. */
export function isGood({ version, upgrade, connection, obstacles, target }: Handshake): boolean {
  return (
    version.state === 'good' &&
    isHeaderGood(upgrade) &&
    isHeaderGood(connection) &&
    obstacles.length === 0 &&
    !isWebSocketScheme(target.scheme)
  )
}

function isHeaderGood({ state }: HeaderFinding): boolean {
  return state === 'good' || state === 'unknown'
}

export function isWebSocketScheme(scheme: string): boolean {
  return /^wss?$/i.test(scheme)
}

function assessVersion(scope: Scope, model: Model): VersionFinding {
  const { directive, value, certainty } = setting(scope, 'proxy_http_version')
  const version = value ?? defaultProxyHttpVersion(model.target)
  // nginx takes no variable here: it is the placeholder of a template, which stands for what nobody knows.
  if (version === '1.1' || version.includes('$')) return { state: 'good', directive, value: version, certainty }
  return { state: directive ? 'wrong' : 'unset', directive, value: version, certainty }
}

const isFit: Readonly<Record<'Upgrade' | 'Connection', (value: string) => boolean>> = {
  Upgrade: (value) => value.toLowerCase() === 'websocket',
  Connection: meansUpgrade,
}

/** Whether a `Connection` value has the token `upgrade`. */
export function meansUpgrade(value: string): boolean {
  return value.split(',').some((token) => token.trim().toLowerCase() === 'upgrade')
}

function assessHeader(
  name: 'Upgrade' | 'Connection',
  allRows: readonly Directive[],
  allLost: readonly Directive[],
  certainty: Certainty,
  model: Model,
): HeaderFinding {
  const rows = allRows.filter((row) => setsHeader(row, name))
  const lost = allLost.filter((row) => setsHeader(row, name))
  const common = { name, rows, lost, certainty }
  if (rows.length === 0) return { ...common, state: 'missing', value: undefined }
  const undefinedVariable = rows.flatMap((row) => undefinedVariablesOf(row.argument(1) ?? '', model))[0]
  if (undefinedVariable !== undefined) {
    if (model.isOpen) return { ...common, state: 'unknown', value: undefined }
    return { ...common, state: 'undefined variable', value: undefined, undefinedVariable }
  }
  const values = rows.map((row) => evaluateBoth(row.argument(1) ?? '', model).handshake)
  if (!values.every((value) => value !== undefined)) return { ...common, state: 'unknown', value: undefined }
  const sent = values.filter((value) => value !== '')
  if (sent.length === 0) return { ...common, state: 'blank', value: '' }
  const value = sent.join(', ')
  // A list may be sent in pieces, and `Connection` is one; a second `Upgrade` is refused by servers (ws, Tomcat).
  if (sent.length > 1 && name === 'Upgrade') return { ...common, state: 'doubled', value }
  return { ...common, state: isFit[name](value) ? 'good' : 'wrong', value }
}

const SAMPLE_HANDSHAKE: ClientRequest = { ...handshakeRequest('/'), isSample: true }
const SAMPLE_PLAIN: ClientRequest = { ...plainRequest('/'), isSample: true }

/** Whether a `proxy_set_header` row is about this header. */
export function setsHeader(row: Directive, name: string): boolean {
  const own = row.argument(0)
  return own !== undefined && own.length === name.length && own.toLowerCase() === name.toLowerCase()
}

/** The `Connection` header that an ordinary request through this scope has now; `''` for none. */
export function ordinaryConnection(rows: readonly Directive[], model: Model): string | undefined {
  const own = rows.filter((row) => setsHeader(row, 'Connection'))
  if (own.length === 0) return defaultConnectionHeader(model.target) ?? ''
  const values = own.map((row) => evaluateBoth(row.argument(1) ?? '', model).ordinary)
  return values.includes(undefined) ? undefined : values.filter((value) => value !== '').join(', ')
}

export interface BothValues {
  readonly handshake: string | undefined
  readonly ordinary: string | undefined
}

/** What a value is in a handshake and in an ordinary request. Every location asks, and most have the same values. */
export function evaluateBoth(value: string, model: Model): BothValues {
  const values = valuesKnown(model)
  let both = values.get(value)
  if (!both) {
    both = {
      handshake: evaluate(value, model.environment(SAMPLE_HANDSHAKE)),
      ordinary: evaluate(value, model.environment(SAMPLE_PLAIN)),
    }
    values.set(value, both)
  }
  return both
}

const valuesKnown = memoize((_model: Model) => new Map<string, BothValues>())

function undefinedVariablesOf(value: string, model: Model): string[] {
  return variablesIn(value).filter((name) => !isBuiltinVariable(name) && !model.definedVariables.has(name))
}
