import type { Directive } from '../config/index.ts'

const AVAILABLE = /-available\//

/**
 * Whether a directive is of a site that only lies in a folder such as sites-available: it is read in the place of those that
 * are enabled on the server, and which of them are, nobody knows here.
 */
export function isOfferedOnly(directive: Directive): boolean {
  for (let at: Directive | undefined = directive; at?.include; at = at.include)
    if (AVAILABLE.test(at.file.path) && !AVAILABLE.test(at.include.argument(0) ?? '')) return true
  return false
}
