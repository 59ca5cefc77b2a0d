/** What a directive names, and another one declares. */
export interface NamedUse {
  /** The directive that declares it; of `stream`, that of `stream`. */
  readonly declaredBy: string
  /** The argument that has the name; -1 where nothing is named. */
  index(values: readonly string[]): number
  /** What stands before the name in it. */
  readonly prefix?: string
}

/** `proxy_cache` takes `off`, and a value with variables, which is looked up for each request. */
function cacheZone(declaredBy: string): NamedUse {
  return {
    declaredBy,
    index: ([value]) => (value === undefined || value === 'off' || value.includes('$') ? -1 : 0),
  }
}

/** Of `http`; `stream` has none. */
export const BUILT_IN_FORMAT = 'combined'

const uses: ReadonlyMap<string, NamedUse> = new Map<string, NamedUse>([
  [
    'access_log',
    {
      declaredBy: 'log_format',
      // ngx_http_log_set_log: the second argument is the format, whatever it looks like.
      index: ([path, format]) => (path === 'off' || format === undefined ? -1 : 1),
    },
  ],
  ...['proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name): [string, NamedUse] => [
    `${name}_cache`,
    cacheZone(`${name}_cache_path`),
  ]),
  // Of an upstream: some `zone` of the name has the size.
  ['zone', { declaredBy: 'zone', index: (values) => (values.length === 1 ? 0 : -1) }],
  ['limit_conn', { declaredBy: 'limit_conn_zone', index: () => 0 }],
  [
    'limit_req',
    {
      declaredBy: 'limit_req_zone',
      // All behind the "=" is the name here, `one:10m` too.
      prefix: 'zone=',
      index: (values) => values.findIndex((value) => value.startsWith('zone=')),
    },
  ],
])

/** What a directive names that must be declared; undefined for one that names nothing. */
export function namedUse(name: string): NamedUse | undefined {
  return uses.get(name)
}

/** What stands before the name. */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ...['proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => [`${name}_cache_path`, 'keys_zone='] as const),
  ['limit_conn_zone', 'zone='],
  ['limit_req_zone', 'zone='],
  ['log_format', ''],
  ['zone', ''],
])

/** What stands before the name in a directive that declares a zone or a format; undefined for other directives. */
export function declaringPrefix(name: string): string | undefined {
  return PREFIXES.get(name)
}

/** The name that a directive declares: `one` of `zone=one:10m`. */
export function declaredName(name: string, values: readonly string[]): string | undefined {
  const prefix = declaringPrefix(name)
  if (prefix === undefined || (name === 'zone' && values.length < 2)) return undefined
  const value = values.find((one) => one.startsWith(prefix))?.slice(prefix.length)
  return prefix === '' ? value : value?.split(':')[0]
}
