import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml'
import type { Entry, Fault, Parsed, Scalar, Value } from './value.ts'

export function parseYaml(text: string): Parsed {
  const document = parseDocument(text, { prettyErrors: false })
  const faults: Fault[] = document.errors.map(({ message, pos: [start, end] }) => ({ start, end, message }))
  if (faults.length > 0 || document.contents === null) return { value: undefined, faults }
  const value = new Reader(faults).read(document.contents)
  return { value, faults }
}

class Reader {
  readonly #faults: Fault[]

  constructor(faults: Fault[]) {
    this.#faults = faults
  }

  read(node: unknown): Value {
    const place = placeOf(node)
    if (isMap(node)) return { kind: 'table', entries: node.items.map((pair) => this.#entry(pair, place)), ...place }
    if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => this.read(item)), ...place }
    // A few lines of aliases of aliases can mean more than any memory holds.
    if (isAlias(node)) this.#faults.push({ ...place, message: 'aliases are not read here: write the value out' })
    return { kind: 'scalar', value: isScalar(node) ? (node.value as Scalar['value']) : null, ...place }
  }

  #entry({ key, value }: { readonly key: unknown; readonly value: unknown }, around: Place): Entry {
    const place = isScalar(key) ? placeOf(key) : around
    return { key: isScalar(key) ? String(key.value) : '', value: this.read(value), ...place }
  }
}

interface Place {
  readonly start: number
  readonly end: number
}

function placeOf(node: unknown): Place {
  const [start, end] = (node as Node | null)?.range ?? [0, 0]
  return { start, end }
}
