/**
 * Directives of no fixed number of arguments that refuse a word which is none of theirs, though neither the table nor a form
 * says which words are: nginx 1.22.1 was given each of them with a word too many.
 */
const REFUSING: ReadonlySet<string> = new Set([
  'access_log',
  'client_body_temp_path',
  'dav_access',
  'disable_symlinks',
  'keepalive_timeout',
  'limit_req',
  'open_file_cache',
  'open_log_file_cache',
  'random',
  'resolver',
  'worker_cpu_affinity',
  ...['fastcgi', 'proxy', 'scgi', 'uwsgi'].flatMap((protocol) => [
    `${protocol}_cache_path`,
    `${protocol}_cache_valid`,
    `${protocol}_store_access`,
    `${protocol}_temp_path`,
  ]),
  ...['fastcgi', 'scgi', 'uwsgi'].map((protocol) => `${protocol}_param`),
])

/** Arguments that are also the names of directives (ngx_http_rewrite, ngx_http_upstream_random). */
const OWN_WORDS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['rewrite', new Set(['break'])],
  ['random', new Set(['least_conn', 'least_time'])],
])

/** Whether nginx refuses a directive with a word too many. Many take any word, as `server_name` does; false, too, where nobody looked. */
export function refusesStrayWords(name: string): boolean {
  return REFUSING.has(name)
}

/** Whether a word may be an argument of a directive, though it is the name of another one. */
export function isOwnWord(word: string, name: string): boolean {
  return OWN_WORDS.get(name)?.has(word) === true
}
