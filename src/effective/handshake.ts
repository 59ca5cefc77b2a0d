import type { Directive } from '../config/index.ts'
import { defaultConnectionHeader, defaultProxyHttpVersion } from '../nginx/defaults.ts'
import { type HeaderState, type HeaderVerdict, judgeRows } from './handshake-rows.ts'
import { type Certainty, discardedBy, type Inherited, inherited, setting } from './inheritance.ts'
import type { Model } from './model.ts'
import { type Obstacle, obstaclesOf } from './obstacles.ts'
import { type ProxyTarget, proxyTarget } from './proxy-pass.ts'
import { evaluateBoth, rowsAbout, type SetValues } from './row-values.ts'
import type { Scope } from './scope.ts'
import { setValuesAt } from './set-values.ts'

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
  /** What `set` makes of the variables in them. */
  readonly set: SetValues | undefined
  /** What keeps the handshake from the backend whatever headers it would get. */
  readonly obstacles: readonly Obstacle[]
}

/** Follows a handshake through a scope that has a `proxy_pass`, as RFC 6455 §4.2.1 wants it at the other end. */
export function assessHandshake(scope: Scope, model: Model): Handshake {
  const inForce = inherited(scope, 'proxy_set_header')
  const { directives: rows, from: rowsFrom } = inForce
  const set = setValuesAt(scope, rows, model)
  const verdict = judgeRows(rows, model, set)
  return {
    scope,
    target: proxyTarget(scope) as ProxyTarget,
    version: assessVersion(scope, model),
    upgrade: headerFinding('Upgrade', verdict.upgrade, inForce),
    connection: headerFinding('Connection', verdict.connection, inForce),
    rowsFrom,
    rows,
    set,
    obstacles: obstaclesOf(scope, rows, verdict, model),
  }
}

function headerFinding(
  name: HeaderFinding['name'],
  { indexes, ...verdict }: HeaderVerdict,
  { directives, from, certainty }: Inherited,
): HeaderFinding {
  const lost = rowsAbout(discardedBy(from, 'proxy_set_header'), name)
  return { name, rows: indexes.map((index) => directives[index] as Directive), lost, certainty, ...verdict }
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

/** The `Connection` header that an ordinary request through this scope has now; `''` for none. */
export function ordinaryConnection({ rows, set }: Pick<Handshake, 'rows' | 'set'>, model: Model): string | undefined {
  const own = rowsAbout(rows, 'Connection')
  if (own.length === 0) return defaultConnectionHeader(model.target) ?? ''
  const values = own.map((row) => evaluateBoth(row.argument(1) ?? '', model, set).ordinary)
  return values.includes(undefined) ? undefined : values.filter((value) => value !== '').join(', ')
}
