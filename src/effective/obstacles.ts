import type { Directive } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import type { RowsVerdict } from './handshake-rows.ts'
import { setting } from './inheritance.ts'
import { locationPattern } from './location.ts'
import type { Scope } from './scope.ts'

/** Something that keeps a handshake from the backend, or takes from it what no other line can give back. */
export interface Obstacle {
  readonly kind:
    | 'request headers off'
    | 'handshake header'
    | 'host'
    | 'method'
    | 'limit_except'
    | 'return'
    | 'try_files'
  readonly directive: Directive
  /** The header, method or status that it is about. */
  readonly detail: string
}

/** Whether it is a row that a colon makes a second `Host` of. */
export function isHostWithColon({ kind, detail }: Obstacle): boolean {
  return kind === 'host' && detail === 'colon'
}

/** @param rows the `proxy_set_header` rows in force, and what they make of a handshake */
export function obstaclesOf(scope: Scope, rows: readonly Directive[], { obstacles }: RowsVerdict): Obstacle[] {
  return [
    ...withheldHeaders(scope),
    ...obstacles.map(({ kind, index, detail }): Obstacle => ({ kind, directive: rows[index] as Directive, detail })),
    ...otherMethod(scope),
    ...refusedMethod(scope),
    ...earlierAnswer(scope),
    ...otherFiles(scope),
  ]
}

function* withheldHeaders(scope: Scope): Generator<Obstacle> {
  const { directive, value } = setting(scope, 'proxy_pass_request_headers')
  if (directive && value === 'off') yield { kind: 'request headers off', directive, detail: 'off' }
}

function* otherMethod(scope: Scope): Generator<Obstacle> {
  const { directive, value } = setting(scope, 'proxy_method')
  // Since 1.11.6 it may hold variables.
  if (directive && value && !value.includes('$') && value.toUpperCase() !== 'GET')
    yield { kind: 'method', directive, detail: value }
}

/** A `limit_except` without GET that denies all: handshakes are GET requests. */
function* refusedMethod(scope: Scope): Generator<Obstacle> {
  for (const limit of scope.own('limit_except')) {
    const isAllowed = limit.arguments.some(({ value }) => value.toUpperCase() === 'GET')
    if (isAllowed || limit.named('allow').length > 0) continue
    const deniesAll = limit.named('deny').some((deny) => deny.argument(0) === 'all')
    if (deniesAll) yield { kind: 'limit_except', directive: limit, detail: limit.values.join(' ') }
  }
}

/** A `return` of the location or its server: the rewrite phase comes before any proxying. */
function* earlierAnswer(scope: Scope): Generator<Obstacle> {
  const location = scope.location
  const levels = [scope, location === scope ? undefined : location, scope.server]
  for (const level of levels) {
    const directive = level && certainReturn(level)
    if (directive) {
      yield { kind: 'return', directive, detail: directive.argument(0) ?? '' }
      return
    }
  }
}

/**
 * A `try_files` of the location, which looks for files before its `proxy_pass` is asked: a handshake asks for none, and goes on
 * to the last argument (ngx_http_try_files_handler). A name without variables may be that of a file that is always there. In an
 * `if` it does not hold: ngx_http_try_files_module has no merge_loc_conf.
 */
function* otherFiles(scope: Scope): Generator<Obstacle> {
  const directive = scope.own('try_files').at(-1)
  const files = directive?.values.slice(0, -1) ?? []
  if (directive && files.length > 0 && files.every((file) => file.includes('$')))
    yield { kind: 'try_files', directive, detail: directive.values.at(-1) ?? '' }
}

const MAY_END_REWRITING: ReadonlySet<string> = new Set(['rewrite', 'break', 'return', 'include'])
const REWRITING: ReadonlySet<string> = new Set([...MAY_END_REWRITING, 'if'])

/**
 * A `return`, or a `rewrite` that redirects, which every request meets: no `rewrite` or `break` before it may lead requests
 * past it.
 */
const certainReturn = memoize((scope: Scope): Directive | undefined => {
  if (scope.own('return').length === 0 && scope.own('rewrite').length === 0) return undefined
  for (const directive of scope.among(REWRITING)) {
    if (directive.name === 'return' || redirectsAll(directive, scope)) return directive
    if (directive.name === 'include' ? directive.unresolved : MAY_END_REWRITING.has(directive.name)) return undefined
    if (directive.block && directive.block.among(MAY_END_REWRITING).length > 0) return undefined
  }
  return undefined
})

/** Whether a `rewrite` redirects all requests of its block: its regex is the start of the location's path, and takes the rest. */
function redirectsAll({ name, values }: Directive, { kind, directive }: Scope): boolean {
  const [regex = '', replacement = '', flag] = values
  if (name !== 'rewrite') return false
  if (flag !== 'redirect' && flag !== 'permanent' && !/^(?:https?:\/\/|\$scheme)/.test(replacement)) return false
  const [, start] = /^\^([\w/-]*)(?:\(\.\*\)\$?|\.\*\$?)?$/.exec(regex) ?? []
  if (start === undefined) return false
  if (kind !== 'location' || !directive) return start === '' || start === '/'
  const { match, path } = locationPattern(directive)
  return (match === 'prefix' || match === 'prefix-first' || match === 'exact') && path.startsWith(start)
}
