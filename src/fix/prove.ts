import type { Directive } from '../config/index.ts'
import {
  assessHandshake,
  discarded,
  findWebSocketLocations,
  type Handshake,
  inherited,
  isMeantFor,
  isSpoilt,
  isWebSocketScheme,
  locationPattern,
  type Model,
  type Scope,
  setsHeader,
  setting,
} from '../effective/index.ts'
import { headerRowText } from '../lint/header-row-text.ts'
import { hasSyntaxProblems } from '../lint/lint.ts'
import type { LintedRoot } from '../lint/lint-roots.ts'
import { betweenCurlyQuotes } from '../nginx/curly-quotes.ts'
import { headerName } from '../nginx/header-rows.ts'
import { decodeForDisplay } from '../syntax/index.ts'
import type { FileChange, FixResult } from './fix-configuration.ts'

/**
 * Proof that fixes did what they were for, and nothing else. It looks at what holds where before and after, not at
 * the edits, so that a rule's mistake shows whatever it was. What it finds is a bug in ngxlint.
 * @returns one sentence for each thing that should not be; empty where all is well
 */
export function findFaults({ sound, after, changes, restored }: FixResult, isUnsafe: boolean): string[] {
  const changed = new Set(changes.map(({ realPath }) => realPath))
  return [
    ...changes.flatMap(touchedElsewhere),
    ...after.roots.flatMap((root, index) => {
      // Only files with wrong tokens or blocks were mended, if any: there is no meaning to compare with.
      const before = sound[index]
      if (!before) return []
      if (!before.configuration.files.some(({ realPath }) => changed.has(realPath))) return []
      return compareRoots(before, root, isUnsafe, restored)
    }),
  ]
}

/** Bytes outside of the edits must have stayed: what each byte of the old text became is looked up and compared. */
function touchedElsewhere({ path, oldText, newText, history }: FileChange): string[] {
  for (const { start, end } of history.kept(oldText.length)) {
    const moved = history.current(start)
    if (newText.slice(moved, moved + (end - start)) === oldText.slice(start, end)) continue
    return [`${path}: bytes ${start} to ${end} were to stay as they are`]
  }
  return []
}

function compareRoots(
  before: LintedRoot,
  after: LintedRoot,
  isUnsafe: boolean,
  restored: ReadonlySet<string>,
): string[] {
  const name = after.path
  if (hasSyntaxProblems(after.configuration)) return [`${name}: a fix made a syntax error`]
  const [old, fresh] = [before.model.proxying, after.model.proxying]
  if (old.length !== fresh.length)
    return [`${name}: there were ${old.length} proxying locations, and are ${fresh.length} after the fixes`]
  const webSockets = new Set(findWebSocketLocations(before.model).map(({ scope }) => scope))
  // Beside rows that a fix has written, a location may look as if it had lost them; to give it some is an unsafe fix.
  const fromNowOn = new Set(isUnsafe ? findWebSocketLocations(after.model).map(({ scope }) => scope) : [])
  return old.flatMap((scope, index) => {
    const twin = fresh[index] as Scope
    const label = scopeLabel(scope)
    if (label !== scopeLabel(twin)) return [`${name}: "${label}" became "${scopeLabel(twin)}"`]
    const differences =
      webSockets.has(scope) || fromNowOn.has(twin)
        ? compareWebSockets(scope, before.model, twin, after.model, isUnsafe, restored)
        : compareAll(scope, twin, isUnsafe, restored)
    return [...differences, ...doubled(scope, twin)].map((difference) => `${name}: ${label}: ${difference}`)
  })
}

/** Settings that a block around has twice, and had not: nginx does not start with them. */
function doubled(old: Scope, fresh: Scope): string[] {
  const before = [...old.outwards()]
  return [...fresh.outwards()].flatMap((level, index) => {
    const isNew = (name: string) => level.own(name).length > Math.max(1, before[index]?.own(name).length ?? 0)
    return SETTINGS.filter(isNew).map((name) => `${name} would stand twice in one block`)
  })
}

/** The blocks around a proxying scope: `server chat.example.com > location /ws`. */
function scopeLabel(scope: Scope): string {
  const names: string[] = []
  for (const level of scope.outwards()) {
    if (level.kind === 'http') break
    if (level.kind === 'location' && level.directive) {
      const { match, path } = locationPattern(level.directive)
      // A wildcard and the lack of a slash, with which no request ever comes, may be mended.
      names.unshift(
        `location ${match === 'prefix' ? '' : `(${match}) `}${path.replace(/\*+$|^\^?\/?/g, (found) => (found.startsWith('*') ? '' : '/'))}`,
      )
    } else if (level.kind === 'server') names.unshift(`server ${level.own('server_name')[0]?.argument(0) ?? ''}`.trim())
    else names.unshift(conditionLabel(level))
  }
  return decodeForDisplay(names.join(' > '))
}

/** An `if`, `limit_except`, or the like; of one for handshakes the very words may be mended. */
function conditionLabel({ kind, directive }: Scope): string {
  const words = directive?.values ?? []
  const isForHandshakes = kind === 'if' && words.some((word) => /^\(?\$http_(?:upgrade|connection)$/i.test(word))
  return isForHandshakes ? 'if of handshakes' : [kind, ...words].join(' ')
}

/** Single settings that decide what a backend gets, and for how long it is waited for. */
const SETTINGS = [
  'proxy_http_version',
  'proxy_method',
  'proxy_pass_request_headers',
  'proxy_pass_request_body',
  'proxy_set_body',
  'proxy_buffering',
  'proxy_request_buffering',
  'proxy_connect_timeout',
  'proxy_send_timeout',
  'proxy_read_timeout',
  'proxy_redirect',
  'proxy_ssl_server_name',
  'proxy_ssl_name',
] as const

/** The settings that a handshake may be mended with; unsafe fixes may set the others here, too. */
const OF_HANDSHAKE: ReadonlySet<string> = new Set(['proxy_http_version'])
const BY_UNSAFE_FIXES: ReadonlySet<string> = new Set(['proxy_read_timeout', 'proxy_send_timeout'])

function compareAll(old: Scope, fresh: Scope, isUnsafe: boolean, restored: ReadonlySet<string>): string[] {
  const read = readerOf(isUnsafe)
  return [
    ...differences('proxy_pass', schemeless(read(passOf(old))), schemeless(read(passOf(fresh)))),
    ...SETTINGS.flatMap((name) => differences(name, settingOf(old, name, read), settingOf(fresh, name, read))),
    ...rowDifferences(old, fresh, () => true, restored, read),
  ]
}

/**
 * In a WebSocket location `Upgrade`, `Connection`, the version and the scheme may change, and if they do, then to
 * what a handshake needs; what was good stays good; all else is as before.
 */
function compareWebSockets(
  old: Scope,
  oldModel: Model,
  fresh: Scope,
  freshModel: Model,
  isUnsafe: boolean,
  restored: ReadonlySet<string>,
): string[] {
  const names = ['Upgrade', 'Connection'] as const
  const read = readerOf(isUnsafe)
  const isAbout = (row: Directive, name: 'Upgrade' | 'Connection') =>
    setsHeader(row, name) ||
    isMeantFor(row, name, oldModel) ||
    read(row.argument(0) ?? '').toLowerCase() === name.toLowerCase()
  const isOther = (row: Directive) => !names.some((name) => isAbout(row, name))
  const settings = SETTINGS.filter((name) => !OF_HANDSHAKE.has(name) && !(isUnsafe && BY_UNSAFE_FIXES.has(name)))
  const before = assessHandshake(old, oldModel)
  const after = assessHandshake(fresh, freshModel)
  return [
    ...passDifferences(schemeless(read(passOf(old))), schemeless(read(passOf(fresh))), isUnsafe),
    ...settings.flatMap((name) => differences(name, settingOf(old, name, read), settingOf(fresh, name, read))),
    ...rowDifferences(old, fresh, isOther, restored, read),
    ...newObstacles(before, after),
    ...PARTS.flatMap((part) => worsened(part, before, after)),
  ]
}

function differences(what: string, old: string, fresh: string): string[] {
  return old === fresh
    ? []
    : [`${what} was ${decodeForDisplay(old) || 'not set'}, and is ${decodeForDisplay(fresh) || 'not set'}`]
}

/** The last one: nginx refuses a second, and an unsafe fix may take the others out. */
function passOf(scope: Scope): string {
  return scope.own('proxy_pass').at(-1)?.argument(0) ?? ''
}

/** An unsafe fix may give it the slash at the end that its location's path has. */
function passDifferences(old: string, fresh: string, isUnsafe: boolean): string[] {
  return isUnsafe && fresh === `${old}/` ? [] : differences('proxy_pass', old, fresh)
}

function schemeless(url: string): string {
  return url.replace(/^(ws|http)(s?):/i, 'http$2:')
}

function settingOf(scope: Scope, name: string, read: Reader): string {
  const { directive } = setting(scope, name)
  return directive ? directive.values.map(read).join(' ') : ''
}

type Reader = (value: string) => string

/** How values are compared: an unsafe fix makes straight quotes of curly ones, which were a part of them, where it can. */
function readerOf(isUnsafe: boolean): Reader {
  return isUnsafe ? (value) => betweenCurlyQuotes(value) ?? value : asWritten
}

function asWritten(value: string): string {
  return value
}

/**
 * The rows that a backend gets must be as before, in their order. Besides them there may be rows that a fix means to bring back, if an outer level
 * had them, its own rows had dropped them, and none of those in force has their name.
 */
function rowDifferences(
  old: Scope,
  fresh: Scope,
  isMeant: (row: Directive) => boolean,
  restored: ReadonlySet<string>,
  read: Reader,
): string[] {
  const [before, after] = [old, fresh].map((scope) => rowsOf(scope, isMeant)) as [Directive[], Directive[]]
  const names = new Set(before.map(nameOf))
  const lost = new Set(discarded(old, 'proxy_set_header').flatMap((row) => [headerRowText(row), mendedText(row)]))
  const isRestored = (row: Directive) =>
    restored.has(headerRowText(row)) && lost.has(headerRowText(row)) && !names.has(nameOf(row))
  const kept = after.filter((row) => !isRestored(row))
  const expected = before.map((row, index) => withoutSpoiltName(row, kept[index], read))
  return differences('proxy_set_header', expected.join(', '), kept.map((row) => headerRowText(row, read)).join(', '))
}

/** The text of a row whose name has lost its colon. */
function mendedText(row: Directive): string {
  const name = row.argument(0) ?? ''
  return headerRowText(row).replace(name, () => headerName(name))
}

function rowsOf(scope: Scope, isMeant: (row: Directive) => boolean): Directive[] {
  return inherited(scope, 'proxy_set_header').directives.filter(isMeant)
}

function nameOf(row: Directive): string {
  return headerName(row.argument(0) ?? '').toLowerCase()
}

/** The text of a row; where its name lost a colon, the new one. */
function withoutSpoiltName(row: Directive, fresh: Directive | undefined, read: Reader): string {
  const isMended = fresh && isSpoilt(row) && !isSpoilt(fresh) && nameOf(row) === nameOf(fresh)
  return isMended && row.argument(1) === fresh.argument(1) ? headerRowText(fresh, read) : headerRowText(row, read)
}

function newObstacles(before: Handshake, after: Handshake): string[] {
  const known = new Set(before.obstacles.map(({ kind, detail }) => `${kind} ${detail}`))
  const fresh = after.obstacles.filter(({ kind, detail }) => !known.has(`${kind} ${detail}`))
  return fresh.map(({ kind, detail }) => `a handshake now meets "${kind} ${detail}"`)
}

/** One thing that a handshake needs: what it is now, and whether that will do. */
interface Part {
  readonly name: string
  value(handshake: Handshake): string
  isGood(handshake: Handshake): boolean
}

const headerPart = (which: 'upgrade' | 'connection', header: 'Upgrade' | 'Connection'): Part => ({
  name: header,
  value: ({ rows, [which]: finding }) => {
    const own = rows.filter((row) => setsHeader(row, header)).map((row) => row.argument(1))
    return `${own.join(', ')} ${finding.state} ${finding.value ?? ''}`
  },
  isGood: ({ [which]: { state } }) => state === 'good' || state === 'unknown',
})

const PARTS: readonly Part[] = [
  {
    name: 'proxy_http_version',
    value: ({ version }) => version.value,
    isGood: ({ version }) => version.state === 'good',
  },
  headerPart('upgrade', 'Upgrade'),
  headerPart('connection', 'Connection'),
  {
    name: 'proxy_pass',
    value: ({ target }) => target.scheme,
    isGood: ({ target }) => !isWebSocketScheme(target.scheme),
  },
]

function worsened({ name, value, isGood }: Part, before: Handshake, after: Handshake): string[] {
  if (isGood(after) || (!isGood(before) && value(before) === value(after))) return []
  return [
    `${name} is still not what a handshake needs: it was "${value(before).trim()}", and is "${value(after).trim()}"`,
  ]
}
