import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import type { Entry, Fault, Parsed, Value } from './value.ts'

/** JSON, with comments and with commas at the end of lists. */
export function parseJsonc(text: string): Parsed {
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false })
  return { value: tree && readNode(tree), faults: errors.map(faultOf) }
}

function readNode(node: Node): Value {
  const place = { start: node.offset, end: node.offset + node.length }
  if (node.type === 'object') return { kind: 'table', entries: (node.children ?? []).flatMap(entryOf), ...place }
  if (node.type === 'array') return { kind: 'list', items: (node.children ?? []).map(readNode), ...place }
  return { kind: 'scalar', value: node.value, ...place }
}

/** A property that lacks its value has been reported. */
function entryOf({ children: [key, value] = [] }: Node): Entry[] {
  if (!key || !value) return []
  return [{ key: String(key.value), value: readNode(value), start: key.offset, end: key.offset + key.length }]
}

/** `PropertyNameExpected` in the words of people. */
function faultOf({ error, offset, length }: ParseError): Fault {
  const words = printParseErrorCode(error).replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return { start: offset, end: offset + length, message: words.toLowerCase() }
}
