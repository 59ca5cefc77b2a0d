import type { Directive } from '../../config/index.ts'
import type { Handshake, Scope, WebSocketLocation } from '../../effective/index.ts'
import type { Subject } from '../rule.ts'
import { webSocketsByScope } from './consent.ts'

/** Lines that go into a location's own block: where they go, and what must come along. */

/**
 * The statement of a location's own block that new lines go beside.
 * @param removed rows that are taken out
 */
export function homeAnchor(
  home: Scope,
  proxying: Scope,
  removed: ReadonlySet<Directive>,
): { readonly directive: Directive; readonly side: 'after' | 'before' } | undefined {
  const rows = home.own('proxy_set_header').findLast((row) => !removed.has(row))
  const version = home.own('proxy_http_version').at(-1)
  if (rows) return { directive: directIn(home, rows), side: 'after' }
  const pass = home.own('proxy_pass').at(-1)
  if (version) return { directive: directIn(home, version), side: 'after' }
  if (pass) return { directive: directIn(home, pass), side: 'after' }
  return proxying.directive && { directive: directIn(home, proxying.directive), side: 'before' }
}

/** The statement in the file of the block itself that a directive is, or that includes it. */
function directIn(home: Scope, directive: Directive): Directive {
  const blockInclude = home.directive?.include
  let at = directive
  // An `if` inside of an `if` cannot be, but one inside of the location is its own child.
  while (at.parent !== home.directive && at.parent) at = at.parent
  while (at.include && at.include !== blockInclude && at.include.parent === home.directive) at = at.include
  return at
}

function lineOf(directive: Directive): string {
  return `${directive.statement.words.map((word) => word.raw).join(' ')};`
}

function fingerprint({ version, upgrade, connection, rows }: Handshake): string {
  return [version.state, upgrade.state, connection.state, ...rows.map(lineOf)].join('\n')
}

/** More rows than people have at one level: as many again in each location below it would make a file that nobody wants. */
export const MOST_COPIES = 200

/** The rows a location inherits, as its own: the same `include` where they all come from one, else a copy of each. */
export function copiesOfInheritedRows({ rows, rowsFrom, upgrade, connection }: Handshake): string[] {
  const replaced = new Set([...upgrade.rows, ...connection.rows])
  const others = rows.filter((row) => !replaced.has(row))
  const include = others[0]?.include
  const isWholeFile =
    include !== undefined &&
    include.parent === rowsFrom?.directive &&
    others.length === rows.length &&
    others.every((row) => row.include === include) &&
    others[0]?.file.tree.statements.every((statement) => statement.name === 'proxy_set_header')
  return isWholeFile ? [lineOf(include)] : others.map(lineOf)
}

/** Whether a location, if its file is included in several places, inherits and lacks the same in all of them. */
export function isAlikeEverywhere({ scope, handshake }: WebSocketLocation, subject: Subject): boolean {
  if (!scope.directive) return true
  const byScope = webSocketsByScope(subject.webSockets)
  return subject.model.instancesOf(scope.directive).every((instance) => {
    const twin = instance === scope.directive ? scope : subject.model.scopeOf(instance)
    const other = twin && byScope.get(twin)
    if (other?.handshake === handshake) return true
    return other !== undefined && fingerprint(other.handshake) === fingerprint(handshake)
  })
}
