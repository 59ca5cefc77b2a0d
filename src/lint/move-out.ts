import { type Directive, inventoryOf } from '../config/index.ts'
import { memoize } from '../config/memoize.ts'
import { type Model, setsHeader } from '../effective/index.ts'
import { familyOf } from '../nginx/context.ts'
import { layout } from '../syntax/index.ts'
import type { FileEdit } from './problem.ts'

/** Edits that take a directive out of a block that nginx allows it in nowhere, to where it means what was meant. */
export function moveOut(directive: Directive, model: Model): FileEdit[] {
  if (directive.name === 'map') return mapToHttp(directive, model)
  return directive.name === 'proxy_set_header' && directive.parent ? rowsOutOf(directive.parent) : []
}

/** A map of a variable that no other one defines, to a place before the block of `http` that it stands in. */
function mapToHttp(map: Directive, model: Model): FileEdit[] {
  const variable = map.argument(1)?.slice(1).toLowerCase() ?? ''
  if (!map.isBlock || model.maps.has(variable) || misplacedMaps(model).get(variable) !== map) return []
  const [http] = model.roots
  let top = map
  while (top.parent && top.parent !== http?.directive) top = top.parent
  if (top === map || top.file !== map.file || model.configuration.repeated.has(map.file)) return []
  if (top.parent === undefined && model.configuration.level !== 'http') return []
  const { file } = map
  return [
    { file, edit: layout.insertBefore(top.statement, [layout.withoutIndentation(map.statement), '']) },
    { file, edit: layout.remove(map.statement) },
  ]
}

/** The first map for each variable that stands below `http`, where nginx allows none, by the variable's lower-case name. */
export const misplacedMaps = memoize(({ configuration }: Model): ReadonlyMap<string, Directive> => {
  const found = new Map<string, Directive>()
  for (const { name, place, directives } of inventoryOf(configuration).groups) {
    if (name !== 'map' || place === 'http' || familyOf(place) !== 'http') continue
    for (const map of directives) {
      const variable = map.argument(1)?.slice(1).toLowerCase() ?? ''
      if (map.isBlock && !found.has(variable)) found.set(variable, map)
    }
  }
  return found
})

/**
 * The rows of an `if` that asks for `$http_upgrade` and has nothing but rows of a handshake, into its location: `Upgrade` is empty
 * there in other requests anyway, and of a `Connection` that they get too websocket/hardcoded-connection tells. Each of the rows
 * asks.
 */
const rowsOutOf = memoize((condition: Directive): FileEdit[] => {
  const rows = condition.children ?? []
  const around = condition.parent
  if (condition.name !== 'if' || around?.name !== 'location' || condition.file !== around.file) return []
  if (!/^\(?\$\{?http_upgrade\}?\)?$/i.test(condition.argument(0) ?? '') || /!/.test(condition.values.join(' ')))
    return []
  const names = ['Upgrade', 'Connection']
  const isRow = (one: Directive) => one.name === 'proxy_set_header' && names.some((name) => setsHeader(one, name))
  if (!rows.every(isRow) || (around.children ?? []).some(isRow)) return []
  if (rows.some(({ file, statement }) => file !== condition.file || statement.words.length !== 3)) return []
  const { file, statement } = condition
  const isOneLine = !file.source.text.slice(statement.start, statement.end).includes('\n')
  const between = isOneLine ? ' ' : file.source.lineBreak + layout.indentationOf(statement)
  const text = rows.map((row) => layout.withoutIndentation(row.statement)).join(between)
  return [{ file, edit: layout.replace(statement, text) }]
})
