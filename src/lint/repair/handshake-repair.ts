import type { Directive } from '../../config/index.ts'
import { memoize } from '../../config/memoize.ts'
import {
  evaluateBoth,
  type Handshake,
  type HeaderFinding,
  isSpoilt,
  type Model,
  type Scope,
  type WebSocketLocation,
} from '../../effective/index.ts'
import { defaultConnectionHeader } from '../../nginx/defaults.ts'
import { layout, mergeDeletions, type Span, type Statement } from '../../syntax/index.ts'
import { withoutColon } from '../header-colon.ts'
import { awaitsRow } from '../header-directive.ts'
import type { FileEdit, Safety } from '../problem.ts'
import type { Subject } from '../rule.ts'
import { type ConnectionValue, connectionValue } from './connection-value.ts'
import { allWant, type Want, webSocketsByScope, wouldSeemLost } from './consent.ts'
import { copiesOfInheritedRows, homeAnchor, isAlikeEverywhere, MOST_COPIES } from './home.ts'
import { mapBehind, repairMap } from './map-repair.ts'
import { reachedWithin, reachOf } from './reach.ts'

/** The edits that make one location's handshake good. All problems of that location share them. */
export interface Repair {
  readonly edits: readonly FileEdit[]
  readonly safety: Safety
}

/**
 * The smallest edits that give a WebSocket location what its handshake lacks, where the intent is written: beside the
 * lines it has already, in whichever level or snippet they stand, if all that those reach is meant for WebSockets and
 * lacks the same; else in the location itself, with copies of the rows that it inherits. Undefined where that would
 * change anything else.
 */
export function repairHandshake(location: WebSocketLocation, subject: Subject): Repair | undefined {
  const known = repairsOf(subject.webSockets)
  if (!known.has(location)) known.set(location, new RepairPlan(location, subject).plan())
  return known.get(location)
}

/** The `Connection` value that suits a location, and all others that share its WebSocket rows. */
export function connectionFor(location: WebSocketLocation, subject: Subject): ConnectionValue {
  const sibling = location.handshake.upgrade.rows[0] ?? location.handshake.connection.rows[0]
  const isSocketsOnly = homeIsForSockets(location, subject) && (!sibling || reachesSocketsOnly(sibling, subject))
  return connectionValue(location, isSocketsOnly, subject.model)
}

/** Whether no WebSocket scope of its location gets other requests: the lines of an `if` stand in the location around it, for both. */
function homeIsForSockets({ scope, isSocketsOnly }: WebSocketLocation, { webSockets }: Subject): boolean {
  return isSocketsOnly && !(scope.location && homesOfOthers(webSockets).has(scope.location))
}

const homesOfOthers = memoize(
  (webSockets: readonly WebSocketLocation[]) =>
    new Set(webSockets.flatMap(({ scope, isSocketsOnly }) => (isSocketsOnly ? [] : (scope.location ?? [])))),
)

/** Whether all locations that a row reaches are for sockets only. A row of `http` may reach all, so it is asked once. */
function reachesSocketsOnly(row: Directive, subject: Subject): boolean {
  const known = rowsForSockets(subject.webSockets)
  let answer = known.get(row.statement)
  if (answer === undefined) {
    const byScope = webSocketsByScope(subject.webSockets)
    answer = reachOf(row, 'proxy_set_header', subject.model).every((scope) => byScope.get(scope)?.isSocketsOnly)
    known.set(row.statement, answer)
  }
  return answer
}

const rowsForSockets = memoize((_: readonly WebSocketLocation[]) => new Map<Statement, boolean>())

/** What is added beside the WebSocket rows in force, and in the location's own block. */
interface Lines {
  readonly beside: string[]
  readonly home: string[]
}

class RepairPlan {
  readonly #location: WebSocketLocation
  readonly #handshake: Handshake
  readonly #subject: Subject
  readonly #model: Model
  /** Where lines may stand: proxy_set_header is not allowed in `if` or `limit_except`. */
  readonly #home: Scope
  readonly #edits: FileEdit[] = []
  /** Rows that are taken out: no place to add others at. */
  readonly #removed = new Set<Directive>()
  readonly #connection: ConnectionValue
  /** What mends the map that makes `Connection` wrong, the row of which can stay then. */
  readonly #mapEdits: readonly FileEdit[]

  constructor(location: WebSocketLocation, subject: Subject) {
    this.#location = location
    this.#handshake = location.handshake
    this.#subject = subject
    this.#model = subject.model
    this.#home = location.scope.location ?? location.scope
    this.#connection = connectionFor(location, subject)
    const map = mapBehind(this.#handshake.connection, this.#model)
    this.#mapEdits = (map && repairMap(map, this.#model)) ?? []
  }

  plan(): Repair | undefined {
    const { version, upgrade, connection, rowsFrom } = this.#handshake
    const wantsVersion = version.state !== 'good' && version.certainty !== 'unresolved'
    const headers = [upgrade, connection].filter((one) => this.#isToMend(one))
    if (!wantsVersion && headers.length === 0) return undefined
    // Each location would take all of them out.
    if (headers.some(({ rows }) => rows.length > MOST_COPIES)) return undefined

    const places = new Map(headers.map((header) => [header, this.#placeFor(header)]))
    const isOutOfPlace = [...places.values()].some((place) => place === 'home' || place === 'nowhere')
    const lines: Lines = { beside: [], home: [] }
    if (rowsFrom !== this.#home && isOutOfPlace) {
      if (this.#handshake.rows.length > MOST_COPIES) return undefined
      lines.home.push(...this.#rowsOfItsOwn())
    } else {
      // Rows of a snippet that others need as they are can't be taken back by rows beside them.
      if ([...places.values()].includes('nowhere')) return undefined
      for (const [header, place] of places) {
        if (place === 'rows') this.#mendRows(header)
        else lines[place === 'beside' ? 'beside' : 'home'].push(this.#rowText(header.name))
      }
    }
    if (wantsVersion && !this.#mendVersionDirective() && !this.#placeVersion(lines)) return undefined
    if (lines.beside.length > 0) this.#addBeside(lines.beside)
    if (lines.home.length > 0 && !this.#addAtHome(lines.home)) return undefined
    return this.#repair(headers.includes(connection) && !keepsValue(connection))
  }

  #isToMend(header: HeaderFinding): boolean {
    const { name, state } = header
    if (name === 'Connection' && this.#mapEdits.length > 0) return false
    return isMendable(header) && !(state === 'missing' && awaitsRow(this.#location, name))
  }

  /** Puts a version where the other lines go; false where the location has one already. */
  #placeVersion(lines: Lines): boolean {
    const isHomeward = lines.home.length > 0
    const sibling = isHomeward ? undefined : this.#siblings()[0]
    const promised = this.#promisedVersion(sibling)
    if (promised) {
      // Where there are lines to add at its place, it is written with them: one insertion there, or two that conflict.
      if (lines.beside.length > 0 && sibling?.file === promised.file) lines.beside.unshift(VERSION_LINE)
      else if (isHomeward && this.#home.directive?.file === promised.file) lines.home.unshift(VERSION_LINE)
      else this.#edits.push(promised)
    } else if (sibling && this.#mayAddVersionBeside(sibling)) lines.beside.unshift(VERSION_LINE)
    else if (this.#home.own('proxy_http_version').length === 0) lines.home.unshift(VERSION_LINE)
    else return false
    return true
  }

  #repair(needsValue: boolean): Repair {
    if (needsValue) this.#edits.push(...this.#connection.edits)
    this.#edits.push(...this.#mapEdits)
    // Rows that were dropped may have been dropped on purpose.
    const isSafe = this.#location.evidence.isCertain && (!needsValue || this.#connection.safety === 'safe')
    return { edits: this.#edits, safety: isSafe ? 'safe' : 'unsafe' }
  }

  /** The WebSocket rows in force, but for those that double another and are taken out: these are no place to add others at. */
  #siblings(): readonly Directive[] {
    const headers = [this.#handshake.upgrade, this.#handshake.connection]
    return headers.flatMap((header) => (isMadeOne(header) ? this.#keptFirst(header).slice(0, 1) : header.rows))
  }

  /** The rows of a header, first the one to keep where it is sent too often. */
  #keptFirst(header: HeaderFinding): readonly Directive[] {
    const needed = this.#rowToKeep(header)
    return needed ? [needed, ...header.rows.filter((row) => row !== needed)] : bestFirst(header.rows)
  }

  /**
   * Where a header is mended: in its rows or beside the other header's, if all that those reach wants the same; else in
   * the location itself, which is no place for a header that has rows already.
   */
  #placeFor(header: HeaderFinding): 'rows' | 'beside' | 'home' | 'nowhere' {
    const want: Want = { what: header.name === 'Upgrade' ? 'upgrade' : 'connection', state: header.state }
    if (header.state === 'colon' && this.#isDefaultForOthers(header)) return 'rows'
    const isOuter = this.#handshake.rowsFrom !== this.#home
    const isWanted = (row: Directive) =>
      allWant(row, 'proxy_set_header', want, this.#subject) && !(isOuter && wouldSeemLost(row, this.#subject))
    if (header.rows.length > 0)
      return header.rows.every(isWanted) || this.#rowToKeep(header) !== undefined ? 'rows' : 'nowhere'
    const [sibling] = this.#siblings()
    return sibling && isWanted(sibling) && !isTwiceInOneBlock(sibling, this.#model) ? 'beside' : 'home'
  }

  /** Whether requests that are no handshakes get the same from these rows as without them: so they may be mended for all. */
  #isDefaultForOthers({ name, rows }: HeaderFinding): boolean {
    const sent = name === 'Connection' ? (defaultConnectionHeader(this.#model.target) ?? '') : ''
    return rows.every((row) => evaluateBoth(row.argument(1) ?? '', this.#model).ordinary === sent)
  }

  /** All rows that a location needs which has had none of its own. */
  #rowsOfItsOwn(): string[] {
    return [...copiesOfInheritedRows(this.#handshake), this.#rowText('Upgrade'), this.#rowText('Connection')]
  }

  /** Of rows that double a header, the one that others need as it is, and for which it is good: the rest can go. */
  #rowToKeep(header: HeaderFinding): Directive | undefined {
    if (header.state !== 'doubled') return undefined
    const what = header.name === 'Upgrade' ? 'upgrade' : 'connection'
    const isDoubled = (row: Directive) => allWant(row, 'proxy_set_header', { what, state: 'doubled' }, this.#subject)
    const [kept, ...others] = header.rows.filter((row) => !isDoubled(row))
    if (!kept || others.length > 0) return undefined
    const byScope = webSocketsByScope(this.#subject.webSockets)
    const reached = reachOf(kept, 'proxy_set_header', this.#model).map((scope) => byScope.get(scope)?.handshake[what])
    return reached.some((other) => other?.state === 'good') ? kept : undefined
  }

  #addBeside(lines: readonly string[]): void {
    const siblings = this.#siblings()
    const { file } = siblings[0] as Directive
    const last = siblings
      .filter((row) => row.file === file)
      .toSorted(bySource)
      .at(-1) as Directive
    const added = { file: last.file, edit: layout.insertAfter(last.statement, lines) }
    this.#edits.push(added)
    if (lines.includes(VERSION_LINE)) this.#promiseVersion(added, last)
  }

  /** The edit of an earlier plan that gives a version to this location's block, or to all blocks that the sibling stands in. */
  #promisedVersion(sibling: Directive | undefined): FileEdit | undefined {
    const promised = promisedVersions(this.#subject.webSockets)
    const own = promised.get(this.#home)
    if (own || !sibling) return own
    const [first, ...others] = new Set(this.#levelsOf(sibling).map((level) => level && promised.get(level)))
    return others.length === 0 ? first : undefined
  }

  /** The blocks that a directive stands in: several where its file is included in more than one. */
  #levelsOf(directive: Directive): readonly (Scope | undefined)[] {
    return this.#model
      .instancesOf(directive)
      .map(({ parent }) => (parent && parent === this.#home.directive ? this.#home : this.#model.scopeOf(parent)))
  }

  /** @param neighbour stands in the block that gets the version, wherever its file is included */
  #promiseVersion(added: FileEdit, neighbour: Directive): void {
    if (promisedVersions(this.#subject.webSockets).has(this.#home)) return
    for (const level of this.#levelsOf(neighbour))
      if (level) promisedVersions(this.#subject.webSockets).set(level, added)
  }

  #mayAddVersionBeside(row: Directive): boolean {
    const { state, directive } = this.#handshake.version
    if (directive) return false
    const promised = promisedVersions(this.#subject.webSockets)
    if (isTwiceInOneBlock(row, this.#model)) return false
    const isFree = this.#levelsOf(row).every(
      (level) => level?.own('proxy_http_version').length === 0 && !promised.has(level),
    )
    return isFree && allWant(row, 'proxy_http_version', { what: 'version', state }, this.#subject)
  }

  /** Sets one of the rows of a header right, and takes the others out. */
  #mendRows(header: HeaderFinding): void {
    if (header.state === 'colon') {
      this.#edits.push(...header.rows.flatMap(withoutColon))
      return
    }
    if (header.state === 'misspelt') {
      this.#edits.push(...header.rows.flatMap((row) => renamed(row, header.name)))
      return
    }
    const [kept, ...others] = this.#keptFirst(header)
    const value = kept && wordsFrom(kept, 2)
    if (!kept || !value) return
    if (header.state !== 'doubled')
      this.#edits.push({ file: kept.file, edit: layout.replace(value, this.#valueFor(header.name)) })
    for (const row of others) this.#removed.add(row)
    for (const file of new Set(others.map((row) => row.file))) {
      const deletions = others.filter((row) => row.file === file).map((row) => layout.remove(row.statement))
      this.#edits.push(...mergeDeletions(deletions).map((edit) => ({ file, edit })))
    }
  }

  /** Corrects a `proxy_http_version` that is wrong, where all that it reaches wants so. */
  #mendVersionDirective(): boolean {
    const { directive } = this.#handshake.version
    const value = directive && wordsFrom(directive, 1)
    if (!directive || !value) return false
    const wrong: Want = { what: 'version', state: 'wrong' }
    if (!allWant(directive, 'proxy_http_version', wrong, this.#subject)) return false
    this.#edits.push({ file: directive.file, edit: layout.replace(value, '1.1') })
    return true
  }

  /** Adds lines to the location's own block; false where others, in it or by its file, would take them otherwise. */
  #addAtHome(lines: readonly string[]): boolean {
    const anchor = homeAnchor(this.#home, this.#location.scope, this.#removed)
    if (!anchor || !isAlikeEverywhere(this.#location, this.#subject) || !this.#isWantedBelow(lines)) return false
    const { directive, side } = anchor
    const edit =
      side === 'after'
        ? layout.insertAfter(directive.statement, lines)
        : layout.insertBefore(directive.statement, lines)
    const added = { file: directive.file, edit }
    this.#edits.push(added)
    if (lines.includes(VERSION_LINE)) this.#promiseVersion(added, directive)
    return true
  }

  /** Whether the locations inside of this one that inherit the lines are for WebSockets as well, and lack the same. */
  #isWantedBelow(lines: readonly string[]): boolean {
    const byScope = webSocketsByScope(this.#subject.webSockets)
    const { version, upgrade, connection } = this.#handshake
    const areWanted = (name: string, lacks: (handshake: Handshake) => boolean) =>
      reachedWithin(this.#home, name).every((scope) => {
        if (scope === this.#location.scope) return true
        const inner = byScope.get(scope)
        return inner?.evidence.isCertain === true && lacks(inner.handshake)
      })
    const hasRows = lines.some((line) => line !== VERSION_LINE)
    return (
      (!lines.includes(VERSION_LINE) ||
        areWanted('proxy_http_version', (own) => own.version.state === version.state)) &&
      (!hasRows ||
        areWanted(
          'proxy_set_header',
          (own) => own.upgrade.state === upgrade.state && own.connection.state === connection.state,
        ))
    )
  }

  #rowText(name: 'Upgrade' | 'Connection'): string {
    return `proxy_set_header ${name} ${this.#valueFor(name)};`
  }

  #valueFor(name: 'Upgrade' | 'Connection'): string {
    if (name === 'Connection') {
      const { connection } = this.#handshake
      return connection.state === 'good' || keepsValue(connection) || this.#mapEdits.length > 0
        ? (connection.rows[0]?.statement.words[2]?.raw ?? this.#connection.value)
        : this.#connection.value
    }
    return '$http_upgrade'
  }
}

/**
 * The blocks that get a version by a repair planned before, and that edit: a block that includes a snippet may get it there,
 * for the sake of another location, and must not get it twice.
 */
const promisedVersions = memoize((_: readonly WebSocketLocation[]) => new Map<Scope, FileEdit>())

/** Whether some block includes the file of a row twice: so it would have twice what is added there. */
function isTwiceInOneBlock(row: Directive, model: Model): boolean {
  const known = repeatsKnown(model)
  let answer = known.get(row.statement)
  if (answer === undefined) {
    const blocks = model.instancesOf(row).map(({ parent }) => parent)
    answer = new Set(blocks).size < blocks.length
    known.set(row.statement, answer)
  }
  return answer
}

const repeatsKnown = memoize((_: Model) => new Map<Statement, boolean>())

const VERSION_LINE = 'proxy_http_version 1.1;'

/** States that rows can cure; a variable that nothing defines is cured by its map. */
function isMendable({ state, certainty, name, undefinedVariable, rows }: HeaderFinding): boolean {
  if (certainty === 'unresolved' && state === 'missing') return false
  // The row of a file that is included twice is one to keep.
  if (state === 'doubled' && new Set(rows.map(({ statement }) => statement)).size < rows.length) return false
  if (state === 'undefined variable') return name === 'Upgrade' && undefinedVariable !== undefined
  return state !== 'good' && state !== 'unknown'
}

/** Whether all rows of a header but one are taken out, where it has several. */
function isMadeOne(header: HeaderFinding): boolean {
  return isMendable(header) && !keepsValue(header)
}

/** Whether it is the name of its row that is wrong. */
function keepsValue({ state }: HeaderFinding): boolean {
  return state === 'colon' || state === 'misspelt'
}

function renamed({ file, statement }: Directive, name: string): FileEdit[] {
  const word = statement.words[1]
  if (!word) return []
  const { length } = word.quote
  return [{ file, edit: layout.replace({ start: word.start + length, end: word.end - length }, name) }]
}

/** The value, and what stands behind it where it is too much: `Connection = "upgrade"`. Lines below it are not its own. */
function wordsFrom({ file, statement }: Directive, index: number): Span | undefined {
  const first = statement.words[index]
  const last = statement.words.at(-1)
  if (!first || !last || file.source.text.slice(first.start, last.end).includes('\n')) return undefined
  return { start: first.start, end: last.end }
}

/** The row to keep of several comes first: one that passes the client's value on, else the first that sends any. */
function bestFirst(rows: readonly Directive[]): Directive[] {
  const sound = rows.filter((row) => !isSpoilt(row))
  const best =
    sound.find((row) => row.argument(1) === '$http_upgrade') ??
    [...sound, ...rows].find((row) => row.argument(1) !== '')
  return best ? [best, ...rows.filter((row) => row !== best)] : [...rows]
}

function bySource(one: Directive, other: Directive): number {
  return one.statement.start - other.statement.start
}

const repairsOf = memoize((_: readonly WebSocketLocation[]) => new Map<WebSocketLocation, Repair | undefined>())
