import type { Directive } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import type { Scope } from './scope.ts'

/** Directives that hand requests to a backend. They make a location redirect to its own name with the slash. */
const PASSES: ReadonlySet<string> = new Set([
  'proxy_pass',
  'fastcgi_pass',
  'grpc_pass',
  'memcached_pass',
  'scgi_pass',
  'uwsgi_pass',
])

/** Directives that make the content of a location: they set `clcf->handler`. */
const HANDLERS: ReadonlySet<string> = new Set([
  ...PASSES,
  'api',
  'content_by_lua',
  'content_by_lua_block',
  'content_by_lua_file',
  'empty_gif',
  'flv',
  'js_content',
  'mp4',
  'perl',
  'status',
  'stub_status',
])

/** Whether a location has a `proxy_pass` or its like: `auto_redirect` in ngx_http_proxy_pass and the others. */
export function passesRequests(location: Scope): boolean {
  return location.among(PASSES).length > 0
}

/** The directive of a block that makes its content; the last one holds. */
export const ownHandler: (scope: Scope) => Directive | undefined = memoize((scope: Scope) =>
  scope.among(HANDLERS).at(-1),
)

/**
 * The handler that a block brings when the request enters it (ngx_http_update_location_config). `limit_except` takes
 * over its location's backend (`lmt_excpt` in ngx_http_proxy_merge_loc_conf); an `if` leaves the handler as it is.
 */
export function enteredHandler(scope: Scope): Directive | undefined {
  const own = ownHandler(scope)
  if (own || scope.kind !== 'limit_except' || !scope.parent) return own
  const outer = ownHandler(scope.parent)
  return outer && PASSES.has(outer.name) ? outer : undefined
}
