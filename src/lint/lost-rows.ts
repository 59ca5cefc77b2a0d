import { type Directive, keyOfLines, keyOfWordings } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { inherited, type Scope, setting } from '../effective/index.ts'
import { headerName, type RowDirective } from '../nginx/header-rows.ts'
import type { Wording, WordingTable } from '../syntax/index.ts'

/** Rows of an outer level that a level's own rows replace. */
export interface LostRows {
  /** The level whose own rows replace them. */
  readonly scope: Scope
  readonly own: readonly Directive[]
  /** The rows whose names the own ones don't set again. */
  readonly lost: readonly Directive[]
  /** How many names the own rows do set again. */
  readonly renamed: number
  /** How many of the outer rows stand among the own ones: whoever repeats rows knows that they are not inherited. */
  readonly repeated: number
}

/** A scope that has rows of its own. */
interface Level {
  readonly scope: Scope
  readonly own: readonly Directive[]
}

/** What a scope's own rows of a directive drop; undefined where that is nothing, has no effect, or nobody knows. */
export function lostRows(scope: Scope, rows: RowDirective): LostRows | undefined {
  if (repeatsAll(scope, rows)) return undefined
  const levels = levelsWithRows(scope, rows)
  const outer = levels.at(-2)
  if (!outer || levels.at(-1)?.scope !== scope) return undefined
  if (isUnresolved(scope, outer.scope) || !hasEffect(scope, rows)) return undefined
  let found: LostRows | undefined
  let expected: readonly Directive[] = []
  for (const level of levels) {
    found = compare(level, expected, rows)
    // What the outer level lost unknowingly would have come to this one as well.
    const regained = found && found.repeated === 0 ? found.lost : []
    const added = isMerged(level.scope, rows) ? expected : regained
    expected = [...added, ...level.own]
  }
  return found
}

/** More rows than people have at one level: each level within is compared with all of them. */
const ROW_LIMIT = 1000
/** More levels than people nest. */
const LEVEL_LIMIT = 8

/**
 * Whether a scope's own rows set each name again that outer ones set: so they do wherever people repeat all of them, by a
 * snippet mostly, and so do we take it where a level has more rows than people write. That is told from what the rows say, so
 * that none of them need be made a directive.
 */
function repeatsAll(scope: Scope, rows: RowDirective): boolean {
  const own = wordingsIn(scope, rows)
  for (let { parent } = scope; parent; parent = parent.parent) {
    const outer = wordingsIn(parent, rows)
    if (outer.length > ROW_LIMIT) return true
    if (!repeats(own, outer, rows)) return false
  }
  return true
}

function wordingsIn({ block }: Scope, { name }: RowDirective): readonly Wording[] {
  return block?.wordings(name) ?? []
}

/** The scope and the nearest levels around it that have rows of their own, outermost first. */
function levelsWithRows(scope: Scope, { name }: RowDirective): Level[] {
  const levels: Level[] = []
  for (const level of scope.outwards()) {
    const own = level.own(name)
    if (own.length > 0) levels.unshift({ scope: level, own })
    if (levels.length === LEVEL_LIMIT) break
  }
  return levels
}

/** Whether an include that nobody could read stands in a scope, or in one of those around it up to the outer one. */
function isUnresolved(scope: Scope, outer: Scope): boolean {
  for (const level of scope.outwards()) {
    if (level.unresolved.length > 0) return true
    if (level === outer) break
  }
  return false
}

function isMerged(scope: Scope, rows: RowDirective): boolean {
  return inheritance(scope, rows) === 'merge'
}

function inheritance(scope: Scope, { inherit }: RowDirective): string | undefined {
  return inherit && setting(scope, inherit).value
}

/** What a level's own rows drop of those that would come from outside. */
function compare({ scope, own }: Level, expected: readonly Directive[], rows: RowDirective): LostRows | undefined {
  // `off` says that they are not wanted.
  if (isMerged(scope, rows) || inheritance(scope, rows) === 'off') return undefined
  const { lost, repeated } = difference(own, expected, rows)
  if (lost.length === 0) return undefined
  return {
    scope,
    own,
    lost: lost.map((index) => expected[index] as Directive),
    renamed: expected.length - lost.length,
    repeated,
  }
}

interface Difference {
  /** Indexes of the expected rows whose names the own ones don't set. */
  readonly lost: readonly number[]
  /** How many of the expected rows are among the own ones. */
  readonly repeated: number
}

/** Asked once for rows that are written alike. */
function repeats(own: readonly Wording[], outer: readonly Wording[], rows: RowDirective): boolean {
  const [first] = own
  if (!first || outer.length === 0) return outer.length === 0
  const known = repetitionsKnown(first)
  const key = `${rows.name} ${keyOfWordings(own)}of ${keyOfWordings(outer)}`
  let answer = known.get(key)
  if (answer === undefined) {
    const names = new Set(own.map((row) => nameOf(row, rows)))
    answer = outer.every((row) => names.has(nameOf(row, rows)))
    known.set(key, answer)
  }
  return answer
}

const repetitionsKnown = memoize((_first: Wording) => new Map<string, boolean>())

/** Asked once for rows that are written alike. */
function difference(own: readonly Directive[], expected: readonly Directive[], rows: RowDirective): Difference {
  const [first] = own
  if (!first || expected.length === 0) return { lost: [], repeated: 0 }
  const known = differencesKnown(first.file.tree.wordings)
  const key = `${rows.name} ${keyOfLines(own)}from ${keyOfLines(expected)}`
  const found = known.get(key) ?? findDifference(own, expected, rows)
  known.set(key, found)
  return found
}

const differencesKnown = memoize((_wordings: WordingTable) => new Map<string, Difference>())

function findDifference(own: readonly Directive[], expected: readonly Directive[], rows: RowDirective): Difference {
  const names = new Set(own.map(({ wording }) => nameOf(wording, rows)))
  const texts = new Set(own.map(({ values }) => values.join('\n')))
  return {
    lost: [...expected.keys()].filter((index) => !names.has(nameOf((expected[index] as Directive).wording, rows))),
    repeated: expected.filter(({ values }) => texts.has(values.join('\n'))).length,
  }
}

function nameOf({ argumentValues: [name = ''] }: Wording, { ignoresCase }: RowDirective): string {
  return ignoresCase ? headerName(name).toLowerCase() : name
}

/** Whether the rows are in force where a request is handed over, or answered with a body. */
function hasEffect(scope: Scope, { name, pass }: RowDirective): boolean {
  if (pass === undefined) return !scope.own('return').some((directive) => BODILESS.has(directive.argument(0) ?? ''))
  for (const inner of scope.inwards())
    if (inner.own(pass).length > 0 && inherited(inner, name).from === scope) return true
  return false
}

/** Answers that carry nothing, as that to a CORS preflight. */
const BODILESS: ReadonlySet<string> = new Set(['204', '304', '444'])

/** Whether a scope within has rows of its own: what holds for them would change with what holds here. */
export function hasRowsWithin(scope: Scope, name: string): boolean {
  for (const inner of scope.inwards()) if (inner !== scope && inner.own(name).length > 0) return true
  return false
}

/** The statement in the scope's own file that its rows are written in, or are included by. */
export function rowsAnchor({ scope, own }: LostRows): Directive {
  const home = scope.directive?.file
  let anchor = own[0] as Directive
  while (anchor.include && anchor.file !== home) anchor = anchor.include
  return anchor
}
