import { changedIn } from '../nginx/defaults.ts'
import { isAtLeast, type TargetVersion } from '../nginx/version.ts'

/** A host and a port as RFC 3986 has them (ngx_http_validate_host of 1.29.4). */
const STRICT = /^(?:\[[\w:.~!$&'()*+,;=-]*\]|[\w.~!$&'()*+,;=%-]*)(?::(\d*))?$/

/**
 * The host that a `Host` header names, without its port: in lower case, a last dot dropped. Undefined where nginx
 * answers 400 (ngx_http_validate_host).
 */
export function requestHost(header: string, version: TargetVersion): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones
  if (/[\x00-\x20\x7f/]|\.\./.test(header)) return undefined
  if (isAtLeast(version, changedIn.strictHosts)) {
    const strict = STRICT.exec(header)
    if (!strict || Number(strict[1] ?? 0) > 65535) return undefined
  }
  const [host] = /^(?:\[[^\]]*\]?|[^:]*)/.exec(header) as RegExpExecArray
  return host.replace(/\.$/, '').toLowerCase() || undefined
}
