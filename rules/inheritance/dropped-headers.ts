import { blocksWith, type Directive } from '../../src/config/index.ts'
import { inherited, type Model, type Scope } from '../../src/effective/index.ts'
import { headerRowText } from '../../src/lint/header-row-text.ts'
import { hasRowsWithin, type LostRows, lostRows, rowsAnchor } from '../../src/lint/lost-rows.ts'
import type { FileEdit } from '../../src/lint/problem.ts'
import { MOST_COPIES } from '../../src/lint/repair/home.ts'
import { defineRule, type Subject } from '../../src/lint/rule.ts'
import { lineReference, relatedDirective } from '../../src/lint/wording.ts'
import { hasAddHeaderInherit } from '../../src/nginx/defaults.ts'
import { hasColon, headerName, type RowDirective, rowDirectives } from '../../src/nginx/header-rows.ts'
import { isMisspeltHeader } from '../../src/nginx/request-headers.ts'
import { decodeForDisplay, headText, layout } from '../../src/syntax/index.ts'

export default defineRule({
  summary: 'Headers of an outer level are lost, since a level with rows of its own inherits none',
  severity: 'warn',
  fix: 'safe',
  see: 'https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header',

  whole(subject, report) {
    const { model } = subject
    for (const rows of rowDirectives) {
      const blocks = blocksWith(rows.name, model.configuration)
      if (blocks.size === 0) continue
      for (const scope of model.scopes) {
        if (!blocks.has(scope.directive) || !hasOuter(scope, blocks)) continue
        const found = lostRows(scope, rows)
        const lost = found?.lost.filter((row) => !isOfHandshake(row)) ?? []
        const [first] = lost
        if (!found || !first) continue
        // Who repeats rows knows that they are not inherited. The few that are missing then may have been forgotten.
        const isKnowing = found.repeated > 0
        if (isKnowing && (found.repeated < 2 || found.repeated < lost.length)) continue
        const anchor = rowsAnchor(found)
        const strangers = lost.some(isHost) ? strangersBehind(scope, rows, model) : []
        const block = scope.directive ? `"${headText(scope.directive.statement)}"` : 'this file'
        report({
          at: anchor,
          message: `${block} loses ${namesOf(lost)} of ${lineReference(first, anchor, model.configuration)}: a level with "${rows.name}" rows of its own inherits none, so repeat ${lost.length > 1 ? 'them' : 'it'} here${doubt(strangers)}`,
          related: lost.slice(0, MOST_SHOWN).map((row) => relatedDirective(row, 'set here, and lost')),
          ...(isKnowing ? { severity: 'info' } : { edits: copies({ ...found, lost }, rows, anchor, subject) }),
          ...(rows.name === 'proxy_set_header' ? { restores: lost.map((row) => headerRowText(row)) } : {}),
          ...(strangers.length > 0 ? { safety: 'unsafe' } : {}),
        })
      }
    }
  },
})

/** Whether a scope around has such rows too: so it is with few, and the others lose none. */
function hasOuter({ parent }: Scope, blocks: ReadonlySet<Directive | undefined>): boolean {
  for (let level = parent; level; level = level.parent) if (blocks.has(level.directive)) return true
  return false
}

/** The rows that make a WebSocket handshake are the business of the rules for these. */
function isOfHandshake(row: Directive): boolean {
  const name = headerName(row.argument(0) ?? '')
  if (row.name !== 'proxy_set_header') return false
  if (/^(?:upgrade|connection|sec-websocket-.*)$/i.test(name)) return true
  return isMisspeltHeader(name, 'Upgrade') || isMisspeltHeader(name, 'Connection')
}

function isHost(row: Directive): boolean {
  return row.name === 'proxy_set_header' && row.argument(0)?.toLowerCase() === 'host'
}

/** Backends that go by a name in the world: they mostly answer to no other, so that losing `Host` may be meant. */
function strangersBehind(scope: Scope, { name, pass = '' }: RowDirective, { upstreams }: Model): string[] {
  const urls = [...scope.inwards()]
    .filter((inner) => inherited(inner, name).from === scope)
    .flatMap((inner) => inner.own(pass).map((directive) => directive.argument(0) ?? ''))
  const hosts = urls.map((url) => /^https?:\/\/([^/:$]+)(?::\d+)?(?:\/|$)/i.exec(url)?.[1] ?? '')
  return [...new Set(hosts)].filter((host) => /\.[a-z][a-z\d-]*$/i.test(host) && !upstreams.has(host) && !isNear(host))
}

/** Names for machines of one's own: https://www.rfc-editor.org/rfc/rfc6762#appendix-G and RFC 6761. */
function isNear(host: string): boolean {
  return /\.(?:local|localhost|internal|intranet|lan|home|corp|test)$/i.test(host)
}

function doubt(strangers: readonly string[]): string {
  return strangers.length === 0
    ? ''
    : `; but "Host" only if ${strangers.map(decodeForDisplay).join(' and ')} is to be asked by it`
}

const MOST_NAMES = 4
const MOST_SHOWN = 20

function namesOf(rows: readonly Directive[]): string {
  const names = [...new Set(rows.map((row) => decodeForDisplay(row.argument(0) ?? '')))]
  const shown = names.slice(0, MOST_NAMES).map((name) => `"${name}"`)
  const last = names.length > MOST_NAMES ? `${names.length - MOST_NAMES} more` : (shown.pop() as string)
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`
}

/** Backends refuse a request with two `Host` headers, or none, and read none with a colon: such rows are not spread further. */
function isAmiss(row: Directive, lost: readonly Directive[]): boolean {
  if (hasColon(row.argument(0) ?? '')) return true
  return isHost(row) && (row.argument(1) === '' || lost.filter(isHost).length > 1)
}

/** nginx refuses it, and it may be long. */
function hasTooManyWords({ statement }: Directive): boolean {
  return statement.words.length > MOST_WORDS
}

/** `add_header NAME VALUE always` */
const MOST_WORDS = 4

/** Edits that give the level the lost rows again. */
function copies(found: LostRows, rows: RowDirective, anchor: Directive, { model }: Subject): FileEdit[] {
  if (found.lost.length > MOST_COPIES || found.lost.some(hasTooManyWords)) return []
  // In a file that stands in several places, other rows may be lost in another.
  if (model.configuration.repeated.has(anchor.file)) return []
  const mayMerge = rows.inherit && hasAddHeaderInherit(model.target) && found.renamed === 0
  const isMerged = mayMerge && !hasRowsWithin(found.scope, rows.name) && found.scope.own(rows.inherit).length === 0
  if (found.lost.some((row) => isAmiss(row, found.lost))) return []
  const lines = isMerged
    ? [`${rows.inherit} merge;`]
    : found.lost.map((row) => `${row.statement.words.map((word) => word.raw).join(' ')};`)
  return [{ file: anchor.file, edit: layout.insertBefore(anchor.statement, lines) }]
}
