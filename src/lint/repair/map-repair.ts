import { memoize } from '../../config/memoize.ts'
import {
  evaluateBoth,
  findRow,
  type HeaderFinding,
  type Model,
  meansUpgrade,
  type VariableMap,
  variablesIn,
} from '../../effective/index.ts'
import { layout } from '../../syntax/index.ts'
import { misspeltHeaderIn } from '../misspelt-header.ts'
import type { FileEdit } from '../problem.ts'
import { renameVariable } from '../rename-variable.ts'
import { servesConnectionOnly } from './connection-value.ts'

/** The map whose variable is all of a header's row, where that map makes the header wrong. */
export function mapBehind(header: HeaderFinding, model: Model): VariableMap | undefined {
  if (header.state !== 'wrong' && header.state !== 'blank') return undefined
  const value = header.rows[0]?.argument(1) ?? ''
  const [variable, ...others] = variablesIn(value)
  if (variable === undefined || others.length > 0) return undefined
  return value === `$${variable}` || value === `\${${variable}}` ? model.maps.get(variable.toLowerCase()) : undefined
}

/**
 * Edits that make a map yield `upgrade` for a handshake: a misspelt `$http_upgrade` is set right; else its row for
 * handshakes says so, or a `default` is added; a row that said so for ordinary requests instead (the two were swapped)
 * says `close`. Undefined where the variable is read elsewhere too, or the map looks at something else.
 */
export function repairMap(map: VariableMap, model: Model): readonly FileEdit[] | undefined {
  const known = mapsRepaired(model)
  if (!known.has(map)) known.set(map, findRepair(map, model))
  return known.get(map)
}

/** All locations that read a map are given the same edits. */
const mapsRepaired = memoize((_model: Model) => new Map<VariableMap, readonly FileEdit[] | undefined>())

function findRepair(map: VariableMap, model: Model): FileEdit[] | undefined {
  if (!servesConnectionOnly(model, map.variable)) return undefined
  const { file, statement } = map.directive
  const misspelt = misspeltHeaderIn(map.source)
  const [, source] = statement.words
  if (misspelt && source)
    return renameVariable(source, misspelt.variable, misspelt.meant).map((edit) => ({ file, edit }))
  if (variablesIn(map.source).join().toLowerCase() !== 'http_upgrade' || map.isPartial) return undefined
  const ordinaryRow = findRow(map, '')
  const row = findRow(map, 'websocket')
  if (
    row === undefined ||
    ordinaryRow === undefined ||
    (row === ordinaryRow && row !== 'none' && row.key !== 'default')
  )
    return undefined
  if (row === 'none') return [{ file, edit: layout.appendTo(statement, ['default upgrade;']) }]
  const value = row.directive.statement.words[1]
  if (!value) return undefined
  const edits: FileEdit[] = [{ file: row.directive.file, edit: layout.replace(value, 'upgrade') }]
  const { ordinary } = evaluateBoth(`$${map.variable}`, model)
  if (ordinaryRow !== 'none' && ordinaryRow !== row) {
    const swapped = ordinaryRow.directive.statement.words[1]
    if (swapped && ordinary !== undefined && meansUpgrade(ordinary))
      edits.push({ file: ordinaryRow.directive.file, edit: layout.replace(swapped, 'close') })
  } else {
    // One row answers for handshakes and ordinary requests alike: those keep what they had.
    edits.push({ file, edit: layout.appendTo(statement, [`'' ${value.raw};`]) })
  }
  return edits
}
