/**
 * The host that a `Host` header names, without its port: in lower case, a last dot dropped. Undefined where nginx
 * answers 400 (ngx_http_validate_host).
 */
export function requestHost(header: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones
  if (/[\x00-\x20\x7f/]|\.\./.test(header)) return undefined
  const [host] = /^(?:\[[^\]]*\]?|[^:]*)/.exec(header) as RegExpExecArray
  return host.replace(/\.$/, '').toLowerCase() || undefined
}
