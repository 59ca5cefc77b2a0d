import { directiveEntries } from './directives.ts'

/** Which arguments of a directive nginx takes apart for variables (ngx_http_compile_complex_value and its like). */
export type VariableArguments = 'all' | 'none' | { readonly from: number; readonly to?: number }

/**
 * Directives whose variables nginx resolves while it reads the configuration, beyond those that the table marks; and those
 * of the marked ones in which some arguments are something else.
 */
const special: ReadonlyMap<string, VariableArguments> = new Map<string, VariableArguments>([
  ['log_format', { from: 1 }], // ngx_http_log_compile_format
  ['if', 'all'], // ngx_http_rewrite_variable
  ['geo', { from: 0, to: 1 }],
  ['map', { from: 0, to: 1 }],
  ['split_clients', { from: 0, to: 1 }],
  ['set', { from: 1 }],
  ['auth_request_set', { from: 1 }],
  ['rewrite', { from: 1 }],
  ['add_header', { from: 1 }],
  ['add_trailer', { from: 1 }],
  ['proxy_set_header', { from: 1 }],
  ['grpc_set_header', { from: 1 }],
  ['fastcgi_param', { from: 1 }],
  ['scgi_param', { from: 1 }],
  ['uwsgi_param', { from: 1 }],
  ['error_page', { from: 1 }],
  ['hash', { from: 0, to: 1 }],
  ['limit_conn_zone', { from: 0, to: 1 }],
  ['limit_req_zone', { from: 0, to: 1 }],
  // `$` stands for itself, or nothing is known.
  ['sticky', 'none'],
  ['server_name', 'none'],
])

/** The arguments of a directive that may hold variables; none for a directive of another's module, whose code nobody asked. */
export function variableArguments(name: string): VariableArguments {
  const known = special.get(name)
  if (known) return known
  const entries = directiveEntries(name).filter((entry) => !entry.thirdParty && !entry.commercial)
  return entries.length > 0 && entries.every((entry) => entry.vars) ? 'all' : 'none'
}

/**
 * The arguments by which a directive gives variables a value, where they are variables as a whole. A module from elsewhere
 * may define what it names so; nobody asked its code.
 */
export function definedArguments(name: string): 'any' | 'last' | 'first' | 'none' {
  const known = definers.get(name)
  if (known) return known
  const entries = directiveEntries(name)
  return entries.every((entry) => entry.thirdParty || entry.commercial) ? 'any' : 'none'
}

const definers: ReadonlyMap<string, 'first' | 'last'> = new Map([
  ['set', 'first'],
  ['auth_request_set', 'first'],
  ['perl_set', 'first'],
  ['map', 'last'],
  ['geo', 'last'],
  ['split_clients', 'last'],
])

/**
 * Whether a directive brings code, or pages, that may read any variable by its name: Lua's `ngx.var.x`, njs's
 * `r.variables.x`, Perl's `$r->variable("x")`, and `<!--# echo var="x" -->` of SSI.
 */
export function takesVariablesByName(name: string, firstArgument: () => string | undefined): boolean {
  if (name === 'ssi') return firstArgument()?.toLowerCase() !== 'off'
  return /_by_lua(?:_block|_file)?$|^js_|^perl(?:_|$)|^modsecurity/.test(name)
}
