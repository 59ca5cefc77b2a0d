/** A regular expression among the arguments of a directive. */
export interface RegexArgument {
  readonly index: number
  /** Where in the argument it begins. */
  readonly start: number
  readonly pattern: string
}

type Find = (values: readonly string[]) => readonly RegexArgument[]

/** What stands behind a mark; nothing without the mark. */
function marked(value: string | undefined, index: number, mark: RegExp): readonly RegexArgument[] {
  const start = value === undefined ? undefined : mark.exec(value)?.[0].length
  return value === undefined || start === undefined ? NOTHING : [{ index, start, pattern: value.slice(start) }]
}

const NOTHING: readonly RegexArgument[] = []

const NONE = /^/
const TILDE = /^~/
const TILDE_OR_CASELESS = /^~\*?/

const first =
  (mark: RegExp): Find =>
  ([value]) =>
    marked(value, 0, mark)
const all =
  (mark: RegExp): Find =>
  (values) =>
    values.some((value) => mark.test(value)) ? values.flatMap((value, index) => marked(value, index, mark)) : NOTHING

/** `location ~ x` and `location ~x`. */
const ofLocation: Find = ([value, path]) =>
  path === undefined
    ? marked(value, 0, TILDE_OR_CASELESS)
    : value === '~' || value === '~*'
      ? marked(path, 1, NONE)
      : []

/** ngx_http_rewrite_if_condition: the last `)` ends the condition. */
const ofCondition: Find = (values) => {
  const at = values.findIndex((value) => /^!?~\*?$/.test(value)) + 1
  const value = at === 0 ? undefined : values[at]
  if (value === undefined || !values.at(-1)?.endsWith(')')) return []
  return marked(at === values.length - 1 ? value.slice(0, -1) : value, at, NONE)
}

const finders: ReadonlyMap<string, Find> = new Map([
  ['fastcgi_split_path_info', first(NONE)],
  ['gzip_disable', all(NONE)],
  ['if', ofCondition],
  ['location', ofLocation],
  ['proxy_cookie_domain', first(TILDE)],
  ['proxy_cookie_flags', first(TILDE)],
  ['proxy_cookie_path', first(TILDE_OR_CASELESS)],
  ['proxy_redirect', first(TILDE_OR_CASELESS)],
  ['rewrite', first(NONE)],
  ['server_name', all(TILDE)],
  ['valid_referers', all(TILDE)],
])

/** Tells of the regular expressions among the arguments of a directive; undefined for one that takes none. */
export function regexFinder(name: string): Find | undefined {
  return finders.get(name)
}

/** The regular expression that the key of a row in a map is. */
export function regexOfKey(key: string): Omit<RegexArgument, 'index'> | undefined {
  return marked(key, 0, TILDE_OR_CASELESS)[0]
}
