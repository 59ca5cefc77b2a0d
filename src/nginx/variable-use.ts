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
 * Whether a directive may give the variable that it names as a whole argument: for nginx's own ones that is known; what a
 * module from elsewhere names so, it may define.
 */
export function mayDefineVariables(name: string): boolean {
  if (definers.has(name)) return true
  const entries = directiveEntries(name)
  return entries.length === 0 || entries.some((entry) => entry.thirdParty || entry.commercial)
}

const definers: ReadonlySet<string> = new Set([
  'set',
  'map',
  'geo',
  'split_clients',
  'auth_request_set',
  'perl_set',
  // ngx_http_userid_module and ngx_http_limit_conn_module have none that is named by the configuration.
])
