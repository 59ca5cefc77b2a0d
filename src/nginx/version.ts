export interface NginxVersion {
  readonly major: number
  readonly minor: number
  readonly patch: number
}

/** The version a configuration is meant for. Where nobody named one, what any supported version needs is asked for. */
export type TargetVersion = NginxVersion | 'unknown'

/** The highest minor number of each major one: 0.1.0 to 0.9.7, then 1.0.0 and on. There is no nginx 2. */
const highestMinor: ReadonlyMap<number, number> = new Map([
  [0, 9],
  [1, 999],
])

/** `1.22.1`, `1.22` and what `nginx -v` prints: `nginx version: nginx/1.22.1 (Ubuntu)`. */
const nginxPattern = /^(?:nginx version: )?(?:nginx\/)?(\d+)\.(\d+)(?:\.(\d+))?(?: \(.*\))?$/

/** OpenResty appends a number of its own to that of its nginx: `openresty/1.21.4.1`. */
const openrestyPattern = /^(?:nginx version: )?openresty\/(\d+)\.(\d+)\.(\d+)\.\d+$/

/** The version that `text` names, or undefined for what can't be an nginx version (`99.1`, `1.x`). */
export function parseVersion(text: string): NginxVersion | undefined {
  const found = nginxPattern.exec(text.trim()) ?? openrestyPattern.exec(text.trim())
  if (found === null) return undefined
  // No patch number is read as the first release of the series.
  const [, major, minor, patch] = found.map((part) => Number(part ?? 0))
  if (major === undefined || minor === undefined || patch === undefined) return undefined
  const limit = highestMinor.get(major)
  return limit !== undefined && minor <= limit && patch <= 999 ? { major, minor, patch } : undefined
}

/** Below zero when `a` is the older one, zero when both are the same. */
export function compareVersions(a: NginxVersion, b: NginxVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch
}

/** Whether `version` is `least` (such as `1.29.7`) or newer. An unknown version may be any, so it is not. */
export function isAtLeast(version: TargetVersion, least: string): boolean {
  if (version === 'unknown') return false
  const bound = parseVersion(least)
  if (bound === undefined) throw new RangeError(`"${least}" is no nginx version`)
  return compareVersions(version, bound) >= 0
}

/** Whether `version` is older than another for certain: an unknown one is not. */
export function isBefore(version: TargetVersion, other: string): boolean {
  return version !== 'unknown' && !isAtLeast(version, other)
}

export function formatVersion(version: NginxVersion): string {
  return `${version.major}.${version.minor}.${version.patch}`
}
