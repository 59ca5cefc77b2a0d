import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { Entry, Fault, Parsed, Scalar, Value } from './value.ts'

export function parseYaml(text: string): Parsed {
  const document = parseDocument(text, { lineCounter: new LineCounter(), prettyErrors: false })
  const faults: Fault[] = document.errors.map(({ message, pos: [start, end] }) => ({ start, end, message }))
  const { contents } = document
  if (faults.length > 0 || contents === null) return { value: undefined, faults }
  const resolve = (node: unknown): Node | undefined =>
    isAlias(node) ? node.resolve(document) : (node as Node | undefined)
  return { value: valueOf(contents as Node, resolve), faults }
}

type Resolve = (node: unknown) => Node | undefined

function valueOf(node: Node | null, resolve: Resolve): Value {
  const place = placeOf(node)
  const meant = resolve(node)
  if (isMap(meant))
    return { kind: 'table', entries: meant.items.map((pair) => entryOf(pair, place, resolve)), ...place }
  if (isSeq(meant))
    return { kind: 'list', items: meant.items.map((item) => valueOf(item as Node | null, resolve)), ...place }
  const value = isScalar(meant) ? (meant.value as Scalar['value']) : null
  return { kind: 'scalar', value, ...place }
}

function entryOf({ key, value }: { key: unknown; value: unknown }, around: Place, resolve: Resolve): Entry {
  const place = isScalar(key) ? placeOf(key) : around
  return { key: isScalar(key) ? String(key.value) : '', value: valueOf(value as Node | null, resolve), ...place }
}

interface Place {
  readonly start: number
  readonly end: number
}

function placeOf(node: Node | null): Place {
  const [start, end] = node?.range ?? [0, 0]
  return { start, end }
}
